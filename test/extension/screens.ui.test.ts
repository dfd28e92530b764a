import { ok } from 'node:assert/strict';
import { mkdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Theme } from '../support/browser';
import { projectRoot } from '../support/cache';
import { demoStore } from '../support/localStores';
import { ChartsView } from './metrics/chartsView';
import { TableOnScreen } from './runsTable/tableOnScreen';
import { letPersonIn, type Person } from './uiFixture';

/** Where the pictures go; `MLFLOW_LENS_SCREENSHOTS=docs/images npm test -- ui --grep pictures` renews the README's. */
const folder = join(projectRoot(), process.env['MLFLOW_LENS_SCREENSHOTS'] ?? 'out/screenshots');

/** In CI one does: it is each view's own tests that look at all of them. */
const themes: readonly Theme[] = process.env['CI'] ? ['dark'] : ['light', 'dark', 'hcDark', 'hcLight'];

describe('The pictures of a window with real runs', () => {
  before(async () => {
    await mkdir(folder, { recursive: true });
  });

  for (const theme of themes) {
    it(`are taken in ${theme}`, async () => {
      const settings = { 'mlflow.runs.keyMetric': 'val_accuracy' };
      const copies = { 'mlflow.db': join(demoStore(), 'mlflow.db') };
      const person = await letPersonIn({ settings, copies, theme, width: 1500, height: 900 });
      const take = async (name: string) => {
        const picture = join(folder, theme === 'light' ? `${name}.png` : `${name}-${theme}.png`);
        await person.workbench.screenshot(picture);
        ok((await stat(picture)).size > 20_000, `${picture} shows next to nothing`);
      };
      try {
        await showRun(person, 'image-classifier', /Run vit-small-/);
        await take('browse');
        await showCharts(person, 'image-classifier');
        await take('charts');
        await showTable(person);
        await take('table');
      } finally {
        await person.leaves();
      }
    });
  }
});

async function showRun(person: Person, experiment: string, run: RegExp): Promise<void> {
  const { page } = person.workbench;
  await person.workbench.openMlflowView();
  await widenSideBar(person, 430);
  await person.row(new RegExp(`Experiment ${experiment}`)).click();
  const row = person.row(run);
  const name = /^Run ([^,]+),/.exec((await row.getAttribute('aria-label')) ?? '')?.[1] ?? '';
  await row.click();
  const summary = await person.summaryOf(name);
  await summary.getByText('train_loss').first().waitFor();
  await page.keyboard.press('ArrowRight');
  await person.row(/Parameters/).waitFor();
  await person.row(/Parameters/).click();
  await person.row(/backbone/).waitFor();
}

/** The charts of an experiment in place of the run, with the pointer on one of them. */
async function showCharts(person: Person, experiment: string): Promise<void> {
  const { page } = person.workbench;
  await widenSideBar(person, 300);
  const row = person.row(new RegExp(`Experiment ${experiment}`));
  // Folded, then unfolded again: it is the row that is selected, and its runs are seen without what is below them.
  await person.row(/Run vit-small-/).click();
  await page.keyboard.press('ArrowLeft');
  await row.click();
  await row.click();
  await person.workbench.runCommand('View: Close All Editors');
  await person.workbench.runCommand('MLflow: Show Metric Charts of Experiment');
  const view = await ChartsView.find(person, experiment);
  for (const metric of ['learning_rate_now', 'test_accuracy', 'train_loss']) await view.drawn(metric);
  await view.pointAt('val_accuracy', 0.4, 0.45);
  await view.frame.locator('.tooltip').waitFor();
}

/** The runs of the same experiment as a table in place of the charts. */
async function showTable(person: Person): Promise<void> {
  await person.workbench.runCommand('View: Close All Editors');
  await person.workbench.runCommand('MLflow: Show Runs as Table');
  const { frame } = await TableOnScreen.find(person);
  await frame.getByRole('button', { name: 'Shade Numbers by Size' }).click();
  await frame.locator('.is-on, [aria-pressed=true]').first().waitFor();
}

/** Drags the border of the side bar, so that descriptions are seen whole. */
async function widenSideBar({ workbench: { page } }: Person, width: number): Promise<void> {
  const bar = await page.locator('.part.sidebar').boundingBox();
  if (!bar) throw new Error('There is no side bar.');
  await page.mouse.move(bar.x + bar.width, 500);
  await page.mouse.down();
  await page.mouse.move(bar.x + width, 500, { steps: 4 });
  await page.mouse.up();
}
