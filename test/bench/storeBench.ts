import { deepEqual } from 'node:assert/strict';
import { LocalStore } from '../../extension/tracking/local/localStore';
import type { LocalTarget } from '../../extension/tracking/local/localTasks';
import type { TrackingStore } from '../../extension/tracking/store';
import { LoopWatch } from '../faults/loopWatch';
import type { PeerProcess } from './peerProcess';
import { compare, median, type BenchResult } from './result';

/** What the parts of the bench have in common: asking ours and a peer in turn, and watching our event loop. */

export const never = new AbortController().signal;

/** How long a peer may keep us from going on, in ms: a slow one is asked less often. */
const peerBudget = 40_000;

export interface Duel {
  readonly name: string;
  readonly goal: number;
  readonly repetitions: number;
  /** The store of each round; opening it is not measured. */
  readonly open: () => Promise<LocalStore>;
  /** Answers what is to be equal to the peer's result. */
  readonly ours: (store: LocalStore) => Promise<unknown>;
  readonly peer: PeerProcess;
  readonly request: Readonly<Record<string, unknown>>;
}

/** The longest that our reading held up this thread's event loop, in ms of its own computing. */
let longestBlock = 0;

export function takeLongestBlock(): number {
  const block = longestBlock;
  longestBlock = 0;
  return block;
}

/** Milliseconds that the work takes, and what it answers; its hold on the event loop is remembered. */
export async function clock<T>(work: () => Promise<T>): Promise<{ ms: number; answer: T }> {
  const watch = new LoopWatch();
  try {
    const start = performance.now();
    const answer = await work();
    return { ms: performance.now() - start, answer };
  } finally {
    longestBlock = Math.max(longestBlock, watch.stop().computing);
  }
}

/**
 * Ours and the peer in turn. A peer is stopped when it takes too long, though not before it has taken long enough to show
 * whether the goal is met; it counts with the time that it was given, and the name says so.
 */
export async function duel({
  name,
  goal,
  repetitions,
  open,
  ours,
  peer,
  request,
}: Duel): Promise<BenchResult> {
  const [mine, theirs]: [number[], number[]] = [[], []];
  let isStopped = false;
  let patience = peer.patience;
  const first = performance.now();
  for (let round = 0; round < repetitions; round++) {
    const store = await open();
    const { ms, answer } = await clock(() => ours(store));
    mine.push(ms);
    if (isStopped || (theirs.length > 0 && performance.now() - first > peerBudget)) continue;
    patience = Math.ceil(Math.max(peer.patience, (2 * median(mine)) / goal));
    const asked = await peer.ask(request, patience);
    isStopped = asked === undefined;
    theirs.push(asked?.ms ?? patience);
    if (asked) deepEqual(answer, asked.result, `${name}: MLflow answers something else`);
  }
  const result = compare(
    isStopped ? `${name} (> ${Math.round(patience / 1000)} s, stopped)` : name,
    'ms',
    mine,
    theirs,
    goal,
  );
  console.log(`${result.name}: ${result.ours.toFixed(1)} / ${result.peer.toFixed(1)} ms`);
  return result;
}

/** With its worker thread running, as the peer's process is. */
export async function openLocal(target: LocalTarget): Promise<LocalStore> {
  const store = new LocalStore(target);
  await store.connect(never);
  return store;
}

/** Opens a store afresh each time, so that it remembers nothing; the one before is disposed. */
export class FreshStores {
  private current: LocalStore | undefined;

  constructor(private readonly target: LocalTarget) {}

  readonly open = async (): Promise<LocalStore> => {
    this.dispose();
    this.current = await openLocal(this.target);
    return this.current;
  };

  dispose(): void {
    this.current?.dispose();
    this.current = undefined;
  }
}

/** The search that both are asked for (reference/PERFORMANCE.md §1): no index helps, and half of the runs match. */
export const search = {
  filter: 'metrics.metric_00 < 0.5',
  orderBy: ['metrics.metric_00 DESC'],
  pageSize: 50,
} as const;

export async function readPage(
  store: TrackingStore,
  experimentId: string,
  query: { readonly filter?: string; readonly orderBy?: readonly string[]; readonly pageSize: number },
): Promise<readonly string[]> {
  const page = await store.searchRuns({ experimentIds: [experimentId], view: 'active', ...query }, never);
  return page.items.map(({ id }) => id);
}

/** All runs in pages of 1,000: how many they are, and how many values they have. */
export async function readAll(
  store: TrackingStore,
  experimentId: string,
): Promise<readonly [number, number]> {
  let [count, values] = [0, 0];
  let pageToken: string | undefined;
  do {
    const query = { experimentIds: [experimentId], view: 'active', pageSize: 1000, pageToken } as const;
    const page = await store.searchRuns(query, never);
    count += page.items.length;
    for (const { metrics, params, tags } of page.items) values += metrics.size + params.size + tags.size;
    pageToken = page.nextPageToken;
  } while (pageToken !== undefined);
  return [count, values];
}

export async function readHistory(store: TrackingStore, runId: string): Promise<number> {
  return (await store.getMetricHistory(runId, 'loss', never)).values.length;
}
