import { basename } from 'node:path';
import type { Experiment } from '../model';
import type { LifecycleView } from '../store';
import { describeDamage, toProblem } from './damage';
import { TextReading } from './fileReadings';
import { FolderLists } from './folderLists';
import { KeyedFiles, type KeyLists } from './keyedFiles';
import { optionalTextOf, textOf, timeOf } from './metaFields';
import { describeLack, MetaFiles, type Meta } from './metaFiles';
import { lifecycleOf } from './runMeta';
import type { FolderEntry, StoreFiles } from './storeFiles';

const trashName = '.trash';

/** Where an experiment's runs are. */
export interface ExperimentFolder {
  readonly id: string;
  readonly path: string;
  readonly isLink: boolean;
}

export const runFolderName = /^[\da-f]{32}$/;

/** In how many of its folders a run is looked for to tell an experiment without meta.yaml from any other folder. */
const mostLooks = 200;

const mostExperiments = 10_000;

/** The experiments of a store, active ones in the root and deleted ones in `.trash` (reference/STORES.md §2). */
export class ExperimentFolders {
  private readonly lists: FolderLists;
  private readonly metas: MetaFiles<Experiment>;
  private readonly reading: TextReading;
  private readonly tags = new Map<string, KeyedFiles<string>>();

  constructor(
    private readonly files: StoreFiles,
    private readonly keyLists: KeyLists,
  ) {
    this.lists = new FolderLists(files, mostExperiments);
    this.metas = new MetaFiles(files, mostExperiments, decodeExperiment);
    this.reading = new TextReading(files);
  }

  /** What lies in the root. Throws the system's error if that cannot be read. */
  listRoot(): readonly FolderEntry[] {
    return this.lists.list(this.files.root);
  }

  /** All experiments of the view, in no particular order. */
  list(view: LifecycleView): readonly Experiment[] {
    const experiments = new Map<string, Experiment>();
    for (const folder of this.folders(view)) {
      if (experiments.has(folder.id)) continue;
      const experiment = this.read(folder);
      if (experiment) experiments.set(folder.id, experiment);
    }
    return [...experiments.values()];
  }

  /** The folders that may be experiments, the active ones first. */
  *folders(view: LifecycleView): Generator<ExperimentFolder> {
    if (view !== 'deleted') yield* this.foldersIn(this.files.root);
    if (view !== 'active') yield* this.foldersInTrash();
  }

  /** All folders that may be experiments but for links that lead out of the store or nowhere. */
  *openFolders(): Generator<ExperimentFolder> {
    for (const folder of this.folders('all')) if (!folder.isLink || this.isOpen(folder)) yield folder;
  }

  private isOpen({ path }: ExperimentFolder): boolean {
    try {
      return this.files.find(path)?.stats.isDirectory() === true;
    } catch (error) {
      describeDamage('The folder', error);
      return false;
    }
  }

  private foldersInTrash(): readonly ExperimentFolder[] {
    try {
      return [...this.foldersIn(`${this.files.root}/${trashName}`)];
    } catch (error) {
      describeDamage(trashName, error);
      return [];
    }
  }

  private *foldersIn(parent: string): Generator<ExperimentFolder> {
    for (const { name, kind, path } of this.lists.list(parent)) {
      const isExperiment = name !== 'models' && !name.endsWith(trashName) && typeof path === 'string';
      if (isExperiment && (kind === 'folder' || kind === 'link')) {
        yield { id: name, path: `${parent}/${name}`, isLink: kind === 'link' };
      }
    }
  }

  /** The folder of an experiment, be it active or deleted. Throws Damage for a link that leads out of the store. */
  find(id: string): ExperimentFolder | undefined {
    for (const folder of this.folders('all')) {
      if (folder.id === id && this.files.find(folder.path)?.stats.isDirectory()) return folder;
    }
    return undefined;
  }

  /** Whether any folder of the store is an experiment. */
  hasAny(): boolean {
    for (const folder of this.folders('all')) if (this.read(folder)) return true;
    return false;
  }

  private read(folder: ExperimentFolder): Experiment | undefined {
    try {
      if (!this.files.find(folder.path)?.stats.isDirectory()) return undefined;
      const experiment = this.metas.get(folder.path) ?? this.readUnnamed(folder);
      if (!experiment) return undefined;
      const [tags, problem] = this.readTags(folder);
      return { ...experiment, tags, ...toProblem(experiment.problem, problem) };
    } catch (error) {
      const problem = describeDamage('The folder', error);
      return /^\d+$/.test(folder.id) ? unknownExperiment(folder.path, problem) : undefined;
    }
  }

  /** Artifacts of an SQL store lie in folders like experiments', but have no run's meta.yaml beside them. */
  private readUnnamed({ path }: ExperimentFolder): Experiment | undefined {
    const runs = this.lists
      .list(path)
      .filter(({ name, kind }) => kind === 'folder' && runFolderName.test(name));
    const hasRun = runs.slice(0, mostLooks).some(({ name }) => this.files.find(`${path}/${name}/meta.yaml`));
    return hasRun ? unknownExperiment(path, 'meta.yaml is missing') : undefined;
  }

  private readTags({ path }: ExperimentFolder): [ReadonlyMap<string, string>, string | undefined] {
    const tags =
      this.tags.get(path) ?? new KeyedFiles(this.files, `${path}/tags`, 'tags', this.reading, this.keyLists);
    this.tags.set(path, tags);
    if (this.tags.size > mostExperiments) this.tags.clear();
    const problem = tags.refresh(Date.now());
    return [tags.toMap(), problem];
  }
}

function decodeExperiment(meta: Meta, folder: string): Experiment {
  const { fields, problem } = meta;
  const id = basename(folder);
  if (!fields) return unknownExperiment(folder, problem ?? 'meta.yaml is missing');
  const ownId = optionalTextOf(fields, 'experiment_id');
  const name = optionalTextOf(fields, 'name');
  return {
    id,
    name: name ?? id,
    lifecycle: fields.has('lifecycle_stage') ? lifecycleOf(fields) : unknownExperiment(folder, '').lifecycle,
    artifactLocation: textOf(fields, 'artifact_location') ?? '',
    createdAt: timeOf(fields, 'creation_time'),
    updatedAt: timeOf(fields, 'last_update_time'),
    tags: new Map(),
    ...toProblem(
      ownId === undefined ? describeLack(meta, 'experiment_id') : undefined,
      ownId === id ? undefined : `meta.yaml belongs to another experiment, ${ownId ?? ''}`,
      name === undefined ? describeLack(meta, 'name') : undefined,
    ),
  };
}

function unknownExperiment(folder: string, problem: string): Experiment {
  const isDeleted = basename(folder.slice(0, -basename(folder).length - 1)) === trashName;
  return {
    id: basename(folder),
    name: basename(folder),
    lifecycle: isDeleted ? 'deleted' : 'active',
    artifactLocation: '',
    createdAt: undefined,
    updatedAt: undefined,
    tags: new Map(),
    problem,
  };
}

/** As MLflow orders them: newest first, those without a time last, then by id as text. */
export function compareExperiments(one: Experiment, other: Experiment): number {
  const [oneTime, otherTime] = [one.createdAt ?? -Infinity, other.createdAt ?? -Infinity];
  if (oneTime !== otherTime) return otherTime > oneTime ? 1 : -1;
  return one.id < other.id ? -1 : 1;
}
