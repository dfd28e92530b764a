import { deepEqual, equal } from 'node:assert/strict';
import { copyDemoStore } from '../../support/localStores';
import { seededServer, type MlflowServer } from '../../support/mlflowServer';
import { until } from '../../support/until';
import { letPersonIn, type Person } from '../uiFixture';
import { TableOnScreen } from './tableOnScreen';

describe('A person who looks at runs as a table', () => {
  let person: Person;
  let table: TableOnScreen;

  const openTable = async (): Promise<TableOnScreen> => {
    await person.workbench.openMlflowView();
    await person.row(/Experiment churn-model/).waitFor();
    await person.workbench.runCommand('MLflow: Show Runs as Table');
    const widget = person.workbench.page.locator('.quick-input-widget:visible');
    await widget.locator('.monaco-list-row', { hasText: 'churn-model' }).first().click();
    await person.workbench.page.keyboard.press('Enter');
    return await TableOnScreen.find(person);
  };

  /** What one does alike wherever the runs lie. */
  const lookAtRuns = (count: number, fourth: string) => {
    it('sees all runs of the experiment, nested ones folded under their parents', async () => {
      await table.frame.getByText(`${count} runs`, { exact: true }).waitFor();
      deepEqual((await table.names()).slice(0, 4), [
        'churn-classifier-v2',
        'churn-classifier-v1',
        'sweep-depth',
        fourth,
      ]);
      await table.row('sweep-depth').locator('.twistie').click();
      await until('the nested runs are shown', async () =>
        ((await table.names())[3] ?? '').startsWith('trial-'),
      );
      await table.row('sweep-depth').locator('.twistie').click();
      await until('they are folded', async () => (await table.names())[3] === fourth);
    });

    it('searches with MLflow’s grammar, is told of mistakes, and finds by a part of the name', async () => {
      const box = table.frame.getByRole('combobox', { name: 'Filter runs' });
      await box.fill('params.');
      await table.frame
        .getByRole('option', { name: /max_depth/ })
        .first()
        .waitFor();
      await table.filter('metrics.auc >> 1');
      await table.frame.getByText(/^At character \d+: /).waitFor();
      await table.filter("attributes.status = 'FAILED'");
      await table.frame.getByText(/runs found$/).waitFor();
      const icons = table.frame.locator('[role=row][aria-rowindex] .icon-failed');
      await until('only failed runs are shown', async () => {
        const names = await table.names();
        return names.length > 0 && names.length < 60 && (await icons.count()) === names.length;
      });
      await table.filter('classifier-v');
      await table.showsRuns('churn-classifier-v2', 'churn-classifier-v1');
      await box.press('Escape');
      await table.frame.getByText(`${count} runs`, { exact: true }).waitFor();
    });

    it('sorts by the name and back, by keyboard in the head', async () => {
      const head = table.frame.getByRole('columnheader', { name: /^Run/ });
      await head.click();
      await until('the runs are in order', async () => (await table.names())[0] === 'churn-classifier-v1');
      equal(await head.getAttribute('aria-sort'), 'ascending');
      await head.click();
      await until('the order is turned', async () => (await table.names())[0] === 'sweep-depth');
      await head.click();
      await until('the newest come first', async () => (await table.names())[0] === 'churn-classifier-v2');
    });

    it('compares selected runs, and opens one with Enter', async () => {
      await table.row('churn-classifier-v2').locator('.name').click();
      await table
        .row('churn-classifier-v1')
        .locator('.name')
        .click({ modifiers: ['ControlOrMeta'] });
      await table.frame.getByRole('button', { name: 'Compare' }).click();
      await person.workbench.page
        .locator('.tab', { hasText: 'churn-classifier-v2 ↔ churn-classifier-v1' })
        .waitFor();
      await person.workbench.page.locator('.tab', { hasText: 'churn-model · Runs' }).click();
      table = await TableOnScreen.find(person);
      await table.row('churn-classifier-v1').locator('.name').click();
      await person.workbench.page.keyboard.press('Enter');
      await person.summaryOf('churn-classifier-v1');
      await person.workbench.page.locator('.tab', { hasText: 'churn-model · Runs' }).click();
      table = await TableOnScreen.find(person);
    });

    it('finds the table as it was arranged after the window was loaded anew', async () => {
      await table.filter('classifier-v');
      await table.showsRuns('churn-classifier-v2', 'churn-classifier-v1');
      // VS Code's own way to load anew: a browser's would not wait until everything is kept.
      const loaded = person.workbench.page.waitForEvent('load');
      await person.workbench.runCommand('Developer: Reload Window');
      await loaded;
      table = await TableOnScreen.find(person);
      await table.showsRuns('churn-classifier-v2', 'churn-classifier-v1');
    });
  };

  describe('in an mlflow.db', () => {
    before(async () => {
      const copies = copyDemoStore();
      person = await letPersonIn({ copies, height: 1400 });
      table = await openTable();
    });
    after(() => person.leaves());

    lookAtRuns(65, 'random-forest-029');
  });

  describe('on a server', () => {
    let mlflow: MlflowServer;

    before(async () => {
      mlflow = await seededServer();
      person = await letPersonIn({ files: { '.env': `MLFLOW_TRACKING_URI=${mlflow.uri}\n` }, height: 1400 });
      table = await openTable();
    });
    after(async () => {
      await person.leaves();
      await mlflow.stop();
    });

    lookAtRuns(155, 'gradient-boosting-119');
  });
});
