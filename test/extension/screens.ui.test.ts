import { ok } from 'node:assert/strict';
import { mkdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Theme } from '../support/browser';
import { projectRoot } from '../support/cache';
import { demoStore } from '../support/localStores';
import { letPersonIn, type Person } from './uiFixture';

/** Where the pictures go; `MLFLOW_LENS_SCREENSHOTS=docs/images npm test -- ui --grep pictures` renews the README's. */
const folder = join(projectRoot(), process.env['MLFLOW_LENS_SCREENSHOTS'] ?? 'out/screenshots');

const themes: readonly Theme[] = ['light', 'dark', 'hcDark', 'hcLight'];

describe('The pictures of a window with real runs', function () {
  this.timeout(180_000);
  before(async () => {
    await mkdir(folder, { recursive: true });
  });

  for (const theme of themes) {
    it(`are taken in ${theme}`, async () => {
      const settings = { 'mlflow.runs.keyMetric': 'val_accuracy' };
      const copies = { 'mlflow.db': join(demoStore(), 'mlflow.db') };
      const person = await letPersonIn({ settings, copies, theme, width: 1320, height: 860 });
      try {
        await showRun(person, 'image-classifier', /Run vit-small-/);
        const picture = join(folder, theme === 'light' ? 'browse.png' : `browse-${theme}.png`);
        await person.workbench.screenshot(picture);
        ok((await stat(picture)).size > 20_000, `${picture} shows next to nothing`);
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

/** Drags the border of the side bar, so that descriptions are seen whole. */
async function widenSideBar({ workbench: { page } }: Person, width: number): Promise<void> {
  const bar = await page.locator('.part.sidebar').boundingBox();
  if (!bar) throw new Error('There is no side bar.');
  await page.mouse.move(bar.x + bar.width, 500);
  await page.mouse.down();
  await page.mouse.move(bar.x + width, 500, { steps: 4 });
  await page.mouse.up();
}
