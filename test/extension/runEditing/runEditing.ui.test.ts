import { equal, ok } from 'node:assert/strict';
import { join } from 'node:path';
import { MlflowSide } from './mlflowSide';
import { projectRoot } from '../../support/cache';
import { seededServer, type MlflowServer } from '../../support/mlflowServer';
import type { Theme } from '../../support/browser';
import { appears } from '../../support/appears';
import { until } from '../../support/until';
import { letPersonIn, type Person } from '../uiFixture';

const theme = (process.env['MLFLOW_LENS_THEME'] ?? 'light') as Theme;

/** Longer than a window takes to show that an editor has changed. */
const typedMs = 5000;

describe('A person who changes experiments and runs by keyboard alone', function () {
  this.timeout(300_000);
  let mlflow: MlflowServer;
  let side: MlflowSide;
  let person: Person;

  before(async () => {
    mlflow = await seededServer();
    side = new MlflowSide(mlflow.uri);
    const settings = { 'mlflow.tracking.uri': mlflow.uri, 'files.autoSave': 'off' };
    person = await letPersonIn({ settings, theme, width: 1400, height: 1000 });
    await person.workbench.openMlflowView();
    await person.row(/Experiment churn-model/).waitFor();
  });
  after(async () => {
    await person.leaves();
    await mlflow.stop();
  });

  const press = async (...keys: readonly string[]) => {
    for (const key of keys) await person.workbench.page.keyboard.press(key);
  };
  const type = (text: string) => person.workbench.page.keyboard.type(text);
  const asked = (text: string | RegExp) =>
    person.workbench.page.locator('.quick-input-widget:visible', { hasText: text }).first().waitFor();
  /** Walks down from the first row. */
  const goTo = async (name: string) => {
    await person.workbench.runCommand('MLflow: Focus on Experiments View');
    const focused = person.workbench.page.locator(
      '.part.sidebar .monaco-list.element-focused .monaco-list-row.focused',
    );
    await press('Home');
    await until(`the row ${name}`, async () => {
      if ((await focused.first().textContent())?.startsWith(name)) return true;
      await press('ArrowDown');
      return undefined;
    });
  };
  const selectRun = async () => {
    await goTo('churn-classifier-v2');
    await press('Enter');
    await person.summaryOf('churn-classifier-v2');
    await person.workbench.runCommand('MLflow: Focus on Experiments View');
  };
  const look = async (name: string) => {
    if (process.env['MLFLOW_LENS_THEME'] === undefined) return;
    await person.workbench.screenshot(join(projectRoot(), 'out', 'look', `${name}-${theme}.png`));
  };

  it('creates an experiment and renames it with F2; Undo takes that back', async () => {
    await person.workbench.runCommand('MLflow: Create Experiment…');
    await asked('The name of the experiment');
    await press('Enter');
    await asked('cannot be empty');
    await type('made: here/50% ☃');
    await press('Enter');
    const made = person.row(/Experiment made: here\/50% ☃/);
    await made.waitFor();
    await person.workbench.runCommand('MLflow: Focus on Experiments View');
    await press('Home', 'Control+Shift+Enter', 'F2');
    await asked('The new name of the experiment');
    await look('rename');
    await press('Control+A');
    await type('renamed');
    await press('Enter');
    await person.row(/Experiment renamed/).waitFor();
    await person.workbench.page.locator('.statusbar-item', { hasText: 'Undo rename' }).waitFor();
    await look('renamed');
    await person.workbench.runCommand('MLflow: Undo Last Change');
    await made.waitFor();
    ok((await side.experiments()).some(({ name }) => name === 'made: here/50% ☃'));
  });

  it('deletes a selected run, and brings it back by Undo', async () => {
    await goTo('churn-model');
    await press('ArrowRight');
    const run = person.row(/Run churn-classifier-v2,/);
    await run.waitFor();
    await selectRun();
    await press('Delete');
    await person.workbench.page.locator('.monaco-dialog-box', { hasText: 'Delete run' }).waitFor();
    await look('asked');
    await press('Enter');
    await run.waitFor({ state: 'detached' });
    await look('deleted');
    await person.workbench.runCommand('MLflow: Undo Last Change');
    await run.waitFor();
  });

  it('adds and changes a tag', async () => {
    const id = await side.runId('churn-classifier-v2');
    await selectRun();
    await person.workbench.runCommand('MLflow: Edit Tags…');
    await asked('Tags of run “churn-classifier-v2”');
    await look('tags');
    await type('Add Tag');
    await press('Enter');
    await asked('The key of the tag');
    await type('a//b');
    await asked('MLflow takes keys for paths');
    await press('Control+A');
    await type('reviewed by');
    await press('Enter');
    await asked('Its value');
    await type('nobody');
    await press('Enter');
    await until('the tag is set', async () => (await side.tags(id)).get('reviewed by') === 'nobody');
    await selectRun();
    await person.workbench.runCommand('MLflow: Edit Tags…');
    await asked('reviewed by');
    await look('tags-added');
    await type('reviewed by');
    await press('Enter');
    await asked('Tag “reviewed by” of run');
    await press('Enter');
    await asked('Its value');
    await press('Control+A');
    await type('me');
    await press('Enter');
    await until('the tag is changed', async () => (await side.tags(id)).get('reviewed by') === 'me');
  });

  it('creates a run, is told that the filter hides it, and clears the filter from there', async () => {
    await goTo('churn-model');
    await person.workbench.runCommand('MLflow: Filter Runs…');
    await person.picks('Filter…');
    await asked('or a part of the run’s name');
    await type('metrics.best_auc > 0.9');
    await press('Enter');
    await asked('metrics.best_auc > 0.9');
    await press('Escape');
    await person.row(/Filtered by metrics\.best_auc > 0\.9/).waitFor();
    await goTo('churn-model');
    await press('Control+Shift+Enter');
    await person.workbench.runCommand('MLflow: Create Run…');
    await asked('The name of the run');
    await type('made beside the filter');
    await press('Enter');
    const told = person.workbench.page.locator('.notification-toast', {
      hasText: 'The run “made beside the filter” is hidden by the filter of its experiment.',
    });
    await told.waitFor();
    await look('hidden');
    await person.workbench.runCommand('Notifications: Accept Notification Primary Action');
    await person.row(/Run made beside the filter/).waitFor();
    equal(await person.row(/Filtered by/).count(), 0);
  });

  it('writes a description in an editor, and is asked before it overwrites what others wrote', async () => {
    const { page } = person.workbench;
    const id = await side.runId('churn-classifier-v2');
    const note = async () => (await side.tags(id)).get('mlflow.note.content');
    await selectRun();
    await person.workbench.runCommand('MLflow: Edit Description');
    await page.locator('.tab.active', { hasText: 'churn-classifier-v2.md' }).waitFor();
    await press('Control+A');
    await type('# Title of mine');
    await press('Control+S');
    await until('the description is in MLflow', async () => (await note()) === '# Title of mine');
    await person.workbench.runCommand('Markdown: Open Preview to the Side');
    await until('the preview shows it', async () => {
      for (const frame of page.frames())
        if ((await frame.getByRole('heading', { level: 1, name: 'Title of mine' }).count()) > 0) return true;
      return undefined;
    });
    await look('description');
    // A preview takes the focus once more when it is ready. What nobody has changed here would become theirs once the window hears of it.
    await until('the editor has what is typed', async () => {
      await press('Control+1', 'Control+End');
      await type('!');
      return await appears(page.locator('.tab.active.dirty'), typedMs);
    });
    await side.setTag(id, 'mlflow.note.content', '# Title of them');
    await press('Control+S');
    await page.locator('.monaco-dialog-box', { hasText: 'changed by somebody else' }).waitFor();
    await look('conflict');
    equal(await note(), '# Title of them');
    await press('Enter');
    await until('it is overwritten', async () => (await note()) === '# Title of mine!');
  });
});
