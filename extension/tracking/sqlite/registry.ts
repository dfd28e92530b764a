import type { SQLInputValue } from 'node:sqlite';
import type { VersionKey } from '../editors';
import { TrackingError } from '../errors';
import type { ModelVersion, ModelVersionStatus, Page, RegisteredModel } from '../model';
import type { ModelQuery, ModelVersionQuery } from '../store';
import { type ModelClause, parseModelFilter } from '../filter/parseModelFilter';
import { Findings, readOptionalText, readRequiredText, readText, readTimestamp, type Row } from './cells';
import { comparePlain, type Sql } from './compareSql';
import type { Reading } from './database';
import { toPage, toSlice } from '../local/pageTokens';
import { withProblem } from './runRows';
import type { Schema } from './schema';
import { readTags, toTags } from './tagRows';

/**
 * A name stands for the model of workspace `default`, else of the first workspace that has it: the model names things
 * without their workspace, so a name that several workspaces use is shown once.
 */
function workspace(schema: Schema, table: string, alias: string): string {
  return schema.column(table, alias, 'workspace', "'default'");
}

function fromPreferredWorkspace(schema: Schema): string {
  if (!schema.hasColumn('registered_models', 'workspace')) return '1';
  return `m.workspace = (SELECT o.workspace FROM registered_models o WHERE o.name = m.name
    ORDER BY o.workspace <> 'default', o.workspace LIMIT 1)`;
}

const modelColumns = ['name', 'description', 'creation_time', 'last_updated_time'];

/** By name, prompts left out, with tags, aliases and the newest version of each stage. */
export function searchRegisteredModels(reading: Reading, query: ModelQuery): Page<RegisteredModel> {
  const { schema } = reading;
  const slice = toSlice(query);
  if (!schema.has('registered_models')) return toPage<RegisteredModel>([], slice);
  const isPrompt = schema.has('registered_model_tags')
    ? `EXISTS (SELECT 1 FROM registered_model_tags t WHERE t.key = 'mlflow.prompt.is_prompt' AND t.value = 'true'
         AND t.name = m.name AND ${workspace(schema, 'registered_model_tags', 't')} = ${workspace(schema, 'registered_models', 'm')})`
    : '0';
  const clauses = parseModelFilter(query.filter ?? '').map((clause) => compileClause(clause, schema));
  const condition = [`NOT ${isPrompt}`, fromPreferredWorkspace(schema), ...clauses.map(({ text }) => text)];
  const models = readModels(
    reading,
    `${condition.join(' AND ')} ORDER BY m.name LIMIT ${slice.limit} OFFSET ${slice.offset}`,
    ...clauses.flatMap(({ parameters }) => parameters),
  );
  return toPage(models, slice);
}

function compileClause({ field, ...comparison }: ModelClause, schema: Schema): Sql {
  if (field.kind === 'name') return comparePlain('m.name', comparison);
  const table = 'registered_model_tags';
  if (!schema.has(table)) return { text: '0', parameters: [] };
  const { text, parameters } = comparePlain('f.value', comparison);
  const isOwn = `f.name = m.name AND ${workspace(schema, table, 'f')} = ${workspace(schema, 'registered_models', 'm')}`;
  return {
    text: `EXISTS (SELECT 1 FROM ${table} f WHERE ${isOwn} AND f.key = ? AND ${text})`,
    parameters: [field.key, ...parameters],
  };
}

/** Throws a TrackingError 'notFound'. */
export function getRegisteredModel(reading: Reading, name: string): RegisteredModel {
  const { schema } = reading;
  const models = schema.has('registered_models')
    ? readModels(reading, `m.name = ? AND ${fromPreferredWorkspace(schema)}`, name)
    : [];
  const [model] = models;
  if (model) return model;
  throw new TrackingError('notFound', `There is no registered model ${name}.`);
}

