import { equal, match } from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { copyDemoStore, demoStore, seededFiles } from '../support/localStores';
import { ensureMlflow, ensureNode } from '../support/tools';
import { runToEnd } from '../support/processes';
import { letPersonIn, type Person } from './uiFixture';

/** A PATH with a shell's own tools and no Python that has MLflow. */
async function withoutPython(): Promise<NodeJS.ProcessEnv> {
  return { PATH: dirname((await ensureNode()).executable) };
}

async function hashOf(file: string): Promise<string> {
  return createHash('sha256')
    .update(await readFile(file))
    .digest('hex');
}

describe('A person who opens a folder with runs in it, without Python and without a server', () => {
  describe('in an mlflow.db', () => {
    let person: Person;
    let hash: string;

    before(async () => {
      const copies = copyDemoStore();
      person = await letPersonIn({ copies, env: await withoutPython(), height: 1400 });
      hash = await hashOf(join(person.folder, 'mlflow.db'));
      await person.workbench.openMlflowView();
    });
    after(() => person.leaves());

    it('sees its experiments and models at once, and in the status bar where they come from', async () => {
      await person.row(/Experiment churn-model/).waitFor();
      await person.row(/churn-classifier/).waitFor();
      await person.workbench.page.locator('.statusbar-item', { hasText: 'mlflow.db' }).waitFor();
    });

    it('sees a run, its metrics and its artifacts', async () => {
      await person.row(/Experiment churn-model/).click();
      await person.row(/Run sweep-depth/).click();
      await (await person.summaryOf('sweep-depth')).getByText('best_auc').first().waitFor();
    });

    it('filters by MLflow’s own grammar, is told where a filter is wrong, and clears it again', async () => {
      const { page } = person.workbench;
      await person.row(/Experiment churn-model/).focus();
      await person.workbench.runCommand('MLflow: Filter Runs…');
      await person.picks('Filter…');
      const input = page.locator('.quick-input-widget:visible input').first();
      await input.fill('metrics.auc >');
      await page.locator('.quick-input-message', { hasText: 'At character' }).waitFor();
      await input.fill('metrics.best_auc > 0.9');
      await page.keyboard.press('Enter');
      await page.locator('.quick-input-widget:visible', { hasText: 'metrics.best_auc > 0.9' }).waitFor();
      await page.keyboard.press('Escape');
      await person.row(/Filtered by metrics\.best_auc > 0\.9/).waitFor();
      await person.row(/Run sweep-depth/).waitFor();
      equal(await person.row(/Run churn-classifier-v2/).count(), 0);
      await person.row(/Filtered by/).hover();
      await person.workbench.runCommand('MLflow: Clear the Filter of Runs');
      await person.row(/Run churn-classifier-v2/).waitFor();
      equal(await person.row(/Filtered by/).count(), 0);
    });

    it('has not changed a byte of it', async () => {
      equal(await hashOf(join(person.folder, 'mlflow.db')), hash);
    });

    it('sees a run appear by itself when a training logs it', async () => {
      const { python } = await ensureMlflow('newest');
      const script = [
        'import mlflow, sys',
        'mlflow.set_tracking_uri("sqlite:///" + sys.argv[1])',
        'mlflow.set_experiment("churn-model")',
        'with mlflow.start_run(run_name="logged-meanwhile"): mlflow.log_metric("auc", 0.99)',
      ].join('\n');
      await runToEnd(python, ['-c', script, join(person.folder, 'mlflow.db')], {
        env: { ...process.env, MLFLOW_DISABLE_TELEMETRY: 'true' },
      });
      await person.row(/Run logged-meanwhile/).waitFor();
    });
  });

  describe('in an mlruns folder, deeper down', () => {
    let person: Person;

    before(async () => {
      const copies = { 'notebooks/mlruns': join(await seededFiles(), 'mlruns') };
      person = await letPersonIn({ copies, env: await withoutPython(), height: 1400 });
      await person.workbench.openMlflowView();
    });
    after(() => person.leaves());

    it('sees its experiments, runs and models', async () => {
      await person.row(/churn-classifier/).waitFor();
      await person.row(/Experiment churn-model/).click();
      const run = person.row(/Run sweep-depth/);
      await run.waitFor();
      match((await run.textContent()) ?? '', /best_auc 0\.931/);
    });
  });

  describe('in several places', () => {
    let person: Person;

    before(async () => {
      const copies = {
        'one/mlflow.db': join(demoStore(), 'mlflow.db'),
        'two/mlruns': join(await seededFiles(), 'mlruns'),
      };
      person = await letPersonIn({ copies, env: await withoutPython() });
      await person.workbench.openMlflowView();
    });
    after(() => person.leaves());

    it('is asked which to show', async () => {
      await person.workbench.page.getByRole('button', { name: 'Choose…' }).first().click();
      await person.picks(/two/);
      await person.row(/Experiment churn-model/).waitFor();
    });
  });
});
