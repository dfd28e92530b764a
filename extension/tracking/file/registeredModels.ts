import { TrackingError } from '../errors';
import type { ModelVersion, ModelVersionStatus, RegisteredModel } from '../model';
import { describeDamage, toProblem } from './damage';
import { TextReading } from './fileReadings';
import { FolderLists } from './folderLists';
import { KeyedFiles, type KeyLists } from './keyedFiles';
import { optionalTextOf, textOf, timeOf, type MetaFields } from './metaFields';
import { MetaFiles, type Meta } from './metaFiles';
import { NamedFiles } from './namedFiles';
import type { StoreFiles } from './storeFiles';

const mostMetas = 20_000;
const mostLists = 2000;

const versionFolder = /^version-(\d+)$/;
const promptTag = 'mlflow.prompt.is_prompt';

const knownStatuses: ReadonlySet<string> = new Set<ModelVersionStatus>([
  'READY',
  'PENDING_REGISTRATION',
  'FAILED_REGISTRATION',
]);

/** A model version, and where MLflow has put its artifacts. */
export interface StoredVersion {
  readonly version: ModelVersion;
  readonly location: string;
}

/** The registered models of a store: the folders in its `models` (reference/STORES.md §2). */
export class RegisteredModels {
  private readonly folder: string;
  private readonly lists: FolderLists;
  private readonly metas: MetaFiles<Meta>;
  private readonly reading: TextReading;
  private readonly marks: NamedFiles<string>;

  constructor(
    private readonly files: StoreFiles,
    private readonly keyLists: KeyLists,
  ) {
    this.folder = `${files.root}/models`;
    this.lists = new FolderLists(files, mostLists);
    this.metas = new MetaFiles(files, mostMetas, (meta) => meta);
    this.reading = new TextReading(files);
    this.marks = new NamedFiles(files, 'tags', this.reading);
  }

  /** The names of all registered models but prompts, in code point order. */
  names(): readonly string[] {
    return this.lists
      .list(this.folder)
      .filter(({ kind, path }) => kind === 'folder' && typeof path === 'string')
      .map(({ name }) => name)
      .filter((name) => this.isModel(name) && !this.isPrompt(`${this.folder}/${name}`));
  }

  private isModel(name: string): boolean {
    const path = `${this.folder}/${name}`;
    return this.metas.get(path) !== undefined || this.versionNumbers(path).length > 0;
  }

  private isPrompt(path: string): boolean {
    return this.marks.get(path, promptTag)?.toLowerCase() === 'true';
  }

  /** With its aliases and the newest version of each stage; undefined if there is no such model. */
  get(name: string): RegisteredModel | undefined {
    const path = this.find(name);
    if (path === undefined) return undefined;
    const meta = this.metas.get(path) ?? { fields: undefined, problem: 'meta.yaml is missing' };
    const fields: MetaFields = meta.fields ?? new Map();
    const [tags, tagProblem] = this.readTexts(path, 'tags');
    const [aliases, aliasProblem] = this.readTexts(path, 'aliases');
    const ownName = meta.fields && textOf(fields, 'name');
    const nameProblem = ownName === name ? undefined : `meta.yaml belongs to another model, ${ownName ?? ''}`;
    return {
      name,
      description: textOf(fields, 'description') ?? '',
      createdAt: timeOf(fields, 'creation_timestamp'),
      updatedAt: timeOf(fields, 'last_updated_timestamp'),
      tags,
      aliases: [...aliases].map(([alias, version]) => ({ alias, version })),
      latestVersions: pickLatest(this.versions(name).map(({ version }) => version)),
      ...toProblem(meta.problem, nameProblem, tagProblem, aliasProblem),
    };
  }

  /** All versions but deleted ones and those of prompts, newest first. */
  versions(name: string): readonly StoredVersion[] {
    const path = this.find(name);
    if (path === undefined) return [];
    const [aliases] = this.readTexts(path, 'aliases');
    return this.versionNumbers(path)
      .sort((one, other) => Number(other) - Number(one))
      .flatMap((number) => this.readVersion(path, name, number, aliases) ?? []);
  }

  findVersion(name: string, version: string): StoredVersion | undefined {
    return this.versions(name).find((stored) => stored.version.version === version);
  }

  /** Throws a TrackingError 'notFound'. */
  demandVersion(name: string, version: string): ModelVersion {
    const found = this.findVersion(name, version);
    if (found) return found.version;
    throw new TrackingError('notFound', `There is no version ${version} of ${name} in ${this.folder}.`);
  }

  /** The folder of a model. */
  private find(name: string): string | undefined {
    if (/[/\0]/.test(name) || name === '' || name === '.' || name === '..') return undefined;
    const path = `${this.folder}/${name}`;
    return this.files.isFolder(this.folder) && this.files.isFolder(path) ? path : undefined;
  }

  private versionNumbers(path: string): string[] {
    return this.lists
      .list(path)
      .filter(({ kind }) => kind === 'folder')
      .flatMap(({ name }) => versionFolder.exec(name)?.[1] ?? []);
  }

  private readVersion(
    path: string,
    name: string,
    number: string,
    aliases: ReadonlyMap<string, string>,
  ): StoredVersion | undefined {
    const folder = `${path}/version-${number}`;
    const { fields = new Map(), problem } = this.metas.get(folder) ?? { problem: 'meta.yaml is missing' };
    const [tags, tagProblem] = this.readTexts(folder, 'tags');
    const stage = textOf(fields, 'current_stage') ?? '';
    if (stage === 'Deleted_Internal' || tags.get(promptTag)?.toLowerCase() === 'true') return undefined;
    const version = {
      name,
      version: number,
      description: textOf(fields, 'description') ?? '',
      createdAt: timeOf(fields, 'creation_timestamp'),
      updatedAt: timeOf(fields, 'last_updated_timestamp'),
      stage,
      source: textOf(fields, 'source') ?? '',
      runId: optionalTextOf(fields, 'run_id'),
      modelId: optionalTextOf(fields, 'model_id'),
      status: decodeStatus(fields),
      statusMessage: textOf(fields, 'status_message') ?? '',
      tags,
      aliases: [...aliases].flatMap(([alias, of]) => (of === number ? [alias] : [])),
      ...toProblem(problem, tagProblem),
    };
    return { version, location: optionalTextOf(fields, 'storage_location') ?? version.source };
  }

  private readTexts(path: string, name: string): [ReadonlyMap<string, string>, string | undefined] {
    try {
      const texts = new KeyedFiles(this.files, `${path}/${name}`, name, this.reading, this.keyLists);
      const problem = texts.refresh(Date.now());
      return [texts.toMap(), problem];
    } catch (error) {
      return [new Map(), describeDamage(name, error)];
    }
  }
}

function decodeStatus(fields: MetaFields): ModelVersionStatus {
  const status = textOf(fields, 'status') ?? 'READY';
  return knownStatuses.has(status) ? (status as ModelVersionStatus) : 'UNKNOWN';
}

const stages: ReadonlySet<string> = new Set(['None', 'Staging', 'Production', 'Archived']);

function pickLatest(versions: readonly ModelVersion[]): readonly ModelVersion[] {
  const latest = new Map<string, ModelVersion>();
  for (const version of versions) {
    if (stages.has(version.stage) && !latest.has(version.stage)) latest.set(version.stage, version);
  }
  return [...latest.values()];
}
