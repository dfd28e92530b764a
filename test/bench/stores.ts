import { measureFileHistory, measureFiles } from './fileStores';
import { limit, type BenchOptions, type BenchResult } from './result';
import { measureMemory, measureSqlite, measureSqliteHistory } from './sqliteStores';
import { takeLongestBlock } from './storeBench';

const points = 100_000;

/** A file store beyond this takes MLflow minutes a page. */
const mostFileRuns = 10_000;

/**
 * Stores in local files, ours in a worker thread beside MLflow's own client in a warm Python process: page one of a filtered
 * and ordered search, all runs, long histories, opening; with a C program and C SQLite as the floor.
 */
export async function measureStores(options: BenchOptions): Promise<readonly BenchResult[]> {
  const fewer = { ...options, runs: Math.min(options.runs, mostFileRuns) };
  const results: BenchResult[] = [
    await measureFileHistory(points, options.repetitions),
    await measureSqliteHistory(points, options.repetitions),
    ...(await measureSqlite(fewer, { filtered: 1 / 70, page: 1 / 2, thousand: 1 / 6 })),
  ];
  if (options.runs > fewer.runs) {
    results.push(...(await measureSqlite(options, { filtered: 1 / 1000, page: 1 / 2, thousand: 1 / 6 })));
  }
  results.push(await measureMemory(options.runs));
  results.push(...(await measureFiles(fewer)));
  return [...results, limit("stores: the event loop's longest block", 'ms', takeLongestBlock(), 20)];
}
