import { equal } from 'node:assert/strict';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Locator } from 'playwright-core';
import { appears } from '../../support/appears';
import { runToEnd } from '../../support/processes';
import { ensureMlflow } from '../../support/tools';
import { until } from '../../support/until';
import { writtenJson } from '../../support/writtenJson';
import { letPersonIn, type Person } from '../uiFixture';
import { startLocalServer } from '../localServer/startLocalServer';
import { isSilent } from '../processes/servers';
import { isAlive } from './launched';
import { letPersonWithProjectIn, takePicture } from './projectPerson';

/** The script tells MLflow's process and its own, starts another in a group of the same, and waits for ever. */
const slow = [
  'import json, os, subprocess, sys',
  'child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"])',
  'ids = {"run": os.environ["MLFLOW_RUN_ID"], "pids": [os.getppid(), os.getpid(), child.pid]}',
  'with open("ids.json", "w") as file: json.dump(ids, file)',
  'print("WAITING")',
  'child.wait()',
];

const task = (label: string) => ({
  ...{ label, type: 'mlflow', project: 'project', entryPoint: label, environmentManager: 'local' },
  problemMatcher: ['$mlflow-traceback', '$mlflow-traceback-marked'],
});

const files = {
  'project/MLproject':
    'name: steps\nentry_points:\n  failing: {command: python fail.py}\n  dividing: {command: python divide.py}\n  slow: {command: python slow.py}\n',
  'project/fail.py': 'def fail():\n    raise ValueError("no luck today")\n\n\nprint("GREETED")\nfail()\n',
  'project/divide.py': 'print("DIVIDED")\ntotal = 1 + 1 / 0\n',
  'project/slow.py': slow.join('\n'),
  '.vscode/tasks.json': JSON.stringify({ version: '2.0.0', tasks: [task('dividing'), task('slow')] }),
};

/** Longer than VS Code takes to ask for all tasks. */
const tasksMs = 20_000;

interface Waiting {
  readonly run: string;
  readonly pids: readonly number[];
}

