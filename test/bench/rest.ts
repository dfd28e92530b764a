import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { openBrowser, openWorkbench } from '../support/browser';
import { startCodeServer, type CodeServer } from '../support/codeServer';
import { startMlflowServer } from '../support/mlflowServer';
import { runToEnd } from '../support/processes';
import { experimentName, storeWithManyRuns } from './manyStores';
import { startCountingProxy, type CountingProxy } from './countingProxy';
import type { BenchOptions } from './result';
import { compare, type BenchResult } from './result';

interface Sample {
  readonly milliseconds: number;
  readonly bytes: number;
  readonly apiCalls: number;
}

/**
 * An experiment of many runs behind a real server: from the key that expands it to the newest run on the screen, beside curl
 * fetching the same reply, and beside MLflow's own UI from its address to the same run on the screen.
 */
export async function measureRest({ runs, repetitions }: BenchOptions): Promise<readonly BenchResult[]> {
  const { store, experimentId } = await storeWithManyRuns(runs);
  const server = await startMlflowServer({ store });
  const proxy = await startCountingProxy(server.port);
  const folder = await mkdtemp(join(tmpdir(), 'mlflow-lens-bench-'));
  const codeServer = await startCodeServer({ folder, settings: { 'mlflow.tracking.uri': proxy.uri } });
  const browser = await openBrowser();
  const newest = `run-${runs - 1}`;
  const [lens, curl, web]: [Sample[], number[], Sample[]] = [[], [], []];
  try {
    // The first round warms the server's caches, and is not counted.
    for (let round = 0; round <= repetitions; round++) {
      const { ours, curled } = await expandInLens(codeServer, proxy, experimentId, newest, round);
      const theirs = await openInWebUi(browser, proxy, experimentId, newest);
      if (round === 0) continue;
      lens.push(ours);
      curl.push(curled);
      web.push(theirs);
    }
  } finally {
    await browser.close();
    await codeServer.stop();
    await proxy.stop();
    await server.stop();
  }
  const allowed = curl.map((milliseconds) => 1.1 * milliseconds + 50);
  const time = (samples: readonly Sample[]): number[] => samples.map(({ milliseconds }) => milliseconds);
  const bytes = (samples: readonly Sample[]): number[] => samples.map((sample) => sample.bytes / 1000);
  const calls = lens.map(({ apiCalls }) => apiCalls);
  return [
    compare('rest: rows visible / (1.1 × curl + 50 ms)', 'ms', time(lens), allowed, 1),
    compare("rest: rows visible / MLflow's UI to its first row", 'ms', time(lens), time(web), 0.2),
    compare("rest: bytes / MLflow's UI", 'kB', bytes(lens), bytes(web), 0.05),
    compare('rest: API calls to expand an experiment', 'calls', calls, [1], 1),
  ];
}

/**
 * Curl asks from beside the open window, so that both have the machine in the same state. A few requests before it, more
 * with each round, keep the server's garbage collection, due at every fifth or so, from always meeting the same of the two.
 */
async function expandInLens(
  codeServer: CodeServer,
  proxy: CountingProxy,
  experimentId: string,
  newest: string,
  round: number,
): Promise<{ ours: Sample; curled: number }> {
  const workbench = await openWorkbench(codeServer);
  const { page } = workbench;
  try {
    await workbench.openMlflowView();
    const row = page.getByRole('treeitem', { name: experimentName });
    await row.waitFor();
    await workbench.runCommand('MLflow: Focus on Experiments View');
    await page.keyboard.press('Home');
    for (let extra = round % 5; extra > 0; extra--) await fetchByCurl(proxy, experimentId);
    const curled = await fetchByCurl(proxy, experimentId);
    proxy.reset();
    const shown = page.evaluate(watchForText, { text: newest, from: 'key' as const });
    await page.keyboard.press('ArrowRight');
    return { curled, ours: takeSample(proxy, await shown) };
  } finally {
    await workbench.close();
  }
}

async function openInWebUi(
  browser: Browser,
  proxy: CountingProxy,
  experimentId: string,
  newest: string,
): Promise<Sample> {
  const context = await browser.newContext({ viewport: { width: 1400, height: 900 } });
  const page = await context.newPage();
  try {
    proxy.reset();
    await page.goto(`${proxy.uri}/#/experiments/${experimentId}/runs`, { waitUntil: 'commit' });
    return takeSample(
      proxy,
      await page.evaluate(watchForText, { text: newest, from: 'navigation' as const }),
    );
  } finally {
    await context.close();
  }
}

/**
 * Runs in the page: the milliseconds from the next key, or from the page's address, to the frame that shows the text. By
 * the page's own clock, since a driver that polls from outside sees it up to half a second late.
 */
function watchForText({ text, from }: { text: string; from: 'key' | 'navigation' }): Promise<number> {
  return new Promise((resolve) => {
    let start = 0;
    if (from === 'key') addEventListener('keydown', () => (start = performance.now()), { capture: true });
    const observer = new MutationObserver(() => {
      if (!document.body.textContent.includes(text)) return;
      observer.disconnect();
      requestAnimationFrame(() => resolve(performance.now() - start));
    });
    observer.observe(document.documentElement, { childList: true, subtree: true, characterData: true });
  });
}

function takeSample(proxy: CountingProxy, milliseconds: number): Sample {
  const { bytes, requests } = proxy.traffic();
  return { milliseconds, bytes, apiCalls: requests.filter((line) => line.includes('/api/')).length };
}

/** The request that expanding an experiment makes, in milliseconds by curl's own clock. */
async function fetchByCurl(proxy: CountingProxy, experimentId: string): Promise<number> {
  const body = {
    experiment_ids: [experimentId],
    max_results: 50,
    run_view_type: 'ACTIVE_ONLY',
    order_by: ['attributes.start_time DESC'],
  };
  const seconds = await runToEnd('curl', [
    ...['--silent', '--show-error', '--fail', '--output', '/dev/null', '--write-out', '%{time_total}'],
    ...['--header', 'Content-Type: application/json', '--data', JSON.stringify(body)],
    `${proxy.uri}/api/2.0/mlflow/runs/search`,
  ]);
  return 1000 * Number(seconds);
}
