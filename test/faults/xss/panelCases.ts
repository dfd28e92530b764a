import { until } from '../../support/until';
import { guide } from './hostileStore';
import { words, type Stage } from './stage';
import type { WorkbenchCase } from './workbenchCases';

/** Tabs, lists to pick from, documents and the log. */
export const panelCases: readonly WorkbenchCase[] = [
  { name: 'titles of run summaries', run: openSummaries },
  { name: 'quick picks', run: openPicks },
  { name: 'chart and comparison panels', run: openPanels },
  { name: 'documents in the diff editor', run: openDiff },
];

async function openSummaries(stage: Stage): Promise<string> {
  const rows = await stage.rows('Experiments', 2).all();
  const tab = stage.page.locator('.tabs-container .tab.active');
  let count = 0;
  for (const row of rows) {
    const label = words(await row.locator('.label-name').innerText());
    if (!(await row.getAttribute('aria-label'))?.startsWith('Run ')) continue;
    await row.locator('.label-name').click();
    await until(`the tab of ${label}`, async () =>
      words(await tab.innerText()).startsWith(label.slice(0, 20)),
    );
    await stage.look(label.slice(0, 60));
    count++;
  }
  await stage.pointAt(tab, 'the tab');
  return `${count} tabs`;
}

async function openPicks(stage: Stage): Promise<string> {
  const { person, page } = stage;
  const rows = page.locator('.quick-input-widget:visible .monaco-list-row');
  await person.workbench.runCommand('MLflow: Open Run Summary');
  await rows.filter({ hasText: guide }).first().waitFor();
  await stage.look('experiments');
  await person.picks(guide);
  await page.getByText('Choose a run').first().waitFor();
  await rows.nth(2).waitFor();
  await stage.look('runs');
  await page.keyboard.press('Escape');
  await person.workbench.runCommand('MLflow: Connect…');
  await rows.first().waitFor();
  await stage.look('connections');
  await page.keyboard.press('Escape');
  return '3 lists';
}

async function openPanels(stage: Stage): Promise<string> {
  const { person, page } = stage;
  const [first, second] = [stage.rows('Experiments', 2).nth(0), stage.rows('Experiments', 2).last()];
  const selected = page.locator('.part.sidebar .monaco-list-row[aria-selected="true"]');
  const tab = (text: RegExp) => page.locator('.tabs-container .tab', { hasText: text }).first();
  await first.locator('.label-name').click();
  await second.locator('.label-name').click({ modifiers: ['ControlOrMeta'] });
  await until('two runs are selected', async () => (await selected.count()) === 2);
  await person.workbench.runCommand('MLflow: Show Metric Charts of Runs');
  await tab(/Metrics/).waitFor();
  await until('the charts are there', () => hasInSomeFrame(stage, '.chart'));
  await stage.look('charts');
  await person.workbench.runCommand('MLflow: Compare Runs');
  await tab(/↔/).waitFor();
  await until('the comparison is there', () => hasInSomeFrame(stage, '.run-name'));
  await stage.look('comparison');
  await stage.pointAt(tab(/↔/), 'tab of the comparison');
  return '2 panels';
}

async function openDiff(stage: Stage): Promise<string> {
  const { person, page } = stage;
  await person.workbench.runCommand('MLflow: Compare Runs in Diff Editor');
  await page.locator('.monaco-diff-editor .view-line', { hasText: 'Run ID' }).first().waitFor();
  await stage.look('the documents');
  return '2 documents';
}

async function hasInSomeFrame({ page }: Stage, selector: string): Promise<boolean> {
  const counts = page.frames().map((frame) =>
    frame
      .locator(selector)
      .count()
      // The frame went away while it was asked.
      .catch(() => 0),
  );
  return (await Promise.all(counts)).some((count) => count > 0);
}
