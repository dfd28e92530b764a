import { build } from 'esbuild';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { openBrowser } from '../support/browser';
import { projectRoot } from '../support/cache';
import { memoryOf } from '../support/pageProbes';
import type { EngineName } from './charts/engines';
import type { BenchPage } from './charts/page';
import { measureChartsOverRest } from './chartsOverRest';
import { compare, median, type BenchOptions, type BenchResult } from './result';

declare const bench: BenchPage;

/** In CSS pixels, as in reference/PERFORMANCE.md §2. */
const size = { width: 1600, height: 600 };

const spikes = 256;
const panFrames = 30;

interface Shape {
  readonly curves: number;
  readonly points: number;
}

/** What one engine took, each in a fresh page; zooms by how much of x is left. */
interface Sample {
  readonly paint: number;
  readonly tenth: number;
  readonly deep: number;
  readonly heap: number;
  readonly dropped: number;
  readonly spikes: number | undefined;
}

const peers: readonly EngineName[] = ['chartjs', 'lttb', 'minmax', 'uplot', 'plotly', 'mlflow'];

/**
 * A million points in ten curves and two million in two hundred, drawn in headless Chromium: ours (reduced to pixel columns, then
 * drawn) beside chart.js, uPlot and Plotly in pages of their own.
 */
export async function measureCharts(options: BenchOptions): Promise<readonly BenchResult[]> {
  const { repetitions } = options;
  const overRest = await measureChartsOverRest(options);
  const script = await bundlePage();
  const browser = await openBrowser(['--enable-precise-memory-info', '--js-flags=--expose-gc']);
  try {
    const few = await measureAll(browser, script, { curves: 10, points: 100_000 }, repetitions);
    const many = await measureAll(browser, script, { curves: 200, points: 10_000 }, Math.min(repetitions, 3));
    return [...overRest, ...judge('10 × 100,000', few, true), ...judge('200 × 10,000', many, false)];
  } finally {
    await browser.close();
  }
}

type Samples = ReadonlyMap<EngineName, readonly Sample[]>;

async function measureAll(
  browser: Browser,
  script: string,
  shape: Shape,
  repetitions: number,
): Promise<Samples> {
  const samples = new Map<EngineName, Sample[]>();
  // In turn, so that whatever else the machine does falls on all of them.
  for (let round = 0; round < repetitions; round++) {
    for (const engine of ['ours', ...peers] as const) {
      const sample = await measureOnce(browser, script, shape, engine);
      samples.set(engine, [...(samples.get(engine) ?? []), sample]);
    }
  }
  for (const [engine, taken] of samples) {
    const middle = (of: keyof Sample): string => median(taken.map((sample) => sample[of] ?? NaN)).toFixed(0);
    console.log(
      `${shape.curves} × ${shape.points}, ${engine}: paint ${middle('paint')} ms, zoom to a tenth ${middle('tenth')} ms, ` +
        `to a thousandth ${middle('deep')} ms, heap ${middle('heap')} kB, dropped ${middle('dropped')} of ${panFrames}`,
    );
  }
  return samples;
}

async function measureOnce(
  browser: Browser,
  script: string,
  { curves, points }: Shape,
  engine: EngineName,
): Promise<Sample> {
  const page = await browser.newPage({ viewport: { width: size.width + 40, height: size.height + 40 } });
  try {
    await page.setContent(
      `<!doctype html><body><div id="box" style="width:${size.width}px;height:${size.height}px"></div></body>`,
    );
    await page.addScriptTag({ content: script });
    await page.evaluate(
      (args) => {
        bench.prepare(...args);
      },
      [curves, points, spikes] as const,
    );
    const before = (await memoryOf(page)).script;
    const load = engine === 'plotly' || engine === 'mlflow' ? await loadPlotly(page) : 0;
    const paint = load + (await page.evaluate((name) => bench.paint(name), engine));
    const heap = (await memoryOf(page)).script - before;
    const kept = await page.evaluate(() => bench.countSpikes());
    const tenth = await page.evaluate(() => bench.zoom(0.45, 0.55));
    const deep = await page.evaluate(() => bench.zoom(0.5, 0.501));
    const dropped = await page.evaluate((frames) => bench.pan(frames), panFrames);
    return { paint, tenth, deep, heap: heap / 1000, dropped, spikes: kept };
  } finally {
    await page.close();
  }
}

async function loadPlotly(page: Page): Promise<number> {
  const start = performance.now();
  await page.addScriptTag({ path: createRequire(__filename).resolve('plotly.js-dist-min') });
  return performance.now() - start;
}

function judge(shape: string, samples: Samples, hasGoals: boolean): readonly BenchResult[] {
  const of = (engine: EngineName, what: Exclude<keyof Sample, 'spikes'>): readonly number[] =>
    (samples.get(engine) ?? []).map((sample) => sample[what]);
  const beside = (
    what: Exclude<keyof Sample, 'spikes'>,
    name: string,
    peer: EngineName,
    goal: number,
    unit = 'ms',
  ) => compare(`charts, ${shape}: ${name}`, unit, of('ours', what), of(peer, what), goal);
  const common = [
    beside('paint', 'first paint / chart.js raw', 'chartjs', hasGoals ? 0.35 : 1),
    beside('paint', 'first paint / uPlot raw', 'uplot', 1),
    beside('paint', "first paint / Plotly with MLflow's samples and its load", 'mlflow', hasGoals ? 0.2 : 1),
    beside('deep', 'zoom to a thousandth / chart.js min-max', 'minmax', 0.2),
    beside('heap', 'heap / chart.js min-max', 'minmax', 0.25, 'kB'),
    beside('dropped', 'frames dropped while panning (+1) / uPlot', 'uplot', 1, 'frames'),
  ];
  const kept = (engine: EngineName): readonly number[] =>
    (samples.get(engine) ?? []).map((sample) => sample.spikes ?? NaN);
  const lost = kept('ours').map((found) => spikes - found + 1);
  console.log(
    `${shape}: spikes kept: ours ${kept('ours')[0]}, MLflow's way ${kept('mlflow')[0]} of ${spikes}`,
  );
  return [...common, compare(`charts, ${shape}: spikes lost of ${spikes} (+1)`, 'spikes', lost, [1], 1)];
}

async function bundlePage(): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [join(projectRoot(), 'test/bench/charts/page.ts')],
    bundle: true,
    minify: true,
    write: false,
    platform: 'browser',
    format: 'iife',
    target: 'chrome138',
  });
  return outputFiles[0]?.text ?? '';
}
