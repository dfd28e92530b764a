import type { Browser } from 'playwright-core';
import { openBrowser } from '../../support/browser';
import { startMlflowServer } from '../../support/mlflowServer';
import { restingFrames } from '../../support/pageProbes';
import { storeWithManyRuns } from '../manyStores';
import type { BenchOptions, BenchResult } from '../result';
import { judgeComparison, judgeRuns, type Samples } from './judge';
import { describeFrames, describeSample, type TableSample, type TableShape } from './samples';
import { sidesOfComparison, sidesOfRuns, type Side, type Started } from './sides';

interface RunsShape extends TableShape {
  /** Of how many of the runs a plain table is made: half a million cells are what a browser lays out in some seconds. */
  readonly plainRuns: readonly number[];
}

const tables: readonly RunsShape[] = [
  {
    name: '10000x500',
    runs: 10_000,
    columns: { params: 200, metrics: 250, tags: 50 },
    plainRuns: [100, 1000],
  },
  {
    name: '100000x50',
    runs: 100_000,
    columns: { params: 20, metrics: 25, tags: 5 },
    plainRuns: [1000, 10_000],
  },
];

const comparison: TableShape = {
  name: 'diff-20x1000',
  runs: 20,
  columns: { params: 1000, metrics: 25, tags: 5 },
};

/**
 * The runs table and the comparison of runs, on an mlflow.db and over REST, beside MLflow's own runs table and compare page on a
 * real server with the same data, and beside a plain HTML table: from the key, or the page's address, to the first rows; the
 * frames of a scroll to the end; and the memory on the way.
 */
export async function measureTable(options: BenchOptions): Promise<readonly BenchResult[]> {
  const browser = await openBrowser();
  try {
    await describeFloor(browser);
    const results: BenchResult[] = [];
    for (const shape of tables) {
      const sides = sidesOfRuns(browser, shape.plainRuns);
      results.push(...judgeRuns(shape, await measureShape(shape, sides, options)));
    }
    const sides = sidesOfComparison(browser);
    results.push(...judgeComparison(comparison, await measureShape(comparison, sides, options)));
    return results;
  } finally {
    await browser.close();
  }
}

/** What the machine makes of the frames of a page with nothing in it. */
async function describeFloor(browser: Browser): Promise<void> {
  const page = await browser.newPage();
  console.log(`empty page: frames ${describeFrames(await restingFrames(page, 300))}`);
  await page.close();
}

async function measureShape(
  shape: TableShape,
  sides: readonly Side[],
  { only, repetitions }: BenchOptions,
): Promise<Samples> {
  const wanted = sides.filter(({ name }) => only.test(`${shape.name} ${name}`));
  if (wanted.length === 0) return new Map();
  const { store, experimentId } = await storeWithManyRuns(shape.runs, shape.columns);
  const server = await startMlflowServer({ store });
  const started: (readonly [Side, Started])[] = [];
  try {
    const data = { store, experimentId, shape, uri: server.uri };
    for (const side of wanted) started.push([side, await side.start(data)]);
    return await takeSamples(shape.name, started, repetitions);
  } finally {
    for (const [, one] of started) await one.stop();
    await server.stop();
  }
}

/** In turn, so that whatever else the machine does falls on all; the first round warms the server's caches, and is not counted. */
async function takeSamples(
  shape: string,
  started: readonly (readonly [Side, Started])[],
  repetitions: number,
): Promise<Samples> {
  const samples = new Map<string, TableSample[]>();
  for (let round = 0; round <= repetitions; round++) {
    for (const [{ name, isOurs }, side] of started) {
      const sample = await side.open(round === 1 || (isOurs && round > 1));
      if (round === 0) continue;
      samples.set(name, [...(samples.get(name) ?? []), sample]);
      console.log(describeSample(`${shape} ${name}, round ${round}`, sample));
    }
  }
  return samples;
}
