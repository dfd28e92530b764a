import { readdir, readFile, utimes } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import type { LocalStore } from '../../extension/tracking/local/localStore';
import type { LocalTarget } from '../../extension/tracking/local/localTasks';
import { cacheRoot, fingerprint, projectRoot } from '../support/cache';
import { installOnce } from '../support/installOnce';
import { runToEnd } from '../support/processes';
import { findOnPath } from '../support/tools';
import { filesWithManyRuns, storesWithManyPoints } from './manyStores';
import { PeerProcess } from './peerProcess';
import { compare, type BenchOptions, type BenchResult } from './result';
import { clock, duel, FreshStores, openLocal, readAll, readHistory, readPage, search } from './storeBench';

/**
 * An mlruns directory, which the operating system has read before. MLflow's process is warm, so ours is asked with its store
 * open, as it is for whoever looks at runs; and at first sight, by a store that has read nothing yet.
 */
export async function measureFiles({ runs, repetitions }: BenchOptions): Promise<readonly BenchResult[]> {
  const { store: folder, experimentId } = await filesWithManyRuns(runs);
  const target: LocalTarget = { kind: 'files', path: join(folder, 'mlruns') };
  const peer = new PeerProcess(`file://${target.path}`, 600_000);
  const fresh = new FreshStores(target);
  const name = `mlruns, ${runs} runs`;
  try {
    // Has the operating system keep the files: who reads them first pays many times as much.
    await readAll(await fresh.open(), experimentId);
    const pageOf = (what: string, goal: number, open: () => Promise<LocalStore>) =>
      duel({
        name: `${name}: ${what} / MLflow`,
        goal,
        repetitions,
        open,
        ours: (store) => readPage(store, experimentId, search),
        peer,
        request: { op: 'page', experimentId, ...search },
      });
    const allOf = (what: string, goal: number, open: () => Promise<LocalStore>) =>
      duel({
        name: `${name}: ${what} / MLflow`,
        goal,
        repetitions,
        open,
        ours: (store) => readAll(store, experimentId),
        peer,
        request: { op: 'all', experimentId },
      });
    const firstPage = await pageOf('filtered, ordered page one at first sight', 1 / 20, fresh.open);
    const firstAll = await allOf('all runs at first sight', 1 / 2, fresh.open);
    const opened = await openLocal(target);
    await readAll(opened, experimentId);
    const open = (): Promise<LocalStore> => Promise.resolve(opened);
    const page = await pageOf('filtered, ordered page one', 1 / 100, open);
    const all = await allOf('all runs', 1 / 5, open);
    opened.dispose();
    const asked = [firstPage, firstAll, page, all];
    return [...asked, ...(await measureFloorAndRefresh(target, experimentId, name, repetitions))];
  } finally {
    fresh.dispose();
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

/** The file is touched before each reading of ours, which would otherwise remember what was in it. */
export async function measureFileHistory(points: number, repetitions: number): Promise<BenchResult> {
  const { store: folder, runIds } = await storesWithManyPoints(points);
  const [, runId] = runIds;
  const target: LocalTarget = { kind: 'files', path: join(folder, 'mlruns') };
  const file = join(target.path, await findExperiment(target.path, runId), runId, 'metrics', 'loss');
  const peer = new PeerProcess(`file://${target.path}`);
  const store = await openLocal(target);
  try {
    await readHistory(store, runId);
    return await duel({
      name: `mlruns: history of ${points} points / MLflow`,
      goal: 1 / 50,
      repetitions,
      open: async () => {
        await utimes(file, new Date(), new Date());
        return store;
      },
      ours: () => readHistory(store, runId),
      peer,
      request: { op: 'history', runId, key: 'loss' },
    });
  } finally {
    store.dispose();
    peer.stop();
  }
}

async function findExperiment(root: string, runId: string): Promise<string> {
  const names = await readdir(root, { recursive: true });
  return dirname(names.find((name) => basename(name) === runId) ?? '');
}
