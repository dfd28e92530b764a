import { equal, ok } from 'node:assert/strict';
import { join } from 'node:path';
import { MlflowSide } from './mlflowSide';
import { projectRoot } from '../../support/cache';
import { seededServer, type MlflowServer } from '../../support/mlflowServer';
import type { Theme } from '../../support/browser';
import { appears } from '../../support/appears';
import { until } from '../../support/until';
import { Keyboard } from '../keyboard';
import { letPersonIn, type Person } from '../uiFixture';

const theme = (process.env['MLFLOW_LENS_THEME'] ?? 'light') as Theme;

/** Longer than a window takes to show that an editor has changed. */
const typedMs = 5000;

describe('A person who changes experiments and runs by keyboard alone', function () {
  this.timeout(300_000);
  let mlflow: MlflowServer;
  let side: MlflowSide;
  let person: Person;
  let keys: Keyboard;

  before(async () => {
    mlflow = await seededServer();
    side = new MlflowSide(mlflow.uri);
    const settings = { 'mlflow.tracking.uri': mlflow.uri, 'files.autoSave': 'off' };
    person = await letPersonIn({ settings, theme, width: 1400, height: 1000 });
    keys = new Keyboard(person);
    await person.workbench.openMlflowView();
    await person.row(/Experiment churn-model/).waitFor();
  });
  after(async () => {
    await person.leaves();
    await mlflow.stop();
  });

  /** Walks down from the first row. */
  const goTo = async (name: string) => {
    await keys.runs('Focus on Experiments View');
    await keys.goesTo(name);
  };
  const selectRun = async () => {
    await goTo('churn-classifier-v2');
    await keys.press('Enter');
    await person.summaryOf('churn-classifier-v2');
    await person.workbench.runCommand('MLflow: Focus on Experiments View');
  };
  const look = async (name: string) => {
    if (process.env['MLFLOW_LENS_THEME'] === undefined) return;
    await person.workbench.screenshot(join(projectRoot(), 'out', 'look', `${name}-${theme}.png`));
  };

  it('creates an experiment and renames it with F2; Undo takes that back', async () => {
    await person.workbench.runCommand('MLflow: Create Experiment…');
    await keys.isAsked('The name of the experiment');
    await keys.press('Enter');
    await keys.isAsked('cannot be empty');
    await keys.type('made: here/50% ☃');
    await keys.press('Enter');
    const made = person.row(/Experiment made: here\/50% ☃/);
    await made.waitFor();
    await goTo('Experiment made');
    await keys.press('Control+Shift+Enter', 'F2');
    await keys.isAsked('The new name of the experiment');
    await look('rename');
    await keys.answers('The new name of the experiment', 'renamed');
    await person.row(/Experiment renamed/).waitFor();
    await person.workbench.page.locator('.statusbar-item', { hasText: 'Undo rename' }).waitFor();
    await look('renamed');
    await person.workbench.runCommand('MLflow: Undo Last Change');
    await made.waitFor();
    ok((await side.experiments()).some(({ name }) => name === 'made: here/50% ☃'));
  });

  it('deletes a selected run, and brings it back by Undo', async () => {
    await goTo('churn-model');
    await keys.press('ArrowRight');
    const run = person.row(/Run churn-classifier-v2,/);
    await run.waitFor();
    await selectRun();
    await keys.press('Delete');
    await person.workbench.page.locator('.monaco-dialog-box', { hasText: 'Delete run' }).waitFor();
    await look('asked');
    await keys.agrees('Delete run');
    await run.waitFor({ state: 'detached' });
    await look('deleted');
    await person.workbench.runCommand('MLflow: Undo Last Change');
    await run.waitFor();
  });

  it('adds and changes a tag', async () => {
    const id = await side.runId('churn-classifier-v2');
    await selectRun();
    await person.workbench.runCommand('MLflow: Edit Tags…');
    await keys.isAsked('Tags of run “churn-classifier-v2”');
    await look('tags');
    await keys.chooses('Tags of run “churn-classifier-v2”', 'Add Tag');
    await keys.isAsked('The key of the tag');
    await keys.type('a//b');
    await keys.isAsked('MLflow takes keys for paths');
    await keys.answers('MLflow takes keys for paths', 'reviewed by');
    await keys.answers('Its value', 'nobody');
    await until('the tag is set', async () => (await side.tags(id)).get('reviewed by') === 'nobody');
    await selectRun();
    await person.workbench.runCommand('MLflow: Edit Tags…');
    await keys.isAsked('reviewed by');
    await look('tags-added');
    await keys.chooses('Tags of run “churn-classifier-v2”', 'reviewed by');
    await keys.chooses('Tag “reviewed by” of run', '');
    await keys.answers('Its value', 'me');
    await until('the tag is changed', async () => (await side.tags(id)).get('reviewed by') === 'me');
  });

  it('creates a run, is told that the filter hides it, and clears the filter from there', async () => {
    await goTo('churn-model');
    await person.workbench.runCommand('MLflow: Filter Runs…');
    await person.picks('Filter…');
    await keys.answers('or a part of the run’s name', 'metrics.best_auc > 0.9');
    await keys.isAsked('metrics.best_auc > 0.9');
    await keys.press('Escape');
    await person.row(/Filtered by metrics\.best_auc > 0\.9/).waitFor();
    await goTo('churn-model');
    await keys.press('Control+Shift+Enter');
    await person.workbench.runCommand('MLflow: Create Run…');
    await keys.answers('The name of the run', 'made beside the filter');
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
    await keys.writes('churn-classifier-v2.md', '# Title of mine');
    await keys.press('Control+S');
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
      await keys.press('Control+1', 'Control+End');
      await keys.type('!');
      return await appears(page.locator('.tab.active.dirty'), typedMs);
    });
    await side.setTag(id, 'mlflow.note.content', '# Title of them');
    await keys.press('Control+S');
    await page.locator('.monaco-dialog-box', { hasText: 'changed by somebody else' }).waitFor();
    await look('conflict');
    equal(await note(), '# Title of them');
    await keys.agrees('changed by somebody else');
    await until('it is overwritten', async () => (await note()) === '# Title of mine!');
  });
});
