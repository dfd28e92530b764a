import { deepEqual, equal, match, ok } from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { shellQuote } from '../../../language-server/documents/shellQuote';
import { until } from '../../support/until';
import { writtenJson } from '../../support/writtenJson';
import { namePath, takeFocus } from '../fileDialog';
import type { Person } from '../uiFixture';
import { serveRepository, type ServedRepository } from './servedRepository';
import { playDatabricks, type PlayedDatabricks } from './playedDatabricks';
import { jobTemplate, playKubernetes, type PlayedKubernetes } from './playedKubernetes';
import {
  answerByKeys,
  changeSettings,
  letPersonWithProjectIn,
  takePicture,
  type AnswerByKeys,
} from './projectPerson';

const entryPoints = Array.from(
  { length: 1000 },
  (_, index) => `  step_${index}: {command: "python step.py ${index} ${'x'.repeat(index % 200)}"}\n`,
);

const files = {
  'project/MLproject': `name: greeting
entry_points:
  main:
    parameters:
      data: {type: path, default: dump.py}
      site: {type: uri, default: "https://example.test"}
      note: {type: string, default: hello}
      count: {type: int, default: 3}
    command: python dump.py {note} {count} {site}
  failing:
    command: python fail.py
`,
  'project/dump.py':
    'import json, sys\nwith open("seen.json", "w") as file: json.dump(sys.argv[1:], file)\nprint("GREETED")\n',
  'project/a b#1.csv': '',
  'more/many/MLproject': `entry_points:\n${entryPoints.join('')}`,
  'more/remote/MLproject':
    'name: remote\ndocker_env: {image: "base:1"}\nentry_points: {main: {parameters: {alpha: float}, command: "python a.py {alpha}"}}\n',
  'more/remote/broken.json': '{\n  "kube-context" "my-cluster"\n}\n',
  'project/fail.py': 'def fail():\n    raise ValueError("no luck today")\n\nfail()\n',
  '.vscode/tasks.json':
    '{\n  // Mine.\n  "version": "2.0.0",\n  "tasks": [{ "label": "other", "type": "shell", "command": "true" }]\n}\n',
};

const hostile = '$(touch canary) `x` ${command:workbench.action.closeWindow} "q" it\'s';

