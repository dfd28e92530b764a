import { isUnfinished, type Run } from '../model';
import type { StoreChange } from '../store';
import type { ExperimentFolder } from './experimentFolders';
import type { FilePath } from './storeFiles';
import type { StoreWatch } from './storeWatch';

/** In milliseconds: how long after its start a finished run may still get tags and metrics while somebody looks. */
const recent = 3_600_000;

/** Whether a run may still change by itself, so that its own folders are worth a watch each. */
export function isWorthWatching(run: Run, now: number): boolean {
  return isUnfinished(run) || (run.startedAt !== undefined && now - run.startedAt < recent);
}

const experimentsChanged: StoreChange = { kind: 'experiments' };
const modelsChanged: StoreChange = { kind: 'models' };

/** Files of an experiment's own folder that tell of itself; all else there is a run. */
const ownFiles: ReadonlySet<string | undefined> = new Set(['meta.yaml', 'tags']);

/** Which folders of a store are worth a watch, and what a change in each means. */
export class WatchedFolders {
  constructor(
    private readonly watches: StoreWatch,
    private readonly root: string,
  ) {}

  seeRoot(): void {
    this.watches.see(this.root, (entry) => (entry === 'models' ? modelsChanged : experimentsChanged));
    this.watches.see(`${this.root}/.trash`, () => experimentsChanged);
  }

  /** Runs come and go in an experiment's folder. */
  seeExperiment({ id, path }: ExperimentFolder): void {
    this.watches.see(path, (entry) => (ownFiles.has(entry) ? experimentsChanged : runsChanged(id)));
    this.watches.see(`${path}/tags`, () => experimentsChanged);
  }

  seeRun(experimentId: string, folders: readonly FilePath[]): void {
    for (const folder of folders) this.watches.see(folder, () => runsChanged(experimentId));
  }

  seeModels(): void {
    this.watches.see(`${this.root}/models`, () => modelsChanged);
  }

  /** MLflow rewrites a model's meta.yaml whenever it changes a version, an alias or a tag of it. */
  seeModel(name: string): void {
    this.watches.see(`${this.root}/models/${name}`, () => modelsChanged);
  }
}

function runsChanged(experimentId: string): StoreChange {
  return { kind: 'runs', experimentId };
}
