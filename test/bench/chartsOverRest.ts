import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { openBrowser, openWorkbench } from '../support/browser';
import { startCodeServer, type CodeServer } from '../support/codeServer';
import { startMlflowServer } from '../support/mlflowServer';
import { until } from '../support/until';
import { storeWithCurves } from './manyStores';
import { compare, type BenchOptions, type BenchResult } from './result';

const points = 10_000;
const viewport = { width: 1400, height: 900 };

/**
 * Ten runs with 10,000 points each behind a real server: from the key that chooses the experiment to its lines in our chart, in a
 * VS Code that shows a run already (the first view of a window waits two seconds for VS Code's own service worker); and from its
 * address to the lines in MLflow's own page, in a browser that is open.
 */
export async function measureChartsOverRest({ repetitions }: BenchOptions): Promise<readonly BenchResult[]> {
  const { store, experimentId } = await storeWithCurves(points);
  const server = await startMlflowServer({ store });
  const folder = await mkdtemp(join(tmpdir(), 'mlflow-lens-bench-'));
  const codeServer = await startCodeServer({ folder, settings: { 'mlflow.tracking.uri': server.uri } });
  const browser = await openBrowser();
  const [ours, theirs]: [number[], number[]] = [[], []];
  try {
    // The first round warms the server's caches, and is not counted.
    for (let round = 0; round <= repetitions; round++) {
      const mine = await openCharts(codeServer);
      const peer = await openInWebUi(browser, server.uri, experimentId);
      if (round === 0) continue;
      ours.push(mine);
      theirs.push(peer);
    }
  } finally {
    await browser.close();
    await codeServer.stop();
    await server.stop();
  }
  return [compare("charts over REST: lines visible / MLflow's UI", 'ms', ours, theirs, 0.3)];
}

async function openCharts(codeServer: CodeServer): Promise<number> {
  const workbench = await openWorkbench(codeServer, viewport);
  const { page } = workbench;
  try {
    await workbench.openMlflowView();
    await page.getByRole('treeitem', { name: 'curves' }).click();
    await page.getByRole('treeitem', { name: 'curve-9' }).click();
    await see(page, '.table-metrics .row');
    await workbench.runCommand('MLflow: Show Metric Charts of Experiment');
    await page.locator('.quick-input-widget:visible .monaco-list-row', { hasText: 'curves' }).waitFor();
    await page.locator('.quick-input-widget:visible input').first().fill('curves');
    const start = Date.now();
    await page.keyboard.press('Enter');
    await see(page, '.chart.has-picture');
    return Date.now() - start;
  } finally {
    await workbench.close();
  }
}

async function openInWebUi(browser: Browser, uri: string, experimentId: string): Promise<number> {
  const context = await browser.newContext({ viewport });
  const page = await context.newPage();
  try {
    const start = Date.now();
    await page.goto(`${uri}/#/experiments/${experimentId}/runs?compareRunsMode=CHART`, {
      waitUntil: 'commit',
    });
    await see(page, '.js-plotly-plot .scatterlayer path.js-line');
    return Date.now() - start;
  } finally {
    await context.close();
  }
}

/** Asks every frame in turn, ours and theirs alike: what VS Code writes into a webview's frame no observer outlives. */
async function see(page: Page, selector: string): Promise<void> {
  const isSeen = async () => {
    for (const frame of page.frames()) {
      const count = await frame
        .locator(selector)
        .count()
        .catch(() => 0);
      if (count > 0) return true;
    }
    return false;
  };
  await until(`${selector} is seen`, isSeen, 120_000);
}