describe('A person who runs a project', function () {
  this.bail(true);
  this.timeout(300_000);
  let person: Person;
  let answer: AnswerByKeys;
  let cluster: PlayedKubernetes;
  let databricks: PlayedDatabricks;
  let repository: ServedRepository;
  const shoot = (name: string) => takePicture(person, `launch-${name}`);

  before(async () => {
    cluster = await playKubernetes();
    databricks = await playDatabricks();
    person = await letPersonWithProjectIn(files, {}, { ...cluster.env, ...databricks.env });
    answer = answerByKeys(person);
    await person.workbench.openMlflowView();
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
    await cluster.stop();
    databricks.recorder.close();
  });

  const widget = () => person.workbench.page.locator('.quick-input-widget:visible');
  const addressOf = (file: string) => pathToFileURL(join(person.folder, 'project', file)).href;
  const press = (key: string) => person.workbench.page.keyboard.press(key);
  const valueIs = (text: string) =>
    until(`${text} is named`, async () => (await widget().locator('input').first().inputValue()) === text);
  /** By the button beside the title, and then VS Code's own file dialog. */
  const browse = async (file: string) => {
    await takeFocus(widget().locator('input').first());
    await press('Shift+Tab');
    await press('Enter');
    const folder = join(person.folder, 'project');
    await namePath(person.workbench.page, join(folder, file), `${folder}/`);
  };

  it('is asked for everything in one row of questions, and sees the command before it starts', async () => {
    await person.workbench.runCommand('MLflow: Run Project…');
    await answer('The project to run', 'project');
    await answer('The entry point, or the name of a script such as train.py', 'main');
    await widget()
      .getByText(/data \(path; default dump.py\)/)
      .waitFor();
    await shoot('parameter');
    await browse('fail.py');
    await valueIs('fail.py');
    await answer(/data \(path/);
    await widget()
      .getByText(/site \(uri/)
      .waitFor();
    await browse('a b#1.csv');
    await valueIs(addressOf('a b#1.csv'));
    await answer(/site \(uri/);
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
    const seen = await writtenJson(join(person.folder, 'project/seen.json'));
    deepEqual(seen, [hostile, '4', addressOf('a b#1.csv')]);
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

  it('runs it with its defaults from the palette', async () => {
    await rm(join(person.folder, 'project/seen.json'));
    await person.workbench.runCommand('MLflow: Run Project with Defaults');
    await answer('The project to run', undefined, 'ArrowDown');
    await answer('The entry point, or the name of a script such as train.py', 'main');
    const seen = await writtenJson(join(person.folder, 'project/seen.json'), 120_000);
    deepEqual(seen, ['hello', '3', 'https://example.test']);
  });

  it('finds one of 1,000 entry points by a part of its name', async () => {
    await person.workbench.runCommand('MLflow: Run Project…');
    await answer('The project to run', 'many');
    await widget()
      .getByRole('option', { name: /step_0/ })
      .first()
      .waitFor();
    await shoot('thousand');
    await answer('The entry point, or the name of a script such as train.py', 'step_777');
    await answer(/Further parameters/);
    await widget()
      .getByText(/Run step_777 of many/)
      .waitFor();
    await press('Escape');
  });

  const askRemote = async () => {
    await person.workbench.runCommand('MLflow: Run Project…');
    await answer('The project to run', 'remote');
    await answer('The entry point, or the name of a script such as train.py', 'main');
  };
  const toBackend = async (experiment?: string) => {
    await answer(/Further parameters/);
    await answer('The experiment of the run: choose one, or type the name of a new one', experiment);
    await answer(/The name of the run/);
    await answer('How the project’s environment is made');
  };

  it('makes the file that describes a Kubernetes job, is told what is wrong with it, and has MLflow hand the job over', async () => {
    await askRemote();
    await answer(/alpha \(float/, '0.5');
    await toBackend();
    await answer('Where it runs', 'kubernetes');
    await answer('The JSON file that describes the kubernetes job', 'Make one');
    await shoot('config-path');
    await answer(/The path of the new file/);
    await person.workbench.page.locator('.tab.active', { hasText: 'kubernetes.json' }).waitFor();
    await shoot('config-made');
    await askRemote();
    await answer(/alpha \(float/);
    await toBackend();
    await answer('Where it runs');
    await widget()
      .getByText(/There is no file “kubernetes_job_template.yaml”/)
      .waitFor();
    await shoot('config-wrong');
    await answer('The JSON file that describes the kubernetes job', 'Name a file');
    await answer(/There is no file/, 'broken.json');
    await widget()
      .getByText(/It is no JSON: .*line 2 column/)
      .waitFor();
    await shoot('config-broken');
    for (const [name, text] of Object.entries(jobTemplate))
      await writeFile(join(person.folder, 'more/remote', name), text);
    await answer(/It is no JSON/, 'kubernetes.json');
    await answer('What the container holds', 'as it is');
    await answer(/Arguments of docker run/, '');
    await widget()
      .getByText(/-b kubernetes -c kubernetes.json/)
      .first()
      .waitFor();
    await shoot('config-confirm');
    await answer('Enter runs it');
    const [job] = await until(
      'the cluster has the job',
      () => cluster.jobs().length > 0 && cluster.jobs(),
      120_000,
    );
    deepEqual(job?.containers[0]?.command, ['python', 'a.py', '0.5']);
  });

  it('is told that no container can start where only a server takes the artifacts, and how it could', async () => {
    await askRemote();
    await answer(/alpha \(float/, '0.5');
    await toBackend('Default');
    await answer('Where it runs', 'local');
    await answer('What the container holds', 'as it is');
    await answer(/Arguments of docker run/, '');
    await answer('Enter runs it');
    const told = person.workbench.page.locator('.notification-list-item', {
      hasText: 'MLflow cannot start its container',
    });
    await told.getByRole('button', { name: 'Start Local Server…' }).waitFor({ timeout: 60_000 });
    await shoot('docker-artifacts');
    await person.workbench.runCommand('Notifications: Clear All Notifications');
  });

  it('gives docker run arguments, sees them in the command, and Docker’s daemon gets them', async () => {
    await askRemote();
    await answer(/alpha \(float/, '0.5');
    await toBackend('launched here');
    await answer('Where it runs', 'local');
    await widget().getByText('The image and the project’s files').waitFor();
    await shoot('docker-image');
    await answer('What the container holds', 'as it is');
    await answer(/Arguments of docker run/, 'cpus=1 t');
    await widget()
      .getByText(/-A cpus=1 -A t --experiment-name 'launched here'/)
      .first()
      .waitFor();
    await shoot('docker');
    await answer('Enter runs it');
    // The terminal's PATH is the person's own: it is the real program that speaks with the played daemon.
    const container = await until('Docker is told to run it', () => cluster.containers()[0], 120_000);
    const { Image, Cmd, Tty, HostConfig } = container;
    deepEqual([Image, Cmd, Tty, HostConfig.NanoCpus], ['base:1', ['python', 'a.py', '0.5'], true, 1e9]);
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

  it('makes the file that describes a Databricks job, and has MLflow hand the job over', async () => {
    await changeSettings(person.folder, { 'mlflow.tracking.uri': 'databricks' });
    await person.row('/Shared/forecast').waitFor({ timeout: 60_000 });
    const askDatabricks = async (note?: string) => {
      await person.workbench.runCommand('MLflow: Run Project…');
      await answer('The project to run', 'project');
      await answer('The entry point, or the name of a script such as train.py', 'main');
      await answer(/data \(path/);
      await answer(/site \(uri/);
      await answer(/note \(string/, note);
      await answer(/count \(int/);
      await toBackend('/Shared/forecast');
    };
    await askDatabricks(hostile);
    await answer('Where it runs', 'databricks');
    await answer('The JSON file that describes the databricks job', 'Make one');
    await answer(/The path of the new file/);
    await person.workbench.page.locator('.tab.active', { hasText: 'databricks.json' }).waitFor();
    await shoot('databricks-made');
    await askDatabricks();
    await answer('Where it runs');
    await answer('The JSON file that describes the databricks job', 'databricks.json');
    await shoot('databricks-confirm');
    await answer('Enter runs it');
    const [job] = await until(
      'the workspace has the job',
      () => databricks.jobs().length > 0 && databricks.jobs(),
      120_000,
    );
    ok(job?.shell_command_task.command.at(-1)?.includes(`-P ${shellQuote(`note=${hostile}`)}`));
  });
});
