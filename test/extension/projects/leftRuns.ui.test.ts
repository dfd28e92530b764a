import { equal } from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { projectRoot } from '../../support/cache';
import { runToEnd } from '../../support/processes';
import { ensureMlflow } from '../../support/tools';
import { until } from '../../support/until';
import { makeRepository, type Repository } from '../runDiff/repository';
import { Keyboard } from '../keyboard';
import type { Person } from '../uiFixture';
import { answerByKeys, letPersonWithProjectIn, takePicture, type AnswerByKeys } from './projectPerson';

const files = {
  '.gitignore': '.vscode/\nmlflow.db*\nmlruns/\n',
  'notes.md': 'Notes.\n',
  'steps/train.py': 'print("as it was")\n',
  'wait/MLproject': 'entry_points: {main: {command: python wait.py}}\n',
  'wait/wait.py': 'import os, time\nwhile not os.path.exists("go"): time.sleep(0.1)\n',
};

describe('A person who comes back to runs that were left', function () {
  this.bail(true);
  this.timeout(300_000);
  let person: Person;
  let repository: Repository;
  let commit: string;
  let answer: AnswerByKeys;
  let keys: Keyboard;

  before(async () => {
    person = await letPersonWithProjectIn(files);
    answer = answerByKeys(person);
    keys = new Keyboard(person);
    repository = await makeRepository(person.folder);
    commit = await repository.commit('as it was');
    await writeFile(join(person.folder, 'steps/train.py'), 'print("later")\n');
    await repository.commit('later');
    const { python } = await ensureMlflow('newest');
    const script = join(projectRoot(), 'test/extension/projects/leftRuns.py');
    const env = { MLFLOW_TRACKING_URI: `sqlite:///${join(person.folder, 'mlflow.db')}` };
    await runToEnd(python, [script, commit], { env });
  });
  afterEach(async function () {
    if (this.currentTest?.isFailed()) await shoot(`failed-${this.currentTest.title.slice(0, 20)}`);
  });
  after(() => person.leaves());

  const shoot = (name: string) => takePicture(person, `left-${name}`);
  const notification = (text: string | RegExp) =>
    person.workbench.page.locator('.notification-list-item', { hasText: text });
  const dialog = (text: string | RegExp) =>
    person.workbench.page.locator('.monaco-dialog-box', { hasText: text });

  const restore = async (run: string) => {
    await person.workbench.runCommand('MLflow: Restore Code of Run…');
    await answer('Type a part of its name', 'left behind');
    await answer('Type a part of its name or id', run);
  };
  const train = join('steps', 'train.py');

  it('is told of a run without a commit, and of one whose commit is nowhere here', async () => {
    await person.workbench.openMlflowView();
    await person.row(/Experiment left behind/).click();
    await person.row(/Run committed/).waitFor();
    await restore('uncommitted');
    await notification('carries no git commit').waitFor();
    await shoot('no-commit');
    await restore('elsewhere');
    await notification('No git repository of this workspace has commit 0123456').waitFor();
    await shoot('no-repository');
    await person.workbench.runCommand('Notifications: Clear All Notifications');
  });

  it('opens its source as it was, the run’s own script first, while nothing of theirs changes', async () => {
    await restore('committed');
    await answer(/Open Source at Commit/);
    await answer('Type a part of its path');
    const title = `train.py (${commit.slice(0, 7)})`;
    await person.workbench.page.locator('.tab.active', { hasText: title }).waitFor();
    await person.workbench.page.locator('.view-line', { hasText: 'as it was' }).waitFor();
    await shoot('source');
    equal(await readFile(join(person.folder, train), 'utf8'), 'print("later")\n');
  });

  it('checks nothing out while something is not committed, and is shown where to commit it', async () => {
    await writeFile(join(person.folder, 'notes.md'), 'Not committed.\n');
    await restore('committed');
    await answer(/Check Out Commit/, undefined, 'ArrowDown');
    await notification('has changes that are not committed').waitFor();
    await shoot('dirty');
    await repository.git('checkout', '--quiet', '--', 'notes.md');
    await person.workbench.runCommand('Notifications: Clear All Notifications');
  });

  it('checks the commit out once all is committed', async () => {
    await restore('committed');
    await answer(/Check Out Commit/, undefined, 'ArrowDown');
    await dialog(/Check out commit/).waitFor();
    await shoot('check-out');
    await keys.agrees(/Check out commit/);
    await until(
      'the script is as it was',
      async () => (await readFile(join(person.folder, train), 'utf8')) === 'print("as it was")\n',
    );
    equal((await repository.git('rev-parse', 'HEAD')).trim(), commit);
    await notification(/is at commit .* now\. It was at main/).waitFor();
    await shoot('checked-out');
  });

  const statusOf = (run: string, status: string) => person.row(new RegExp(`Run ${run}, ${status}`)).waitFor();

  it('marks a run that nothing works on as killed, from its menu and from the palette', async () => {
    await person.row(/Run lost by its machine/).click();
    await keys.press('Shift+F10');
    await person.workbench.page.getByRole('menuitem', { name: 'Mark Run as Killed…' }).waitFor();
    await shoot('menu');
    await keys.takes('Mark Run as Killed…');
    await dialog('Mark the run “lost by its machine” as killed?').waitFor();
    await shoot('kill');
    await keys.agrees('Mark the run “lost by its machine” as killed?');
    await statusOf('lost by its machine', 'killed');
    await person.workbench.runCommand('MLflow: Mark Run as Killed…');
    await answer('Type a part of its name', 'left behind');
    await answer('Type a part of its name or id', 'lost as well');
    await keys.agrees('Mark the run “lost as well” as killed?');
    await statusOf('lost as well', 'killed');
    await shoot('killed');
  });

  it('is told once how a run ended, with two windows on the folder and that of its start closed', async () => {
    const { page } = person.workbench;
    await person.workbench.runCommand('MLflow: Run Project with Defaults');
    await answer('The project to run');
    await answer('The entry point, or the name of a script such as train.py', 'main');
    const running = (one: Page) => one.getByRole('treeitem', { name: /project run, main of wait, running/ });
    await running(page).waitFor({ timeout: 120_000 });
    await page.reload();
    const other = (await page.context().browser()?.newPage()) ?? page;
    await other.goto(page.url());
    await other.locator('.part.activitybar [aria-label^="MLflow"]').first().click({ timeout: 120_000 });
    for (const one of [page, other]) await running(one).waitFor({ timeout: 120_000 });
    await writeFile(join(person.folder, 'wait/go'), '');
    for (const one of [page, other]) await running(one).waitFor({ state: 'detached', timeout: 60_000 });
    const count = async () => {
      const of = (one: Page) => one.locator('.notification-list-item', { hasText: 'has finished' }).count();
      return (await of(page)) + (await of(other));
    };
    await until('it is told', async () => (await count()) > 0);
    await shoot('told');
    equal(await count(), 1);
    await other.close();
  });
});
