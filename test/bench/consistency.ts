import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { TrackingError } from '../../extension/tracking/errors';
import type { Run } from '../../extension/tracking/model';
import type { TrackingStore } from '../../extension/tracking/store';
import { projectRoot } from '../support/cache';
import { ensureMlflow } from '../support/tools';
import { pythonEnvironment } from './manyStores';
import { limit, type BenchOptions, type BenchResult } from './result';
import { never, openLocal } from './storeBench';

const journalModes = ['delete', 'wal'] as const;

interface Tally {
  reads: number;
  /** Answers that no moment of the store ever was. */
  wrong: number;
  /** Errors other than that the database is locked. */
  malformed: number;
  locked: number;
}

/**
 * Reads an mlflow.db as fast as it can while another process writes to it in transactions, each of which leaves the metrics
 * of every run at a sum that is always the same (consistentWriter.py).
 */
export async function measureConsistency({ seconds }: BenchOptions): Promise<readonly BenchResult[]> {
  const results: BenchResult[] = [];
  for (const mode of journalModes) {
    const { tally, transactions } = await readBesideWriter(mode, seconds * 1000);
    const name = `consistency, journal_mode=${mode}`;
    console.log(
      `${name}: ${tally.reads} reads beside ${transactions} transactions, ${tally.locked} told that it is locked`,
    );
    if (tally.reads === 0 || transactions === 0) throw new Error(`${name}: nothing was read or written`);
    results.push(
      atMostNone(`${name}: wrong reads`, tally.wrong),
      atMostNone(`${name}: malformed reads`, tally.malformed),
    );
  }
  return results;
}

/** A ratio to nothing is none, so both are one more. */
function atMostNone(name: string, count: number): BenchResult {
  return limit(`${name} (+1)`, '', count + 1, 1);
}

async function readBesideWriter(
  mode: (typeof journalModes)[number],
  duration: number,
): Promise<{ tally: Tally; transactions: number }> {
  const folder = await mkdtemp(join(tmpdir(), 'mlflow-lens-bench-'));
  const writer = await startWriter(folder, mode);
  const store = await openLocal({ kind: 'sqlite', path: join(folder, 'mlflow.db') });
  const tally: Tally = { reads: 0, wrong: 0, malformed: 0, locked: 0 };
  try {
    const end = performance.now() + duration;
    while (performance.now() < end) await readOnce(store, writer, tally);
    return { tally, transactions: await writer.stop() };
  } finally {
    store.dispose();
    writer.child.kill('SIGKILL');
    await rm(folder, { recursive: true, force: true });
  }
}

interface Writer {
  readonly child: ChildProcess;
  readonly experimentId: string;
  /** What a run's metrics sum up to, always. */
  readonly sum: number;
  readonly metrics: number;
  /** Ends it; answers how many transactions it made. */
  stop(): Promise<number>;
}

async function startWriter(folder: string, mode: string): Promise<Writer> {
  const { python } = await ensureMlflow('newest');
  const script = join(projectRoot(), 'test/bench/consistentWriter.py');
  const child = spawn(python, [script, folder, mode], {
    env: pythonEnvironment(),
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const lines = createInterface(child.stdout)[Symbol.asyncIterator]();
  const next = async <T>(): Promise<T> => {
    const line = await lines.next();
    if (line.done === true) throw new Error('The writer ended; what it said is above.');
    return JSON.parse(line.value) as T;
  };
  const about = await next<Pick<Writer, 'experimentId' | 'sum' | 'metrics'>>();
  return {
    child,
    ...about,
    stop: async () => {
      child.stdin.end();
      const { transactions } = await next<{ transactions: number }>();
      if (child.exitCode === null) await once(child, 'exit');
      return transactions;
    },
  };
}

/** A page of runs, then one of them alone. */
async function readOnce(store: TrackingStore, writer: Writer, tally: Tally): Promise<void> {
  const query = { experimentIds: [writer.experimentId], view: 'all', pageSize: 50 } as const;
  try {
    const { items } = await store.searchRuns(query, never);
    judge(items, writer, tally);
    const newest = items[0];
    if (newest) judge([await store.getRun(newest.id, never)], writer, tally);
  } catch (error) {
    if (error instanceof TrackingError && error.kind === 'locked') tally.locked++;
    else {
      tally.malformed++;
      console.error(error);
    }
  }
}

/** One transaction changes all metrics of a run: they are of one step, and sum up to what they always do. */
function judge(runs: readonly Run[], { sum, metrics }: Writer, tally: Tally): void {
  tally.reads++;
  const isWhole = runs.every(({ metrics: points, problem }) => {
    const values = [...points.values()];
    const total = values.reduce((part, { value }) => part + value, 0);
    const isOneMoment = new Set(values.map(({ step }) => step)).size === 1;
    return values.length === metrics && total === sum && isOneMoment && problem === undefined;
  });
  if (!isWhole) tally.wrong++;
}
