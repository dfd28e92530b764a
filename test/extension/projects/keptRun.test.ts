import { deepEqual, equal, notEqual } from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { identifyProcess, knowProcess } from '../../../extension/processes/identifyProcess';
import { findRuns } from '../../../extension/projects/keptRun';
import { makeRunFolder, readJob, type RunJob, writeState } from '../../../extension/projects/runFolder';

const shared: Omit<RunJob & { readonly kind: 'run' }, 'kind'> = {
  ...{ title: 'main of project', whenWindowCloses: 'goOn', store: 'mlruns', startedAt: 1 },
  window: { pid: 0, identity: 'long gone' },
  program: { program: 'python', args: ['-c', '$(touch x) "'], cwd: '.' },
};

describe('A process', () => {
  it('is told from another that had its id by when it started', async () => {
    const child = spawn(process.execPath, ['-e', 'process.stdin.resume()'], {
      stdio: ['pipe', 'ignore', 'ignore'],
    });
    const pid = child.pid ?? 0;
    const identity = await identifyProcess(pid);
    notEqual(identity, undefined);
    equal(await identifyProcess(pid), identity);
    notEqual(await identifyProcess(process.pid), identity);
    const exited = once(child, 'exit');
    child.stdin.end();
    await exited;
    equal(await identifyProcess(pid), undefined);
  });
});

describe('The folder of a run', () => {
  let root: string;
  beforeEach(async () => {
    root = await mkdtemp(join(tmpdir(), 'mlflow-runs-'));
  });
  afterEach(() => rm(root, { recursive: true, force: true }));

  it('gives a job back as it was, with the values of a sweep', async () => {
    const job: RunJob = {
      ...{ kind: 'sweep', ...shared, atOnce: 2, parent: { runId: 'a', experimentId: '0' } },
      launch: {
        ...{ project: { kind: 'folder', path: '/p' }, entryPoint: 'main' },
        parameters: new Map([['map', '{"map": []}']]),
      },
      points: [new Map([['rate', '0.1']]), new Map()],
    };
    await makeRunFolder(join(root, 'one'), job);
    deepEqual(await readJob(join(root, 'one')), job);
  });

  it('of a keeper whose id another process has now is that of a run that was ended from elsewhere', async () => {
    const folder = join(root, 'one');
    await makeRunFolder(folder, { kind: 'run', ...shared });
    const keeper = { pid: process.pid, identity: 'long ago' };
    await writeState(folder, { keeper, isStopping: false, runId: 'r' });
    const [run] = await findRuns(root);
    deepEqual([run?.isGoingOn, run?.runId], [false, 'r']);
    deepEqual(await run?.ended, {
      code: undefined,
      isStopped: false,
      problem: 'it was ended from elsewhere',
    });
  });

  it('is told of by one window only: the one that started it, else the first that comes to it', async () => {
    const window = spawn(process.execPath, ['-e', 'process.stdin.resume()'], {
      stdio: ['pipe', 'ignore', 'ignore'],
    });
    const job: RunJob = { kind: 'run', ...shared, window: await knowProcess(window.pid ?? 0) };
    await makeRunFolder(join(root, 'one'), job);
    await writeState(join(root, 'one'), { keeper: { pid: 0, identity: undefined }, isStopping: false });
    const [[one], [other]] = [await findRuns(root), await findRuns(root)];
    const answers = Promise.all([one?.claimEnd(), other?.claimEnd()]);
    equal(await Promise.race([answers, new Promise((resolve) => setImmediate(resolve, 'later'))]), 'later');
    window.stdin.end();
    deepEqual((await answers).sort(), [false, true]);
    deepEqual(await findRuns(root), []);
    equal(await one?.claimEnd(), false);
  });

  it('is passed over while it is only begun, or damaged', async () => {
    await makeRunFolder(join(root, 'begun'), { kind: 'run', ...shared });
    deepEqual(await findRuns(root), []);
    notEqual(await readJob(join(root, 'begun')), undefined);
  });
});
