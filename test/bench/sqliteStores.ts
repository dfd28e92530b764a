import { deepEqual } from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { SQLInputValue, StatementSync } from 'node:sqlite';
import { SqliteReader } from '../../extension/tracking/sqlite/sqliteReader';
import { loadSqlite } from '../../extension/tracking/sqlite/nodeSqlite';
import type { LocalTarget } from '../../extension/tracking/local/localTasks';
import { storesWithManyPoints, storeWithManyRuns } from './manyStores';
import { PeerProcess } from './peerProcess';
import { limit, type BenchOptions, type BenchResult } from './result';
import { duel, openLocal, readHistory, readPage, search } from './storeBench';

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
      const common = { repetitions, ours, peer };
      const request = { op: 'page', experimentId, ...query };
      const statements = traceStatements(target.path, experimentId, query);
      const sql = { op: 'sql', path: target.path, statements };
      results.push(
        await duel({ ...common, name: `${name}: ${what} / MLflow`, goal, request }),
        await duel({
          ...common,
          name: `${name}: ${what} / C SQLite running the same SQL`,
          goal: 1.3,
          request: sql,
          isDifferent: true,
        }),
      );
    }
    results.push(await measureOpening(target, experimentId, name, repetitions, peer));
    return results;
  } finally {
    store.dispose();
    peer.stop();
  }
}

/** From nothing but a path to the first page of runs, worker thread and all; MLflow, in its warm process, lists experiments. */
async function measureOpening(
  target: LocalTarget,
  experimentId: string,
  name: string,
  repetitions: number,
  peer: PeerProcess,
): Promise<BenchResult> {
  return await duel({
    name: `${name}: opening cold, with page one / MLflow's store, with its experiments`,
    goal: 1,
    repetitions,
    ours: async () => {
      const store = await openLocal(target);
      await readPage(store, experimentId, { pageSize: 50 });
      store.dispose();
    },
    peer,
    request: { op: 'open', path: target.path },
    isDifferent: true,
  });
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
