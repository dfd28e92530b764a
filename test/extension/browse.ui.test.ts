import { equal, match, ok } from 'node:assert/strict';
import { seededServer, type MlflowServer } from '../support/mlflowServer';
import { letPersonIn, type Person } from './uiFixture';

describe('A person who browses MLflow', () => {
  let mlflow: MlflowServer;
  let person: Person;

  before(async () => {
    mlflow = await seededServer();
    person = await letPersonIn({ height: 1600 });
  });

  after(async () => {
    await person.leaves();
    await mlflow.stop();
  });

  it('is told how to connect where nothing says where to look', async () => {
    await person.workbench.openMlflowView();
    await person.reads('MLflow Lens is not connected.');
  });

  it('connects from the palette, by keyboard alone, and the status bar says where to', async () => {
    const { page } = person.workbench;
    await person.workbench.runCommand('MLflow: Connect…');
    await page.locator('.quick-input-widget:visible', { hasText: 'Enter a Tracking URI' }).waitFor();
    await page.keyboard.type('Enter a Tracking');
    await page.keyboard.press('Enter');
    await person.answers('A tracking URI, or the path', mlflow.uri);
    await person.row(/churn-model/).waitFor();
    await person.row(/churn-classifier/).waitFor();
    await page.locator('.statusbar-item', { hasText: new URL(mlflow.uri).host }).waitFor();
  });

  it('walks from an experiment to a nested run with the arrow keys', async () => {
    const { page } = person.workbench;
    await person.row(/Experiment churn-model/).focus();
    await person.row(/Experiment churn-model/).click();
    const sweep = person.row(/Run sweep-depth/);
    await sweep.waitFor();
    equal(await sweep.getAttribute('aria-level'), '2');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowRight');
    await person.row(/Parameters/).waitFor();
    equal(await person.row(/Run trial-7,/).getAttribute('aria-level'), '3');
  });

  it('sees the summary of a run on one click, and of the next one in the same tab', async () => {
    await person.row(/Run sweep-depth/).click();
    await (await person.summaryOf('sweep-depth')).getByText('best_auc').first().waitFor();
    await person.row(/Run churn-classifier-v2/).click();
    await (await person.summaryOf('churn-classifier-v2')).getByText('threshold').first().waitFor();
    equal(await person.workbench.page.locator('.tabs-container .tab').count(), 1);
  });

  it('opens the summary of a run from the palette alone', async () => {
    const { page } = person.workbench;
    await page.keyboard.press('Control+Shift+E');
    await person.workbench.runCommand('MLflow: Open Run Summary');
    await person.picks(/price-forecast/);
    await person.picks(/nightly-backfill/);
    await (await person.summaryOf('nightly-backfill')).getByText('Running').first().waitFor();
    await person.workbench.openMlflowView();
  });

  it('sees a version of a registered model with its aliases, source run and signature', async () => {
    await person.row(/churn-classifier/).scrollIntoViewIfNeeded();
    await person.row(/^(Registered model )?churn-classifier/).click();
    const version = person.row(/Version 2/i);
    await version.waitFor();
    match((await version.textContent()) ?? '', /@champion/);
    await version.click();
    const preview = await person.summaryOf('churn-classifier');
    await preview.getByText('Version 2').first().waitFor();
    await preview.getByRole('button', { name: 'churn-classifier-v2' }).waitFor();
    await version.focus();
    await person.workbench.page.keyboard.press('ArrowRight');
    await person.row(/Signature/).waitFor();
    await person.row(/churn-classifier-v2|Source run/i).waitFor();
  });

  it('sees hostile names as text', async () => {
    await person.row(/Experiment churn-model/).click();
    await person.row(/Experiment hostile/).click();
    await person.row(/<img src=x onerror=alert\(1\)><b>bold<\/b>/).waitFor();
    equal(await person.workbench.page.locator('img[src="x"]').count(), 0);
    ok((await person.workbench.treeRows()).some((text) => text.startsWith('$(trash) codicon')));
  });

  it('finds deleted experiments and runs when asked for', async () => {
    equal(await person.row(/retired-ranker/).count(), 0);
    await person.workbench.runCommand('MLflow: Show Deleted Experiments and Runs');
    await person.row(/retired-ranker, deleted/).waitFor();
    await person.workbench.runCommand('MLflow: Hide Deleted Experiments and Runs');
    await person.row(/retired-ranker/).waitFor({ state: 'detached' });
  });
});
