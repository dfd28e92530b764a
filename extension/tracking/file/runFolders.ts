import { describeDamage } from './damage';
import { runFolderName, type ExperimentFolder } from './experimentFolders';
import { FolderLists } from './folderLists';
import { MetaFiles } from './metaFiles';
import { decodeRunMeta, unknownRun, type RunMeta } from './runMeta';
import type { FolderEntry, StoreFiles } from './storeFiles';

/** A run as far as its folder and its meta.yaml tell. */
export interface RunFolder {
  readonly id: string;
  readonly experimentId: string;
  /** Undefined for a link that leads out of the store or nowhere: nothing behind it is read. */
  readonly path: string | undefined;
  readonly experimentPath: string;
  readonly meta: RunMeta;
}

/** Folders in an experiment's that hold other things than a run. */
const reserved: ReadonlySet<string> = new Set(['tags', 'datasets', 'traces', 'models']);

/** About 500 bytes each. */
const mostMetas = 100_000;

const mostLists = 50;

/** How often between two runs to ask whether anybody still waits. */
const runsBetweenLooks = 64;

/** The runs of an experiment: the folders in its own that have a meta.yaml, or at least look as if they should. */
export class RunFolders {
  private readonly lists: FolderLists;
  private readonly metas: MetaFiles<RunMeta>;

  constructor(
    private readonly files: StoreFiles,
    private readonly throwIfAborted: () => void,
  ) {
    this.lists = new FolderLists(files, mostLists);
    this.metas = new MetaFiles(files, mostMetas, decodeRunMeta);
  }

  /** All runs, deleted ones too, by id. Throws Damage or the system's error if the folder cannot be read. */
  list(experiment: ExperimentFolder): readonly RunFolder[] {
    const runs: RunFolder[] = [];
    this.lists.list(experiment.path).forEach((entry, index) => {
      if (index % runsBetweenLooks === 0) this.throwIfAborted();
      if (entry.kind !== 'folder' && entry.kind !== 'link') return;
      const run = this.read(experiment, entry.name, entry);
      if (run) runs.push(run);
    });
    return runs;
  }

  /** A run as it is now; undefined if it is gone. */
  again({ id, experimentId, experimentPath }: RunFolder): RunFolder | undefined {
    return this.read({ id: experimentId, path: experimentPath }, id, undefined);
  }

  /** One run of the experiment; undefined if it has no such run. */
  find(experiment: ExperimentFolder, id: string): RunFolder | undefined {
    return this.read(experiment, id, undefined);
  }

  private read(
    experiment: Pick<ExperimentFolder, 'id' | 'path'>,
    id: string,
    entry: FolderEntry | undefined,
  ): RunFolder | undefined {
    if (reserved.has(id)) return undefined;
    const path = `${experiment.path}/${id}`;
    const found = { id, experimentId: experiment.id, experimentPath: experiment.path };
    try {
      if (entry?.kind !== 'folder' && !this.files.find(path)?.stats.isDirectory()) return undefined;
    } catch (error) {
      const meta = unknownRun(describeDamage('The folder', error));
      return runFolderName.test(id) ? { ...found, path: undefined, meta } : undefined;
    }
    const meta = this.readMeta(path, id);
    return meta && { ...found, path, meta };
  }

  private readMeta(path: string, id: string): RunMeta | undefined {
    try {
      const meta = this.metas.get(path);
      if (meta || !runFolderName.test(id)) return meta;
      const isRun = ['metrics', 'params', 'tags'].some((name) => this.files.isFolder(`${path}/${name}`));
      return isRun ? unknownRun('meta.yaml is missing') : undefined;
    } catch (error) {
      return runFolderName.test(id) ? unknownRun(describeDamage('The folder', error)) : undefined;
    }
  }
}