function readModels(
  reading: Reading,
  condition: string,
  ...parameters: readonly SQLInputValue[]
): RegisteredModel[] {
  const { schema } = reading;
  const rows = reading.rows(
    `SELECT ${schema.pick('registered_models', 'm', modelColumns)}, ${workspace(schema, 'registered_models', 'm')}
     FROM registered_models m WHERE ${condition}`,
    ...parameters,
  );
  const owners = JSON.stringify(rows.map(([name]) => String(name)));
  const read = (table: string, columns: string): ReadonlyMap<string, readonly Row[]> =>
    schema.has(table)
      ? readTags(
          reading,
          `SELECT ${ownerOf(schema, table)}, ${columns} FROM ${table} t
           WHERE t.name IN (SELECT value FROM json_each(?)) ORDER BY 2`,
          owners,
        )
      : new Map<string, readonly Row[]>();
  const tags = read('registered_model_tags', 't.key, t.value');
  const aliases = read('registered_model_aliases', 't.alias, t.version');
  const versions = readLatestVersions(reading, owners);
  return rows.map((row) => {
    const owner = JSON.stringify([row[4], row[0]]);
    const own = {
      tags: tags.get(owner) ?? [],
      aliases: aliases.get(owner) ?? [],
      versions: versions.get(owner) ?? [],
    };
    return toModel(row, own);
  });
}

/** SQL for whose a row is: workspace and name as `JSON.stringify` writes them. */
function ownerOf(schema: Schema, table: string): string {
  return `json_array(${workspace(schema, table, 't')}, t.name)`;
}

interface Owned {
  readonly tags: readonly Row[];
  readonly aliases: readonly Row[];
  readonly versions: readonly ModelVersion[];
}

function toModel(row: Row, owned: Owned): RegisteredModel {
  const [name, description, createdAt, updatedAt] = row;
  const findings = new Findings();
  const model: RegisteredModel = {
    name: readRequiredText(name, 'name', findings),
    description: readText(description, 'description', findings),
    createdAt: readTimestamp(createdAt, 'creation time', findings),
    updatedAt: readTimestamp(updatedAt, 'update time', findings),
    tags: toTags(owned.tags, findings),
    aliases: owned.aliases.map(([, alias, version]) => ({
      alias: readRequiredText(alias, 'alias', findings),
      version: readText(version, "alias's version", findings),
    })),
    latestVersions: owned.versions,
  };
  return withProblem(model, findings);
}

const versionColumns = [
  'name',
  'version',
  'description',
  'creation_time',
  'last_updated_time',
  'current_stage',
  'source',
  'run_id',
  'status',
  'status_message',
];

/** MLflow marks deleted versions so, and keeps them. */
const notDeleted = "t.current_stage IS NOT 'Deleted_Internal'";

function readLatestVersions(reading: Reading, names: string): ReadonlyMap<string, readonly ModelVersion[]> {
  const { schema } = reading;
  if (!schema.has('model_versions')) return new Map<string, readonly ModelVersion[]>();
  const rows = reading.rows(
    `SELECT * FROM (SELECT ${schema.pick('model_versions', 't', versionColumns)}, ${ownerOf(schema, 'model_versions')},
       row_number() OVER (PARTITION BY ${ownerOf(schema, 'model_versions')}, t.current_stage ORDER BY t.version DESC) AS place
       FROM model_versions t WHERE t.name IN (SELECT value FROM json_each(?)) AND ${notDeleted})
     WHERE place = 1 ORDER BY version`,
    names,
  );
  const owners = new Map<string, ModelVersion[]>();
  for (const { owner, version } of toVersions(reading, rows)) {
    const known = owners.get(owner);
    if (known) known.push(version);
    else owners.set(owner, [version]);
  }
  return owners;
}

/** Newest version first; aliases are left to the registered model. */
export function searchModelVersions(
  reading: Reading,
  { name, ...page }: ModelVersionQuery,
): Page<ModelVersion> {
  const slice = toSlice(page);
  return toPage(
    readVersions(reading, name, 'ORDER BY t.version DESC LIMIT ? OFFSET ?', slice.limit, slice.offset),
    slice,
  );
}

/** Throws a TrackingError 'notFound'. */
export function getModelVersion(reading: Reading, { name, version }: VersionKey): ModelVersion {
  // Versions are numbers from 1 on.
  const number = /^\d{1,15}$/.test(version) ? Number(version) : 0;
  const [found] = readVersions(reading, name, 'AND t.version = ?', number);
  if (found) return found;
  throw new TrackingError('notFound', `There is no version ${version} of ${name}.`);
}

