import { parentRunIdOf, type Run } from '../tracking/model';

/** Runs as they are nested, newest first among siblings. */
export interface RunForest {
  readonly roots: readonly Run[];
  childrenOf(runId: string): readonly Run[];
  parentOf(runId: string): Run | undefined;
}

/**
 * Nests runs under their parents: each run stands in exactly one place. A run whose parent is not among them is a root,
 * and so is each run of a circle, since nobody could reach it otherwise.
 */
export function nestRuns(runs: readonly Run[]): RunForest {
  const byId = new Map(runs.map((run) => [run.id, run]));
  const circular = findCircular(byId);
  const parentOf = (runId: string): Run | undefined => {
    const run = byId.get(runId);
    const parentId = run && !circular.has(runId) ? parentRunIdOf(run) : undefined;
    return parentId === undefined ? undefined : byId.get(parentId);
  };
  const roots: Run[] = [];
  const children = new Map<string, Run[]>();
  for (const run of [...byId.values()].sort(compareStart)) {
    const parent = parentOf(run.id);
    const siblings = parent ? getOrAdd(children, parent.id) : roots;
    siblings.push(run);
  }
  return { roots, parentOf, childrenOf: (runId) => children.get(runId) ?? [] };
}

/** Runs side by side in their own order, whatever they are nested in. */
export function asFound(runs: readonly Run[]): RunForest {
  return { roots: runs, parentOf: () => undefined, childrenOf: () => [] };
}

/** The runs that are their own ancestors. */
function findCircular(runs: ReadonlyMap<string, Run>): ReadonlySet<string> {
  const circular = new Set<string>();
  const settled = new Set<string>();
  for (const start of runs.keys()) {
    const path = new Map<string, number>();
    let id: string | undefined = start;
    while (id !== undefined && runs.has(id) && !settled.has(id) && !path.has(id)) {
      path.set(id, path.size);
      const run = runs.get(id);
      id = run && parentRunIdOf(run);
    }
    const circleStart = id === undefined ? undefined : path.get(id);
    for (const [passed, position] of path) {
      settled.add(passed);
      if (circleStart !== undefined && position >= circleStart) circular.add(passed);
    }
  }
  return circular;
}

/** Newest first; what never started last; as MLflow does, by id where the time is the same. */
function compareStart(one: Run, other: Run): number {
  const byTime = (other.startedAt ?? -Infinity) - (one.startedAt ?? -Infinity);
  if (byTime !== 0 && !Number.isNaN(byTime)) return byTime;
  return one.id < other.id ? -1 : one.id > other.id ? 1 : 0;
}

function getOrAdd(map: Map<string, Run[]>, key: string): Run[] {
  const present = map.get(key);
  if (present) return present;
  const made: Run[] = [];
  map.set(key, made);
  return made;
}