describe('A person who runs a project as a task', function () {
  this.bail(true);
  this.timeout(300_000);
  let person: Person;
  let python: string;

  before(async () => {
    ({ python } = await ensureMlflow('newest'));
    // The other ways of drawing leave no text in the page.
    person = await letPersonWithProjectIn(files, { 'terminal.integrated.gpuAcceleration': 'off' });
  });
  afterEach(async function () {
    await takePicture(person, `task-${this.currentTest?.title.slice(0, 20)}`);
  });
  after(() => person.leaves());

  const runTask = async (label: string) => {
    const widget = person.workbench.page.locator('.quick-input-widget:visible');
    const row = widget.locator('.monaco-list-row', { hasText: label }).first();
    // VS Code drops its question where something else gets the focus before the tasks are known.
    await until(`the task ${label} is offered`, async () => {
      await person.workbench.runCommand('Tasks: Run Task');
      return await appears(row, tasksMs);
    });
    await row.click();
  };
  const terminal = () => person.workbench.page.locator('.terminal.xterm .xterm-rows').last();
  const isShown = (text: string) =>
    until(
      `the terminal shows ${text}`,
      async () => ((await terminal().textContent()) ?? '').replaceAll('\u00a0', ' ').includes(text),
      120_000,
    );

  /** Waits until the script of the entry point `slow` runs. */
  const waitForScript = async (): Promise<Waiting> => {
    const path = join(person.folder, 'project/ids.json');
    const waiting = (await writtenJson(path, 120_000)) as Waiting;
    await rm(path);
    return waiting;
  };
  const isEnded = async ({ run, pids }: Waiting) => {
    await until('no process is left', () => !pids.some(isAlive));
    await until('the run is KILLED', async () => (await statusOf(run)) === 'KILLED', 60_000);
  };
  const statusOf = async (run: string): Promise<string> => {
    const script = 'import mlflow, sys; print(mlflow.get_run(sys.argv[1]).info.status)';
    const env = { MLFLOW_TRACKING_URI: `sqlite:///${join(person.folder, 'mlflow.db')}` };
    return (await runToEnd(python, ['-c', script, run], { env })).trim().split('\n').at(-1) ?? '';
  };

  const opensProblem = async (message: string, file: string) => {
    await person.workbench.runCommand('Problems: Focus on Problems View');
    const problem = person.workbench.page.locator('.markers-panel .monaco-list-row', { hasText: message });
    await problem.first().dblclick();
    await person.workbench.page.locator('.tab.active', { hasText: file }).waitFor();
  };

  it('runs an entry point by its code lens, reads its words in the terminal and its failure among the problems', async () => {
    await person.workbench.openMlflowView();
    await openProject(person);
    await lens(person, 'Run').first().click();
    await isShown('GREETED');
    await isShown('ValueError: no luck today');
    const warning = person.workbench.page.locator('.notification-list-item', {
      hasText: 'Only a tracking server takes the artifacts of experiment “Default”',
    });
    await warning.getByRole('button', { name: 'Start Local Server…' }).waitFor();
    await takePicture(person, 'task-artifacts');
    await person.workbench.runCommand('Notifications: Clear All Notifications');
    await opensProblem('no luck today', 'fail.py');
  });

  it('runs a task of tasks.json after it, and reads the same of that', async () => {
    await runTask('dividing');
    await isShown('DIVIDED');
    await isShown('ZeroDivisionError: division by zero');
    await opensProblem('division by zero', 'divide.py');
  });

  it('ends all its processes by Stop Project Run, and the run is KILLED', async () => {
    await runTask('slow');
    const waiting = await waitForScript();
    equal(waiting.pids.every(isAlive), true);
    await person.workbench.runCommand('MLflow: Stop Project Run');
    await isEnded(waiting);
  });

  it('ends all its processes by terminating the task, and the run is KILLED', async () => {
    await runTask('slow');
    const waiting = await waitForScript();
    await person.workbench.runCommand('Tasks: Terminate Task');
    await person.picks('slow');
    await isEnded(waiting);
  });

  it('closes the window, finds the run again in the next one with its log, and stops it from there', async () => {
    await runTask('slow');
    const waiting = await waitForScript();
    await person.workbench.page.reload();
    const row = person.row(/project run, slow of project, running/);
    await row.waitFor({ timeout: 120_000 });
    equal(waiting.pids.every(isAlive), true);
    await takePicture(person, 'task-found-again');
    await person.workbench.runCommand('MLflow: Show Log of Project Run');
    await isShown('WAITING');
    await person.acts(row, 'Stop');
    await isEnded(waiting);
    await row.waitFor({ state: 'detached' });
  });

  it('is offered to mark a run as killed whose MLflow somebody else has killed', async () => {
    await runTask('slow');
    const waiting = await waitForScript();
    for (const pid of waiting.pids) process.kill(pid, 'SIGKILL');
    const message = person.workbench.page.locator('.notification-list-item', {
      hasText: 'still shown as running',
    });
    await message.getByRole('button', { name: 'Mark Run as Killed' }).click({ timeout: 60_000 });
    await isEnded(waiting);
  });

  it('starts a local server for the artifacts of a run; that is kept when the window is closed, until the run is stopped', async () => {
    const { page } = person.workbench;
    const { ready, address } = await startLocalServer(person);
    await ready.getByRole('button', { name: 'Connect' }).click();
    await page.locator('.statusbar-item', { hasText: new URL(address).host }).waitFor();
    await runTask('slow');
    const waiting = await waitForScript();
    await page.reload();
    const row = person.row(/project run, slow of project, running/);
    await row.waitFor({ timeout: 120_000 });
    equal((await fetch(`${address}/health`)).status, 200);
    await person.acts(row, 'Stop');
    await isEnded(waiting);
    await until('the server has ended', () => isSilent(address));
  });
});

describe('A person who runs a project of a workspace that is not trusted', () => {
  let person: Person;
  after(() => person.leaves());

  it('is told why it is not run, and led to where trust is given', async () => {
    person = await letPersonIn({ trust: false, files });
    const { page } = person.workbench;
    await person.workbench.openMlflowView();
    await openProject(person);
    await lens(person, 'Run').first().click();
    const message = page.locator('.notification-list-item', {
      hasText: 'the workspace must be trusted first',
    });
    await message.getByRole('button', { name: 'Manage Trust' }).click();
    await page.locator('.workspace-trust-editor').waitFor();
  });
});

/** Opens the MLproject and waits until all its lenses are there. */
async function openProject(person: Person): Promise<void> {
  await person.opens('MLproject');
  for (const title of ['Run', 'Run with…', 'Debug']) {
    await until(
      `there is a lens ${title} for each entry point`,
      async () => (await lens(person, title).count()) === 3,
    );
  }
}

function lens(person: Person, title: string): Locator {
  return person.workbench.page.locator('.codelens-decoration a').getByText(title, { exact: true });
}