/** Those of a model. */
function readVersions(
  reading: Reading,
  name: string,
  which: 'AND t.version = ?' | 'ORDER BY t.version DESC LIMIT ? OFFSET ?',
  ...parameters: readonly number[]
): readonly ModelVersion[] {
  const { schema } = reading;
  if (!schema.has('model_versions', 'registered_models')) return [];
  const rows = reading.rows(
    `SELECT ${schema.pick('model_versions', 't', versionColumns)}, ${ownerOf(schema, 'model_versions')}
     FROM model_versions t WHERE t.name = ? AND ${notDeleted} AND ${workspace(schema, 'model_versions', 't')} = (
       SELECT ${workspace(schema, 'registered_models', 'm')} FROM registered_models m
       WHERE m.name = t.name AND ${fromPreferredWorkspace(schema)})
     ${which}`,
    name,
    ...parameters,
  );
  return toVersions(reading, rows).map(({ version }) => version);
}

interface OwnedVersion {
  readonly owner: string;
  readonly version: ModelVersion;
}

function toVersions(reading: Reading, rows: readonly Row[]): readonly OwnedVersion[] {
  const { schema } = reading;
  const tags = schema.has('model_version_tags')
    ? readTags(
        reading,
        `SELECT json_array(${workspace(schema, 'model_version_tags', 't')}, t.name, t.version), t.key, t.value
         FROM model_version_tags t WHERE t.name IN (SELECT value FROM json_each(?)) ORDER BY 2`,
        JSON.stringify([...new Set(rows.map(([name]) => String(name)))]),
      )
    : new Map<string, readonly Row[]>();
  return rows.map((row) => {
    const owner = String(row[versionColumns.length]);
    const tagRows = tags.get(`${owner.slice(0, -1)},${String(row[1])}]`) ?? [];
    return { owner, version: toVersion(row, tagRows) };
  });
}

const knownStatuses: ReadonlySet<string> = new Set<ModelVersionStatus>([
  'READY',
  'PENDING_REGISTRATION',
  'FAILED_REGISTRATION',
]);

function toVersion(row: Row, tagRows: readonly Row[]): ModelVersion {
  const [name, version, description, createdAt, updatedAt, stage, source, runId, status, statusMessage] = row;
  const findings = new Findings();
  const statusText = readText(status, 'status', findings);
  const result: ModelVersion = {
    name: readRequiredText(name, 'name', findings),
    version: readRequiredText(version, 'version', findings),
    description: readText(description, 'description', findings),
    createdAt: readTimestamp(createdAt, 'creation time', findings),
    updatedAt: readTimestamp(updatedAt, 'update time', findings),
    stage: readText(stage, 'stage', findings),
    source: readText(source, 'source', findings),
    runId: readOptionalText(runId, 'run', findings),
    // MLflow's SQL stores do not keep it; a `models:/m-…` source tells.
    modelId: undefined,
    status: knownStatuses.has(statusText) ? (statusText as ModelVersionStatus) : 'UNKNOWN',
    statusMessage: readText(statusMessage, 'status message', findings),
    tags: toTags(tagRows, findings),
    aliases: [],
  };
  return withProblem(result, findings);
}

/** The version of a registered model that an alias points at. */
export function findAliasedVersion(reading: Reading, name: string, alias: string): string | undefined {
  if (!reading.schema.has('registered_model_aliases')) return undefined;
  const [row] = reading.rows(
    'SELECT version FROM registered_model_aliases WHERE name = ? AND alias = ?',
    name,
    alias,
  );
  return row && readText(row[0], 'version', new Findings());
}

/** Where MLflow put a version's files, and where they came from; undefined if there is no such version. */
export function findVersionFiles(
  reading: Reading,
  { name, version }: Pick<ModelVersion, 'name' | 'version'>,
): { readonly storageLocation: string; readonly source: string } | undefined {
  const { schema } = reading;
  if (!schema.has('model_versions') || !/^\d{1,15}$/.test(version)) return undefined;
  const [row] = reading.rows(
    `SELECT ${schema.pick('model_versions', 't', ['storage_location', 'source'])} FROM model_versions t
     WHERE t.name = ? AND t.version = ? AND ${notDeleted}
     ORDER BY ${workspace(schema, 'model_versions', 't')} <> 'default', ${workspace(schema, 'model_versions', 't')}`,
    name,
    Number(version),
  );
  const findings = new Findings();
  return (
    row && {
      storageLocation: readText(row[0], 'storage location', findings),
      source: readText(row[1], 'source', findings),
    }
  );
}
