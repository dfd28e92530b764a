import { deepEqual } from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { SQLInputValue, StatementSync } from 'node:sqlite';
import type { LocalStore } from '../../extension/tracking/local/localStore';
import { SqliteReader } from '../../extension/tracking/sqlite/sqliteReader';
import { loadSqlite } from '../../extension/tracking/sqlite/nodeSqlite';
import type { LocalTarget } from '../../extension/tracking/local/localTasks';
import { storesWithManyPoints, storeWithManyRuns } from './manyStores';
import { PeerProcess } from './peerProcess';
import { compare, limit, type BenchOptions, type BenchResult } from './result';
import { clock, duel, openLocal, readHistory, readPage, search } from './storeBench';

type Rows = ReturnType<StatementSync['all']>;

type Query = Readonly<Parameters<typeof readPage>[2]>;

/** The greatest ratios to MLflow that meet the goals; a store of 100,000 runs is beyond what MLflow answers in a minute. */
export interface SqliteGoals {
  readonly filtered: number;
  readonly page: number;
  readonly thousand: number;
}

/** An mlflow.db, with a warm process on both sides. */
export async function measureSqlite(
  { runs, repetitions }: BenchOptions,
  goals: SqliteGoals,
): Promise<readonly BenchResult[]> {
  const { store: folder, experimentId } = await storeWithManyRuns(runs);
  const target: LocalTarget = { kind: 'sqlite', path: join(folder, 'mlflow.db') };
  const peer = new PeerProcess(`sqlite:///${target.path}`);
  const store = await openLocal(target);
  const name = `sqlite, ${runs} runs`;
  const queries: readonly (readonly [string, Query, number])[] = [
    ['filtered, ordered page one', search, goals.filtered],
    ['default page', { pageSize: 50 }, goals.page],
    ['1,000 full runs', { pageSize: 1000 }, goals.thousand],
  ];
  const results: BenchResult[] = [];
  try {
    for (const [what, query, goal] of queries) {
      const ours = (): Promise<readonly string[]> => readPage(store, experimentId, query);
      await ours();
      const open = (): Promise<LocalStore> => Promise.resolve(store);
      const request = { op: 'page', experimentId, ...query };
      results.push(
        await duel({ repetitions, open, ours, peer, name: `${name}: ${what} / MLflow`, goal, request }),
        await measureBesideC(target.path, experimentId, query, peer, `${name}: ${what}`, repetitions),
      );
    }
    results.push(await measureOpening(target, experimentId, name, repetitions));
    return results;
  } finally {
    store.dispose();
    peer.stop();
  }
}

/**
 * What our reader makes of a search, in the thread in which it reads as C does, beside C SQLite (Python's) that runs the same
 * statements and makes nothing of their rows.
 */
async function measureBesideC(
  path: string,
  experimentId: string,
  query: Query,
  peer: PeerProcess,
  name: string,
  repetitions: number,
): Promise<BenchResult> {
  const [mine, theirs]: [number[], number[]] = [[], []];
  const statements = traceStatements(path, experimentId, query);
  const reader = new SqliteReader({ path, throwIfAborted: () => undefined });
  try {
    for (let round = -1; round < repetitions; round++) {
      const start = performance.now();
      reader.searchRuns({ experimentIds: [experimentId], view: 'active', ...query });
      const ms = performance.now() - start;
      const asked = await peer.ask({ op: 'sql', path, statements });
      // The first round warms both up.
      if (round < 0 || !asked) continue;
      mine.push(ms);
      theirs.push(asked.ms);
    }
  } finally {
    reader.close();
  }
  return compare(`${name}, in the reading thread / C SQLite running the same SQL`, 'ms', mine, theirs, 1.3);
}

/** From nothing but a path to the first page of runs: our worker thread and MLflow's process both start for it. */
async function measureOpening(
  target: LocalTarget,
  experimentId: string,
  name: string,
  repetitions: number,
): Promise<BenchResult> {
  const [mine, theirs]: [number[], number[]] = [[], []];
  for (let round = 0; round < repetitions; round++) {
    const ours = await clock(async () => {
      const store = await openLocal(target);
      await readPage(store, experimentId, { pageSize: 50 });
      return store;
    });
    mine.push(ours.ms);
    ours.answer.dispose();
    const peer = new PeerProcess(`sqlite:///${target.path}`);
    const start = performance.now();
    await peer.ask({ op: 'page', experimentId, pageSize: 50 });
    theirs.push(performance.now() - start);
    peer.stop();
  }
  return compare(`${name}: opening cold to page one / MLflow, with its process`, 'ms', mine, theirs, 0.1);
}

/** The SQL texts, and what is bound to them, of a search. */
function traceStatements(
  path: string,
  experimentId: string,
  query: Query,
): readonly (readonly [string, readonly SQLInputValue[]])[] {
  const traced: (readonly [string, readonly SQLInputValue[]])[] = [];
  const { prototype } = loadSqlite().DatabaseSync;
  const prepare = Object.getOwnPropertyDescriptor(prototype, 'prepare')?.value as typeof prototype.prepare;
  prototype.prepare = function (sql: string): StatementSync {
    const statement = prepare.call(this, sql);
    const all = statement.all.bind(statement) as (...values: SQLInputValue[]) => Rows;
    const traceAll = (...values: SQLInputValue[]): Rows => {
      traced.push([sql, values]);
      return all(...values);
    };
    return Object.assign(statement, { all: traceAll });
  };
  const reader = new SqliteReader({ path, throwIfAborted: () => undefined });
  try {
    // The first search also reads the schema.
    for (let round = 0; round < 2; round++) {
      traced.length = 0;
      reader.searchRuns({ experimentIds: [experimentId], view: 'active', ...query });
    }
  } finally {
    reader.close();
    prototype.prepare = prepare;
  }
  return traced;
}

export async function measureSqliteHistory(points: number, repetitions: number): Promise<BenchResult> {
  const { store: folder, runIds } = await storesWithManyPoints(points);
  const target: LocalTarget = { kind: 'sqlite', path: join(folder, 'mlflow.db') };
  const peer = new PeerProcess(`sqlite:///${target.path}`);
  const store = await openLocal(target);
  try {
    await readHistory(store, runIds[0]);
    return await duel({
      name: `sqlite: history of ${points} points / MLflow`,
      goal: 1 / 30,
      repetitions,
      open: () => Promise.resolve(store),
      ours: () => readHistory(store, runIds[0]),
      peer,
      request: { op: 'history', runId: runIds[0], key: 'loss' },
    });
  } finally {
    store.dispose();
    peer.stop();
  }
}

/** The most memory that a process takes which does nothing but read the store, in MB. */
export async function measureMemory(runs: number): Promise<BenchResult> {
  const { store, experimentId } = await storeWithManyRuns(runs);
  const main = join(__dirname, 'memoryMain.js');
  const child = spawn(process.execPath, [main, join(store, 'mlflow.db'), experimentId], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let said = '';
  child.stdout.on('data', (chunk: Buffer) => (said += chunk.toString()));
  const [code] = (await once(child, 'close')) as [number | null];
  deepEqual(code, 0, 'reading the store ended with an error');
  return limit(`sqlite, ${runs} runs: memory of a process that reads it`, 'MB', Number(said), 300);
}
