import { deepEqual, equal, match } from 'node:assert/strict';
import type { Frame } from 'playwright-core';
import { copyDemoStore } from '../../support/localStores';
import { seededServer, type MlflowServer } from '../../support/mlflowServer';
import { until } from '../../support/until';
import { letPersonIn, type Person } from '../uiFixture';

describe('A person who compares runs', () => {
  let person: Person;

  /** The comparison once it shows runs of these names. */
  const comparisonOf = (...names: readonly string[]) =>
    until(`the comparison shows ${names.join(' and ')}`, async () => {
      for (const frame of person.workbench.page.frames()) {
        const heads = await frame
          .locator('.run-name .run-label')
          .allInnerTexts()
          .catch((): string[] => []);
        if (names.length === heads.length && names.every((name) => heads.includes(name))) return frame;
      }
      return undefined;
    });

  const cells = async (frame: Frame, key: string) => {
    const row = frame.locator('.row', { has: frame.locator(`.key > .stranger:text-is("${key}")`) });
    await row.waitFor();
    return await row.locator('.cell > .stranger').allInnerTexts();
  };

  const selectTwo = async () => {
    await person.row(/Run churn-classifier-v2/).click();
    await person.row(/Run churn-classifier-v1/).click({ modifiers: ['ControlOrMeta'] });
  };

  const choose = (run: RegExp, label: string) => person.choosesFromMenu(person.row(run), label);

  const compareSelected = async () => {
    await person.row(/Experiment churn-model/).click();
    await selectTwo();
    await choose(/Run churn-classifier-v1/, 'Compare Runs');
    const frame = await comparisonOf('churn-classifier-v2', 'churn-classifier-v1');
    match((await frame.locator('.part-params .count').innerText()).trim(), /^\d+ of \d+ parameters differ/);
    return frame;
  };

  describe('in an mlflow.db', () => {
    before(async () => {
      const copies = copyDemoStore();
      person = await letPersonIn({ copies, height: 1400 });
      await person.workbench.openMlflowView();
      await person.row(/Experiment churn-model/).waitFor();
    });
    after(() => person.leaves());

    it('compares those that are selected in the tree', async () => {
      const frame = await compareSelected();
      deepEqual(await cells(frame, 'Name'), ['churn-classifier-v2', 'churn-classifier-v1']);
      equal((await frame.locator('.part-metrics .change').count()) > 0, true);
    });

    it('compares a run with the one that was selected for it', async () => {
      await person.row(/Run sweep-depth/).click();
      await choose(/Run sweep-depth/, 'Select Run for Compare');
      await person.row(/Run churn-classifier-v1/).click();
      await choose(/Run churn-classifier-v1/, 'Compare Run with Selected');
      await comparisonOf('sweep-depth', 'churn-classifier-v1');
    });

    it('picks two runs and a file of theirs, and sees what differs in it', async () => {
      const { page } = person.workbench;
      const isOpen = await person.row(/Run churn-classifier-v2/).isVisible();
      if (!isOpen) await person.row(/Experiment churn-model/).click();
      await person.row(/Run random-forest-020/).click();
      await person.row(/Run random-forest-019/).click({ modifiers: ['ControlOrMeta'] });
      await person.workbench.runCommand('MLflow: Compare Artifacts of Runs in Diff Editor');
      const widget = page.locator('.quick-input-widget:visible');
      await widget.getByText('Choose an artifact').waitFor();
      await widget.locator('.monaco-list-row', { hasText: 'report/' }).click();
      await widget.getByText('Choose an artifact in report').waitFor();
      await widget.locator('.monaco-list-row', { hasText: '..' }).first().click();
      await widget.locator('.monaco-list-row', { hasText: 'log.txt' }).click();
      await page
        .locator('.tab', { hasText: /log\.txt: random-forest-020 ↔ random-forest-019 \(missing\)/ })
        .waitFor();
      await page.locator('.monaco-diff-editor .view-line').first().waitFor();
    });

    it('ticks the runs in a list when asked for them, and sees them as documents', async () => {
      const { page } = person.workbench;
      await person.row(/Run churn-classifier-v2/).click();
      await person.workbench.runCommand('MLflow: Compare Runs in Diff Editor');
      const widget = page.locator('.quick-input-widget:visible');
      await widget.getByText('Choose two runs to compare').waitFor();
      await widget.locator('.monaco-list-row', { hasText: 'churn-classifier-v1' }).first().waitFor();
      await page.keyboard.press('Enter');
      await widget.getByText('just 2, not 1').waitFor();
      await widget.locator('.monaco-list-row', { hasText: 'churn-classifier-v1' }).first().click();
      await page.keyboard.press('Enter');
      // The comparison of the same runs is called so too.
      const tab = page.locator('.tab[data-resource-name="run.txt"]');
      await tab.filter({ hasText: 'churn-classifier-v2 ↔ churn-classifier-v1' }).waitFor();
      await page.locator('.monaco-diff-editor .view-line', { hasText: 'Run ID' }).first().waitFor();
    });
  });

  describe('on a server', () => {
    let mlflow: MlflowServer;

    before(async () => {
      mlflow = await seededServer();
      person = await letPersonIn({ files: { '.env': `MLFLOW_TRACKING_URI=${mlflow.uri}\n` }, height: 1400 });
      await person.workbench.openMlflowView();
      await person.row(/Experiment churn-model/).waitFor();
      await compareSelected();
    });
    after(async () => {
      await person.leaves();
      await mlflow.stop();
    });

    it('compares those that are selected in the tree, and their artifacts', async () => {
      const frame = await comparisonOf('churn-classifier-v2', 'churn-classifier-v1');
      await frame.getByRole('button', { name: 'Artifacts', exact: true }).click();
      await frame.locator('.part-artifacts .count', { hasText: /files?( |$)/ }).waitFor();
    });

    it('opens a run of the comparison, and removes none of two', async () => {
      const frame = await comparisonOf('churn-classifier-v2', 'churn-classifier-v1');
      await frame.locator('.run-name').first().click();
      const remove = frame.getByRole('menuitem', { name: 'Remove from Comparison' });
      equal(await remove.getAttribute('aria-disabled'), 'true');
      await frame.getByRole('menuitem', { name: 'Open Run Summary' }).click();
      await person.summaryOf('churn-classifier-v2');
    });
  });
});
