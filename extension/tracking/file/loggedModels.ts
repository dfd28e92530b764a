import type { LoggedModel } from '../model';
import { toProblem } from './damage';
import { type ExperimentFolder } from './experimentFolders';
import { TextReading } from './fileReadings';
import { FolderLists } from './folderLists';
import { KeyedFiles, type KeyLists } from './keyedFiles';
import { optionalTextOf, textOf, timeOf } from './metaFields';
import { describeLack, MetaFiles, type Meta } from './metaFiles';
import { lifecycleOf } from './runMeta';
import type { StoreFiles } from './storeFiles';

const mostMetas = 20_000;
const mostLists = 50;

/** As MLflow numbers them. */
const statuses: ReadonlyMap<unknown, string> = new Map([
  [0, 'STATUS_UNSPECIFIED'],
  [1, 'PENDING'],
  [2, 'READY'],
  [3, 'UPLOAD_FAILED'],
]);

/** A logged model as far as its meta.yaml tells. */
export interface LoggedModelFolder {
  readonly path: string;
  readonly model: LoggedModel;
  readonly isDeleted: boolean;
}

/** The logged models of experiments: the folders in their `models` that have a meta.yaml (reference/STORES.md §2). */
export class LoggedModels {
  private readonly lists: FolderLists;
  private readonly metas: MetaFiles<Omit<LoggedModelFolder, 'path'>>;
  private readonly reading: TextReading;

  constructor(
    private readonly files: StoreFiles,
    private readonly keyLists: KeyLists,
  ) {
    this.lists = new FolderLists(files, mostLists);
    this.metas = new MetaFiles(files, mostMetas, (meta, folder) => decode(meta, folder));
    this.reading = new TextReading(files);
  }

  /** Those that are not deleted, newest first, still without tags and params. */
  list(experiment: ExperimentFolder): readonly LoggedModelFolder[] {
    return this.lists
      .list(`${experiment.path}/models`)
      .filter(({ kind, path }) => kind === 'folder' && typeof path === 'string')
      .flatMap(({ name }) => this.find(experiment, name) ?? [])
      .filter(({ isDeleted }) => !isDeleted)
      .sort((one, other) => compare(one.model, other.model));
  }

  find(experiment: ExperimentFolder, id: string): LoggedModelFolder | undefined {
    const parent = `${experiment.path}/models`;
    const path = `${parent}/${id}`;
    if (!this.files.isFolder(parent) || !this.files.isFolder(path)) return undefined;
    const found = this.metas.get(path);
    return found && { ...found, path, model: { ...found.model, experimentId: experiment.id } };
  }

  /** The model with its tags and params. */
  complete({ path, model }: LoggedModelFolder): LoggedModel {
    const now = Date.now();
    const tags = new KeyedFiles(this.files, `${path}/tags`, 'tags', this.reading, this.keyLists);
    const params = new KeyedFiles(this.files, `${path}/params`, 'params', this.reading, this.keyLists);
    const problem = toProblem(model.problem, tags.refresh(now), params.refresh(now));
    return { ...model, tags: tags.toMap(), params: params.toMap(), ...problem };
  }
}

function compare(one: LoggedModel, other: LoggedModel): number {
  const [oneTime, otherTime] = [one.createdAt ?? -Infinity, other.createdAt ?? -Infinity];
  if (oneTime !== otherTime) return otherTime > oneTime ? 1 : -1;
  return one.id < other.id ? -1 : 1;
}

function decode(read: Meta, folder: string): Omit<LoggedModelFolder, 'path'> {
  const { fields, problem } = read;
  const id = folder.slice(folder.lastIndexOf('/') + 1);
  const meta: NonNullable<Meta['fields']> = fields ?? new Map();
  const ownId = optionalTextOf(meta, 'model_id');
  const model: LoggedModel = {
    id,
    experimentId: textOf(meta, 'experiment_id') ?? '',
    name: textOf(meta, 'name') ?? '',
    status: statuses.get(meta.get('status')) ?? 'STATUS_UNSPECIFIED',
    modelType: textOf(meta, 'model_type') ?? '',
    sourceRunId: optionalTextOf(meta, 'source_run_id'),
    artifactUri: textOf(meta, 'artifact_location') ?? '',
    createdAt: timeOf(meta, 'creation_timestamp'),
    tags: new Map(),
    params: new Map(),
    ...toProblem(
      problem,
      ownId === undefined ? describeLack(read, 'model_id') : undefined,
      ownId === id ? undefined : `meta.yaml belongs to another model, ${ownId ?? ''}`,
    ),
  };
  return { model, isDeleted: lifecycleOf(meta) === 'deleted' };
}
