import type { LoggedModel, Page } from '../model';
import type { LoggedModelQuery } from '../store';
import { Findings, readOptionalText, readRequiredText, readText, readTimestamp, type Row } from './cells';
import type { Reading } from './database';
import { toPage, toSlice } from '../local/pageTokens';
import { withProblem } from './runRows';
import { readTags, toTags } from './tagRows';

const columns = [
  'model_id',
  'experiment_id',
  'name',
  'status',
  'model_type',
  'source_run_id',
  'artifact_location',
  'creation_timestamp_ms',
];

/** MLflow keeps the number of its LoggedModelStatus. */
const statuses = ['STATUS_UNSPECIFIED', 'PENDING', 'READY', 'UPLOAD_FAILED'];

/** Newest first, then by id, without deleted ones (reference/STORES.md §4); none before MLflow 3.0. */
export function searchLoggedModels(reading: Reading, query: LoggedModelQuery): Page<LoggedModel> {
  const { schema } = reading;
  const slice = toSlice(query);
  if (!schema.has('logged_models')) return toPage<LoggedModel>([], slice);
  const run = query.sourceRunId === undefined ? [] : [query.sourceRunId];
  const models = readModels(
    reading,
    `m.experiment_id = ? ${run.length ? 'AND m.source_run_id = ?' : ''}`,
    'ORDER BY m.creation_timestamp_ms DESC, m.model_id LIMIT ? OFFSET ?',
    [query.experimentId, ...run, slice.limit, slice.offset],
  );
  return toPage(models, slice);
}

/** Undefined if there is none, or if it is deleted. */
export function findLoggedModel(reading: Reading, modelId: string): LoggedModel | undefined {
  if (!reading.schema.has('logged_models')) return undefined;
  return readModels(reading, 'm.model_id = ?', '', [modelId])[0];
}

/** Those of which the condition holds and that are not deleted. */
function readModels(
  reading: Reading,
  condition: string,
  order: string,
  values: readonly (string | number)[],
): LoggedModel[] {
  const { schema } = reading;
  const rows = reading.rows(
    `SELECT ${schema.pick('logged_models', 'm', columns)} FROM logged_models m
     WHERE ${condition} AND m.lifecycle_stage IS NOT 'deleted' ${order}`,
    ...values,
  );
  const ids = JSON.stringify(rows.map(([id]) => String(id)));
  const read = (table: string, key: string, value: string): ReadonlyMap<string, readonly Row[]> =>
    schema.has(table)
      ? readTags(
          reading,
          `SELECT model_id, ${key}, ${value} FROM ${table} WHERE model_id IN (SELECT value FROM json_each(?))`,
          ids,
        )
      : new Map<string, readonly Row[]>();
  const tags = read('logged_model_tags', 'tag_key', 'tag_value');
  const params = read('logged_model_params', 'param_key', 'param_value');
  const toModel = (row: Row): LoggedModel => {
    const id = String(row[0]);
    return toLoggedModel(row, tags.get(id) ?? [], params.get(id) ?? []);
  };
  return rows.map(toModel);
}

function toLoggedModel(row: Row, tags: readonly Row[], params: readonly Row[]): LoggedModel {
  const [id, experimentId, name, status, modelType, sourceRunId, artifactUri, createdAt] = row;
  const findings = new Findings();
  const model: LoggedModel = {
    id: readRequiredText(id, 'id', findings),
    experimentId: readText(experimentId, 'experiment', findings),
    name: readRequiredText(name, 'name', findings),
    status: statuses[Number(status)] ?? readText(status, 'status', findings),
    modelType: readText(modelType, 'type', findings),
    sourceRunId: readOptionalText(sourceRunId, 'run', findings),
    artifactUri: readText(artifactUri, 'artifact location', findings),
    createdAt: readTimestamp(createdAt, 'creation time', findings),
    tags: toTags(tags, findings),
    params: toTags(params, findings),
  };
  return withProblem(model, findings);
}

/** Where a logged model's files are; undefined if there is no such model. */
export function findModelFiles(reading: Reading, modelId: string): string | undefined {
  if (!reading.schema.has('logged_models')) return undefined;
  const [row] = reading.rows('SELECT artifact_location FROM logged_models WHERE model_id = ?', modelId);
  return readOptionalText(row?.[0], 'artifact location', new Findings());
}
