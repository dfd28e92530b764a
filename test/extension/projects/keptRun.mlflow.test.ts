import { deepEqual, equal, rejects } from 'node:assert/strict';
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { findRuns, type KeptRun, startRun } from '../../../extension/projects/keptRun';
import type { RunJob, WindowCloses } from '../../../extension/projects/runFolder';
import { RunLog } from '../../../extension/projects/runLog';
import { mountSmall, unmount } from '../../support/smallDisk';
import { ensureMlflow } from '../../support/tools';
import { until } from '../../support/until';
import { isAlive as isGroupAlive } from '../processes/servers';
import { isAlive, type TestProject, writeProject } from './launched';
import { readRuns } from './readRuns';

const files = {
  MLproject:
    'entry_points:\n  slow: {command: python slow.py | cat}\n  quick: {command: "python -c \\"print(1)\\""}\n',
  'slow.py': 'import os, time\nprint("PID", os.getpid(), flush=True)\ntime.sleep(600)\n',
};

describe('A run whose window is closed', () => {
  let project: TestProject;
  let root: string;
  let window: ChildProcess;

  before(async () => {
    project = await writeProject(files);
    root = join(project.folder, '..', 'runs');
  });
  after(() => project.remove());

  /** A process that starts the run as a window does; answers the run as another window finds it, once `isReady`. */
  const startInWindow = async (
    entryPoint: string,
    whenWindowCloses: WindowCloses,
    isReady: (run: KeptRun) => boolean,
  ): Promise<void> => {
    const { env, ...program } = await project.prepare({ entryPoint });
    const job: Omit<RunJob & { readonly kind: 'run' }, 'window'> = {
      ...{ kind: 'run', title: `${entryPoint} of project`, whenWindowCloses, store: project.store },
      ...{ startedAt: Date.now(), program },
    };
    const path = join(project.folder, '..', 'window.json');
    await writeFile(path, JSON.stringify(job));
    window = spawn(process.execPath, [join(__dirname, 'startAsWindow.js'), root, path], { env });
    await until(
      'the run is under way',
      async () => {
        const [run] = await findRuns(root);
        run?.dispose();
        return run && isReady(run);
      },
      60_000,
    );
  };
  const closeWindow = async (): Promise<void> => {
    const exited = once(window, 'exit');
    window.kill('SIGKILL');
    await exited;
  };
  const findOne = async (): Promise<KeptRun> => {
    const [run, ...others] = await findRuns(root);
    equal(others.length, 0);
    if (!run) throw new Error('no run was found again');
    return run;
  };
  const pidOf = async ({ folder }: KeptRun): Promise<number> =>
    Number(/PID (\d+)/.exec(await readFile(join(folder, 'log.txt'), 'utf8'))?.[1]);

  it('goes on where the setting says so, is found again with its log, and is stopped from the next window', async () => {
    await startInWindow('slow', 'goOn', (run) => run.runId !== undefined);
    await closeWindow();
    const run = await findOne();
    deepEqual([run.isGoingOn, run.job.title, run.isStopping], [true, 'slow of project', false]);
    let written = '';
    const log = new RunLog(run, 'latest');
    log.onDidWrite((text) => (written += text));
    await until('its log is read on', () => /PID \d+/.test(written));
    const pid = await pidOf(run);
    equal(isAlive(pid), true);
    await run.stop();
    equal((await log.ended).code === 0, false);
    equal((await run.ended).isStopped, true);
    equal(isAlive(pid), false);
    equal(await project.statusOf(run.runId ?? ''), 'KILLED');
    equal(await run.claimEnd(), true);
  });

  it('is ended and marked KILLED where the setting says so, though nobody is there to do it', async () => {
    await startInWindow('slow', 'end', (run) => run.runId !== undefined);
    const seen = await findOne();
    await until('the script runs', async () => (await pidOf(seen)) > 0);
    const pid = await pidOf(seen);
    await closeWindow();
    deepEqual([(await seen.ended).isStopped, isAlive(pid)], [true, false]);
    equal(await project.statusOf(seen.runId ?? ''), 'KILLED');
    equal(await seen.claimEnd(), true);
  });

  it('that has ended meanwhile is told of once, and leaves nothing then; no secret was among its files', async () => {
    await startInWindow('quick', 'goOn', () => true);
    await closeWindow();
    await (
      await findOne()
    ).ended;
    const run = await findOne();
    deepEqual([run.isGoingOn, (await run.ended).code], [false, 0]);
    equal(await project.statusOf(run.runId ?? ''), 'FINISHED');
    for (const name of ['job.json', 'state.json']) {
      equal(/MLFLOW_|PASSWORD|TOKEN/.test(await readFile(join(run.folder, name), 'utf8')), false);
    }
    equal(await run.claimEnd(), true);
    deepEqual(await findRuns(root), []);
    equal(existsSync(root), false);
  });
});

