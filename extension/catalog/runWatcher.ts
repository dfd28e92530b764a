import { isUnfinished } from '../tracking/model';
import type { Attention } from './attention';
import type { Catalog } from './catalog';
import type { Disposable } from './emitter';
import { Polling } from './polling';

export interface RunWatcherOptions {
  /** The catalog that is looked at now. */
  readonly catalog: () => Pick<Catalog, 'loadedRuns' | 'findRun' | 'renewRuns'> | undefined;
  readonly attention: Attention;
  /** Milliseconds between two looks; 0 for never. */
  readonly interval: () => number;
}

/** Runs asked for in one request: as many as a store can name in one (RestStore splits at 100). */
const mostRuns = 100;

const longestInterval = 60_000;

/**
 * Keeps unfinished runs fresh for as long as somebody watches them and looks: those of watched experiments as far as
 * they are loaded, and watched runs one by one. One request per experiment and step; none when all are finished.
 */
export class RunWatcher implements Disposable {
  private readonly experiments = new Map<string, number>();
  private readonly runs = new Map<string, { readonly experimentId: string; readonly watchers: number }>();
  private readonly polling: Polling;
  /** Where the next step begins among more unfinished runs of an experiment than fit a request. */
  private readonly offsets = new Map<string, number>();

  constructor(private readonly options: RunWatcherOptions) {
    this.polling = new Polling({
      interval: () => (this.findTargets().size > 0 ? options.interval() : 0),
      longestInterval,
      attention: options.attention,
      step: (signal) => this.step(signal),
    });
  }

  /** Keeps the loaded unfinished runs of an experiment fresh until disposed. */
  watchExperiment(experimentId: string): Disposable {
    this.experiments.set(experimentId, (this.experiments.get(experimentId) ?? 0) + 1);
    this.polling.wake();
    return onlyOnce(() => {
      const watchers = (this.experiments.get(experimentId) ?? 1) - 1;
      if (watchers > 0) this.experiments.set(experimentId, watchers);
      else this.experiments.delete(experimentId);
    });
  }

  /** Keeps one run fresh until it is finished or the watch is disposed. */
  watchRun(experimentId: string, runId: string): Disposable {
    this.runs.set(runId, { experimentId, watchers: (this.runs.get(runId)?.watchers ?? 0) + 1 });
    this.polling.wake();
    return onlyOnce(() => {
      const watchers = (this.runs.get(runId)?.watchers ?? 1) - 1;
      if (watchers > 0) this.runs.set(runId, { experimentId, watchers });
      else this.runs.delete(runId);
    });
  }

  /** Whether anybody watches the experiment, or a run of it. */
  isWatched(experimentId: string): boolean {
    if (this.experiments.has(experimentId)) return true;
    return [...this.runs.values()].some((run) => run.experimentId === experimentId);
  }

  /** To be told when runs were loaded: there may be unfinished ones among them. */
  wake(): void {
    this.polling.wake();
  }

  /** Counts the interval anew, as when the setting changed. */
  restart(): void {
    this.polling.restart();
  }

  dispose(): void {
    this.polling.dispose();
  }

  private async step(signal: AbortSignal): Promise<boolean> {
    let isWell = true;
    for (const [experimentId, runIds] of this.findTargets()) {
      const catalog = this.options.catalog();
      if (signal.aborted || !catalog) break;
      try {
        await catalog.renewRuns(experimentId, this.takeTurn(experimentId, runIds), signal);
      } catch {
        // What is shown stays; the next step comes later for it.
        isWell = false;
      }
    }
    return isWell;
  }

  /** The unfinished runs by experiment, watched ones first. */
  private findTargets(): ReadonlyMap<string, readonly string[]> {
    const catalog = this.options.catalog();
    const targets = new Map<string, Set<string>>();
    if (!catalog) return new Map();
    const add = (experimentId: string, runId: string) => {
      const known = targets.get(experimentId);
      if (known) known.add(runId);
      else targets.set(experimentId, new Set([runId]));
    };
    for (const [runId, { experimentId }] of this.runs) {
      const run = catalog.findRun(runId);
      if (!run || isUnfinished(run)) add(experimentId, runId);
    }
    for (const experimentId of this.experiments.keys()) {
      for (const run of catalog.loadedRuns(experimentId)) if (isUnfinished(run)) add(experimentId, run.id);
    }
    return new Map([...targets].map(([experimentId, runIds]) => [experimentId, [...runIds]]));
  }

  /** As many runs as fit a request; where there are more, watched ones always and the others in turn. */
  private takeTurn(experimentId: string, runIds: readonly string[]): readonly string[] {
    if (runIds.length <= mostRuns) return runIds;
    const watched = runIds.filter((id) => this.runs.has(id)).slice(0, mostRuns - 1);
    const others = runIds.filter((id) => !watched.includes(id));
    const start = (this.offsets.get(experimentId) ?? 0) % others.length;
    const room = mostRuns - watched.length;
    this.offsets.set(experimentId, start + room);
    return [...watched, ...[...others.slice(start), ...others.slice(0, start)].slice(0, room)];
  }
}

function onlyOnce(end: () => void): Disposable {
  let isOver = false;
  return {
    dispose: () => {
      if (isOver) return;
      isOver = true;
      end();
    },
  };
}
