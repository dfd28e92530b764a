import { deepEqual, equal, match } from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { until } from '../../support/until';
import type { Person } from '../uiFixture';
import { serveRepository, type ServedRepository } from './servedRepository';
import { letPersonWithProjectIn, takePicture } from './projectPerson';

const files = {
  'project/MLproject': `name: greeting
entry_points:
  main:
    parameters:
      data: {type: path, default: dump.py}
      note: {type: string, default: hello}
      count: {type: int, default: 3}
    command: python dump.py {note} {count}
  failing:
    command: python fail.py
`,
  'project/dump.py':
    'import json, sys\nwith open("seen.json", "w") as file: json.dump(sys.argv[1:], file)\nprint("GREETED")\n',
  'project/fail.py': 'def fail():\n    raise ValueError("no luck today")\n\nfail()\n',
  '.vscode/tasks.json':
    '{\n  // Mine.\n  "version": "2.0.0",\n  "tasks": [{ "label": "other", "type": "shell", "command": "true" }]\n}\n',
};

const hostile = '$(touch canary) `x` ${command:workbench.action.closeWindow} "q" it\'s';

describe('A person who runs a project', function () {
  this.bail(true);
  this.timeout(300_000);
  let person: Person;
  let repository: ServedRepository;
  const shoot = (name: string) => takePicture(person, `launch-${name}`);

  before(async () => {
    person = await letPersonWithProjectIn(files);
    repository = await serveRepository({
      // MLflow looks for a path's default in the folder that it was started in.
      MLproject: files['project/MLproject'].replace(/ *data:.*\n/, ''),
      'dump.py': files['project/dump.py'],
    });
  });
  afterEach(async function () {
    if (this.currentTest?.isFailed()) await shoot(`failed-${this.currentTest.title.slice(0, 20)}`);
  });
  after(async () => {
    await repository.stop();
    await person.leaves();
  });

  const widget = () => person.workbench.page.locator('.quick-input-widget:visible');
  const press = (key: string) => person.workbench.page.keyboard.press(key);
  /** Waits for the question, answers it by keys alone. */
  const answer = async (question: string | RegExp, text?: string, key?: string) => {
    const box = widget();
    const asked =
      typeof question === 'string'
        ? box.locator(`input[placeholder="${question}"]`)
        : box.getByText(question).first();
    await asked.waitFor({ timeout: 60_000 });
    if (text !== undefined) await box.locator('input').first().fill(text);
    if (key !== undefined) await press(key);
    if (typeof question === 'string' && text !== undefined) {
      await box.locator('.monaco-list-row.focused', { hasText: text }).waitFor();
    }
    await press('Enter');
  };

  it('is asked for everything in one row of questions, and sees the command before it starts', async () => {
    await person.workbench.openMlflowView();
    await person.workbench.runCommand('MLflow: Run Project…');
    await answer('The project to run');
    await answer('The entry point, or the name of a script such as train.py', 'main');
    await widget()
      .getByText(/data \(path; default dump.py\)/)
      .waitFor();
    await shoot('parameter');
    // The button beside the title, and then VS Code's own file dialog.
    await press('Shift+Tab');
    await press('Enter');
    await widget()
      .getByRole('option', { name: /fail\.py/ })
      .waitFor();
    await person.workbench.page.keyboard.type('fail.py');
    await press('Enter');
    await until(
      'the file is named',
      async () => (await widget().locator('input').first().inputValue()) === 'fail.py',
    );
    await answer(/data \(path/);
    await answer(/note \(string; default hello\)/, hostile);
    await answer(/count \(int; default 3\)/, 'three');
    await answer(/count needs a number/, '4');
    await answer(/Further parameters/);
    await answer('The experiment of the run: choose one, or type the name of a new one', 'launched here');
    await answer(/The name of the run/, 'first launch');
    await widget().locator('input[placeholder="How the project’s environment is made"]').waitFor();
    await shoot('manager');
    await answer('How the project’s environment is made', 'local');
    await answer('Where it runs');
    await widget()
      .getByText(/mlflow run \. -e main/)
      .first()
      .waitFor();
    await shoot('confirm');
    await answer('Enter runs it', 'Show Whole');
    const editor = person.workbench.page.locator('.editor-instance .view-lines');
    await editor.getByText("-P 'note=$(touch canary)").first().waitFor();
    await shoot('whole');
    await answer('Enter runs it', 'Run');
  });

  it('sees the run in the tree, while the values arrived byte for byte', async () => {
    await person.row(/launched here/).waitFor({ timeout: 120_000 });
    await person.row(/first launch/).waitFor({ timeout: 60_000 });
    await until('the script has run', () => existsSync(join(person.folder, 'project/seen.json')));
    deepEqual(JSON.parse(await readFile(join(person.folder, 'project/seen.json'), 'utf8')), [hostile, '4']);
    equal(existsSync(join(person.folder, 'project/canary')), false);
    await shoot('running');
  });

  it('runs it again by one key', async () => {
    await press('Control+Alt+F5');
    const row = person.workbench.page
      .locator('.part.sidebar')
      .getByRole('treeitem', { name: /first launch/ });
    await until('there are two runs', async () => (await row.count()) === 2, 120_000);
  });

  it('is told what debugging needs, and goes on without it', async () => {
    await person.workbench.runCommand('MLflow: Debug Project');
    await answer('The project to run', undefined, 'ArrowDown');
    await answer('The entry point, or the name of a script such as train.py', 'failing');
    await person.workbench.page
      .locator('.notification-list-item', { hasText: 'Debugging needs the extension Python Debugger' })
      .waitFor({ timeout: 60_000 });
    await shoot('debug');
  });

  it('runs a project that MLflow fetches from the address of a Git repository', async () => {
    const uri = await repository.uri();
    await person.workbench.runCommand('MLflow: Run Project…');
    await answer('The project to run', 'Another project');
    await answer(/The address of a Git repository/, uri);
    await answer(/A commit, branch or tag/, 'main');
    await answer(/The entry point/, 'main');
    await answer(/Further parameters/, 'note=fetched');
    await answer('The experiment of the run: choose one, or type the name of a new one', 'fetched here');
    await answer(/The name of the run/, 'from git');
    await answer('How the project’s environment is made', 'local');
    await answer('Where it runs');
    await answer('Enter runs it');
    await person.row(/Run from git, finished/).waitFor({ timeout: 120_000 });
  });

  it('keeps a launch as a task, beside what is in tasks.json already', async () => {
    await person.workbench.runCommand('MLflow: Run Project…');
    await answer('The project to run', undefined, 'ArrowDown');
    await answer('The entry point, or the name of a script such as train.py', 'failing');
    await answer(/Further parameters/);
    await answer('The experiment of the run: choose one, or type the name of a new one', 'As MLflow');
    await answer(/The name of the run/);
    await answer('How the project’s environment is made', 'local');
    await answer('Where it runs');
    await answer('Enter runs it', 'Save');
    const path = join(person.folder, '.vscode/tasks.json');
    const text = await until('the task is written', async () => {
      const now = await readFile(path, 'utf8');
      return now.includes('"mlflow"') && now;
    });
    match(text, /\/\/ Mine\./);
    match(text, /"label": "other"/);
    match(text, /"entryPoint": "failing"/);
  });
});