describe('A run that a server of its window keeps', () => {
  let project: TestProject;
  before(async () => {
    project = await writeProject({
      MLproject: 'entry_points: {main: {command: python main.py}}\n',
      'main.py':
        'import mlflow, os, time\nopen("started", "w").close()\nwhile not os.path.exists("go"): time.sleep(0.1)\nmlflow.log_metric("after", 1)\n',
    });
  });
  after(() => project.remove());

  it('keeps that server, too, when the window is gone, and both end', async () => {
    const store = join(project.folder, '..');
    const { env, cwd, ...program } = await project.prepare({});
    const job: Omit<RunJob & { readonly kind: 'run' }, 'window'> = {
      ...{ kind: 'run', title: 'main of project', whenWindowCloses: 'goOn', store: project.store },
      ...{ startedAt: Date.now(), program: { ...program, cwd } },
    };
    const [root, path] = [join(store, 'runs'), join(store, 'window.json')];
    await writeFile(path, JSON.stringify(job));
    const { python } = await ensureMlflow('newest');
    const window = spawn(process.execPath, [join(__dirname, 'startAsWindow.js'), root, path, store, python], {
      env,
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const [line] = (await once(createInterface(window.stdout), 'line')) as [string];
    const group = Number(line);
    await until('the script runs', () => existsSync(join(cwd, 'started')), 60_000);
    window.kill('SIGKILL');
    await once(window, 'exit');
    await writeFile(join(cwd, 'go'), '');
    const [run] = await findRuns(root);
    equal((await run?.ended)?.code, 0);
    await until('the server has ended', () => !isGroupAlive(group));
    const runs = await readRuns(`sqlite:///${join(store, 'mlflow.db')}`);
    deepEqual(
      runs.map(({ id, status }) => [id, status]),
      [[run?.runId, 'FINISHED']],
    );
  });
});

describe('A run that fills the disk on which it is kept', function () {
  let project: TestProject;
  let disk: string | undefined;

  before(async function () {
    project = await writeProject({
      MLproject: 'entry_points: {main: {parameters: {place: string}, command: "python fill.py {place}"}}\n',
      'fill.py':
        'import sys\ntry:\n  with open(sys.argv[1], "wb") as file:\n    while True: file.write(b"x" * 4096)\nfinally:\n  print("LOST " * 10000)\n',
    });
    disk = await mountSmall(join(project.folder, '..', 'small'), '128k');
    if (disk === undefined) this.skip();
  });
  after(async () => {
    if (disk !== undefined) await unmount(disk);
    await project.remove();
  });

  const start = async (place: string) => {
    const { env, ...program } = await project.prepare({
      parameters: new Map([['place', join(place, 'big')]]),
    });
    const job = {
      ...({ kind: 'run', title: 'main of project', whenWindowCloses: 'goOn', program } as const),
      ...{ store: project.store, startedAt: Date.now(), window: { pid: process.pid, identity: undefined } },
    };
    return await startRun(join(place, 'runs'), job, env);
  };

  it('ends as it would otherwise, and says once that words of it are lost', async () => {
    const run = await start(disk ?? '');
    const { code, complaint } = await run.ended;
    equal(code, 1);
    equal(complaint, 'The disk is full: not all that main of project wrote could be kept.');
    equal(await project.statusOf(run.runId ?? ''), 'FAILED');
    equal(await run.claimEnd(), true);
  });

  it('is not started again while the disk is full, and leaves nothing', async () => {
    await rejects(start(disk ?? ''), /^UserError: The disk is full: there is no room in .*runs\.$/);
    equal((await readdir(join(disk ?? '', 'runs'))).length, 1);
  });
});
