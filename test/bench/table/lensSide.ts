import { readFileSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openWorkbench, type Workbench } from '../../support/browser';
import { projectRoot } from '../../support/cache';
import { startCodeServer, type CodeServer } from '../../support/codeServer';
import { findDescendant, NodeInspector } from '../../support/nodeInspector';
import { watchFor, whenSeen, type Sight } from '../../support/pageProbes';
import { freePort } from '../../support/processes';
import { until } from '../../support/until';
import { experimentName } from '../manyStores';
import { viewport } from './mlflowSide';
import { takeScroll, type Scrollable, type TableSample, type TableShape } from './samples';

const deadline = 120_000;

export interface Lens {
  readonly codeServer: CodeServer;
  readonly inspectPort: number;
}

/** A VS Code whose connection is that URI, and whose folder is empty. */
export async function startLens(trackingUri: string): Promise<Lens> {
  const folder = await mkdtemp(join(tmpdir(), 'mlflow-lens-bench-'));
  const inspectPort = await freePort();
  const settings = { 'mlflow.tracking.uri': trackingUri };
  return { codeServer: await startCodeServer({ folder, settings, inspectPort }), inspectPort };
}

/** The title in the palette; undefined where there is no such command. */
export function titleOf(command: string): string | undefined {
  const manifest = JSON.parse(readFileSync(join(projectRoot(), 'package.json'), 'utf8')) as {
    contributes: { commands: readonly { command: string; title: string; category: string }[] };
  };
  const found = manifest.contributes.commands.find((one) => one.command === command);
  return found && `${found.category}: ${found.title}`;
}

/** From the key or click that runs the command on the experiment to its newest run in the table. */
export async function openLensTable(
  lens: Lens,
  { runs }: TableShape,
  scrolls: boolean,
): Promise<TableSample> {
  const rowHead = '[role="grid"] [role="row"][aria-rowindex] [role="rowheader"]';
  const show = async (workbench: Workbench): Promise<void> => {
    const { page } = workbench;
    await page.getByRole('treeitem', { name: experimentName }).click();
    await workbench.runCommand(titleOf('mlflow.experiment.showTable') ?? '');
    await answerForExperiment(page);
  };
  return await openInLens(lens, {
    newest: `run-${runs - 1}`,
    show,
    sight: { selector: rowHead, text: `run-${runs - 1}` },
    way: { scroller: '.scroller', rowHead, lastRow: 'run-0' },
    scrolls,
  });
}

/** From the click that runs the command on all runs of the experiment to the first of their params. */
export async function openLensComparison(
  lens: Lens,
  { runs }: TableShape,
  scrolls: boolean,
): Promise<TableSample> {
  const rowHead = '.key > .stranger';
  const show = async (workbench: Workbench): Promise<void> => {
    const { page } = workbench;
    await page.getByRole('treeitem', { name: `Run run-${runs - 1}` }).click();
    for (let other = 1; other < runs; other++) await page.keyboard.press('Shift+ArrowDown');
    await workbench.runCommand(titleOf('mlflow.run.compare') ?? '');
  };
  return await openInLens(lens, {
    newest: `run-${runs - 1}`,
    show,
    sight: { selector: `.part-params ${rowHead}`, text: 'param_00' },
    way: { scroller: '[role="grid"]', rowHead },
    scrolls,
  });
}

interface Opening {
  readonly newest: string;
  readonly show: (workbench: Workbench) => Promise<void>;
  readonly sight: Sight;
  readonly way: Scrollable['way'];
  readonly scrolls: boolean;
}

/** In a window that shows a run already: its first view waits two seconds for VS Code's own service worker. */
async function openInLens(
  { codeServer, inspectPort }: Lens,
  { newest, show, sight, way, scrolls }: Opening,
): Promise<TableSample> {
  const workbench = await openWorkbench(codeServer, viewport);
  const { page } = workbench;
  try {
    await workbench.openMlflowView();
    await page.getByRole('treeitem', { name: experimentName }).click();
    await page.getByRole('treeitem', { name: newest }).click();
    await until('the summary of a run is seen', () => isSummarySeen(workbench), deadline);
    await watchFor(page, sight);
    await show(workbench);
    const { frame, afterAction } = await whenSeen(page, deadline);
    if (!scrolls) return { firstRows: afterAction };
    const pid = await findDescendant(codeServer.pid ?? NaN, '--type=extensionHost');
    const host = await NodeInspector.connect(pid, inspectPort);
    const grid = '[role="grid"]';
    const scrolling = await takeScroll({ page, frame, host, way, across: way.scroller, grid });
    await host.close();
    return { firstRows: afterAction, scrolling };
  } finally {
    await workbench.close();
  }
}

async function isSummarySeen({ page }: Workbench): Promise<boolean> {
  for (const frame of page.frames()) {
    const count = await frame
      .locator('.table-metrics .row')
      .count()
      .catch(() => 0);
    if (count > 0) return true;
  }
  return false;
}

/** The experiment that is selected in the tree is asked about in a list, unless the command takes it at once. */
async function answerForExperiment(page: Workbench['page']): Promise<void> {
  const widget = page.locator('.quick-input-widget:visible');
  const row = widget.locator('.monaco-list-row', { hasText: experimentName });
  const isTabOpen = async () => (await page.locator('.tab').count()) > 1;
  await until(
    'the experiment is asked for or shown',
    async () => (await row.count()) > 0 || (await isTabOpen()),
  );
  if ((await row.count()) === 0) return;
  await widget.locator('input').first().fill(experimentName);
  await page.keyboard.press('Enter');
}
