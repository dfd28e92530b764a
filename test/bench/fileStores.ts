import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { LocalTarget } from '../../extension/tracking/local/localTasks';
import { cacheRoot, fingerprint, projectRoot } from '../support/cache';
import { installOnce } from '../support/installOnce';
import { runToEnd } from '../support/processes';
import { findOnPath } from '../support/tools';
import { filesWithManyRuns, storesWithManyPoints } from './manyStores';
import { PeerProcess } from './peerProcess';
import { compare, type BenchOptions, type BenchResult } from './result';
import { clock, duel, openLocal, readAll, readHistory, readPage, search, withLocal } from './storeBench';

/** An mlruns directory. Ours has never read it before, but for the refresh; the operating system has. */
export async function measureFiles({ runs, repetitions }: BenchOptions): Promise<readonly BenchResult[]> {
  const { store: folder, experimentId } = await filesWithManyRuns(runs);
  const target: LocalTarget = { kind: 'files', path: join(folder, 'mlruns') };
  const peer = new PeerProcess(`file://${target.path}`, 600_000);
  const name = `mlruns, ${runs} runs`;
  try {
    const page = await duel({
      name: `${name}: filtered, ordered page one / MLflow`,
      goal: 1 / 100,
      repetitions,
      ours: () => withLocal(target, (store) => readPage(store, experimentId, search)),
      peer,
      request: { op: 'page', experimentId, ...search },
    });
    const all = await duel({
      name: `${name}: all runs / MLflow`,
      goal: 1 / 5,
      repetitions: 1,
      ours: () => withLocal(target, (store) => readAll(store, experimentId)),
      peer,
      request: { op: 'all', experimentId },
    });
    return [page, all, ...(await measureFloorAndRefresh(target, experimentId, name, repetitions))];
  } finally {
    peer.stop();
  }
}

/** All runs beside a C program that reads the same files; and again while nothing has changed. */
async function measureFloorAndRefresh(
  target: LocalTarget,
  experimentId: string,
  name: string,
  repetitions: number,
): Promise<readonly BenchResult[]> {
  const readAllFiles = await compileReadAll();
  const [cold, warm, floor]: [number[], number[], number[]] = [[], [], []];
  for (let round = 0; round < repetitions; round++) {
    const store = await openLocal(target);
    cold.push((await clock(() => readAll(store, experimentId))).ms);
    warm.push((await clock(() => readPage(store, experimentId, { pageSize: 1000 }))).ms);
    store.dispose();
    if (readAllFiles) floor.push(await readAllFiles(join(target.path, experimentId)));
  }
  const refresh = compare(`${name}: refresh of 1,000 shown / our cold read`, 'ms', warm, cold, 0.1);
  if (!readAllFiles) {
    console.log(`${name}: not held against a C program, since there is no cc here`);
    return [refresh];
  }
  return [compare(`${name}: all runs / a C program that reads the files`, 'ms', cold, floor, 2), refresh];
}

/** Reads a folder in C and answers the milliseconds; undefined where there is no compiler. */
async function compileReadAll(): Promise<((folder: string) => Promise<number>) | undefined> {
  if (!findOnPath('cc')) return undefined;
  const source = join(projectRoot(), 'test/bench/readAll.c');
  const key = fingerprint(await readFile(source));
  const folder = await installOnce(join(cacheRoot(), `bench-readAll-${key}`), async (into) => {
    await runToEnd('cc', ['-O2', '-o', join(into, 'readAll'), source]);
  });
  return async (of) => Number((await runToEnd(join(folder, 'readAll'), [of])).split(' ')[0]);
}

export async function measureFileHistory(points: number, repetitions: number): Promise<BenchResult> {
  const { store: folder, runIds } = await storesWithManyPoints(points);
  const target: LocalTarget = { kind: 'files', path: join(folder, 'mlruns') };
  const peer = new PeerProcess(`file://${target.path}`);
  try {
    return await duel({
      name: `mlruns: history of ${points} points / MLflow`,
      goal: 1 / 50,
      repetitions,
      ours: () => withLocal(target, (store) => readHistory(store, runIds[1])),
      peer,
      request: { op: 'history', runId: runIds[1], key: 'loss' },
    });
  } finally {
    peer.stop();
  }
}
