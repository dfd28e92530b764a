import { deepEqual, equal, match, ok } from 'node:assert/strict';
import { tmpdir } from 'node:os';
import { endRun } from '../../../extension/projects/endRun';
import { composeRun } from '../../../extension/projects/composeRun';
import { listPoints } from '../../../extension/projects/composeSweep';
import type { Launch } from '../../../extension/projects/launch';
import { RunProcess } from '../../../extension/projects/runProcess';
import {
  composeBeginning,
  composeChild,
  composeEnding,
  readSweepParent,
} from '../../../extension/projects/sweepPrograms';
import { SweepProcess } from '../../../extension/projects/sweepProcess';
import { readSweepValues } from '../../../extension/projects/sweepValues';
import type { Program } from '../../../extension/processes/program';
import { composeTrackingEnvironment } from '../../../extension/processes/trackingEnvironment';
import { startMlflowServer, type MlflowServer, withoutMlflow } from '../../support/mlflowServer';
import { runToEnd } from '../../support/processes';
import { ensureMlflow, type MlflowVersion } from '../../support/tools';
import { until } from '../../support/until';
import { type TestProject, writeProject } from './launched';
import { readRuns } from './readRuns';

const mlproject = `entry_points:
  main:
    parameters: {a: float, note: string}
    command: python main.py {a} {note}
  slow: {parameters: {a: float}, command: python slow.py}
`;
const main = `
import sys, mlflow
a = float(sys.argv[1])
if a == 2: raise SystemExit("two is no good")
mlflow.log_metric("seen", a)
`;

describe('A sweep of real runs', function () {
  this.timeout(480_000);
  let project: TestProject;
  let server: MlflowServer;

  before(async () => {
    project = await writeProject({
      ...{ MLproject: mlproject, 'main.py': main, 'slow.py': 'import time\ntime.sleep(600)\n' },
    });
    server = await startMlflowServer();
  });

  after(async () => {
    await server.stop();
    await project.remove();
  });

  async function begin(entryPoint: string, store: string, version: MlflowVersion = 'newest') {
    const launch: Launch = {
      ...{ project: { kind: 'folder', path: project.folder }, entryPoint, environmentManager: 'local' },
      ...{
        parameters: new Map([['note', "it's $(touch canary)"]]),
        experiment: { kind: 'name', name: entryPoint },
      },
    };
    const { python } = await ensureMlflow(version);
    const path = store.startsWith('http') ? undefined : store;
    const program = composeRun({
      ...{ launch, python, folder: tmpdir() },
      environment: {
        ...withoutMlflow(process.env),
        MLFLOW_DISABLE_TELEMETRY: 'true',
        MLFLOW_EXPERIMENT_NAME: 'no',
      },
      tracking: composeTrackingEnvironment({ uri: store, path, headers: new Map() }),
    });
    const parent = readSweepParent(await run(composeBeginning(program, launch, 'the sweep', 'a = 1, 2, 3')));
    const { values } = readSweepValues('1, 2, 3');
    ok(values);
    const points = listPoints(new Map([['a', values]]), { kind: 'grid' });
    const sweep = new SweepProcess({
      ...{ runId: parent.runId, points, atOnce: 2 },
      start: (point) => {
        const child = { ...launch, parameters: new Map([...launch.parameters, ...point]) };
        return new RunProcess(composeChild(program, child, parent));
      },
      findProblem: () => Promise.resolve(undefined),
      finish: async (status) => {
        if (status === 'KILLED') await endRun(program, parent.runId, () => undefined);
        else await run(composeEnding(program, parent.runId, status));
      },
    });
    let output = '';
    sweep.onDidWrite((text) => (output += text));
    return { sweep, output: () => output };
  }

  it('over REST makes each a child of one parent from the start, and the parent fails as one of them does', async () => {
    const { sweep, output } = await begin('main', server.uri);
    equal((await sweep.ended).code, 1, output());
    const runs = await readRuns(server.uri);
    const children = runs.filter(({ tags }) => tags.get('mlflow.parentRunId') === sweep.runId);
    deepEqual(
      children.map(({ params, status }) => [params.get('a'), status]).sort(),
      [
        ['1', 'FINISHED'],
        ['2', 'FAILED'],
        ['3', 'FINISHED'],
      ],
      output(),
    );
    deepEqual(new Set(children.map(({ tags }) => tags.get('mlflow.project.entryPoint'))), new Set(['main']));
    const parent = runs.find(({ id }) => id === sweep.runId);
    equal(parent?.status, 'FAILED');
    equal(parent.tags.get('mlflow.runName'), 'the sweep');
    equal(runs.length, 4);
    equal(project.holds('canary'), false);
    match(output(), /two is no good/);
    match(output(), /2 of 3 runs succeeded, 1 failed/);
  });

  it('in a local store is nested by the oldest MLflow too', async () => {
    const { sweep, output } = await begin('main', project.store, 'oldest');
    equal((await sweep.ended).code, 1, output());
    const runs = await readRuns(project.store);
    equal(runs.filter(({ tags }) => tags.get('mlflow.parentRunId') === sweep.runId).length, 3);
  });

  it('that is stopped is KILLED with all its runs', async () => {
    const { sweep, output } = await begin('slow', server.uri);
    await until('two run', () => (output().match(/Running command/g) ?? []).length === 2);
    await sweep.stop();
    const runs = (await readRuns(server.uri)).filter(
      ({ id, tags }) => id === sweep.runId || tags.get('mlflow.parentRunId') === sweep.runId,
    );
    deepEqual(
      runs.map(({ status }) => status),
      ['KILLED', 'KILLED', 'KILLED'],
    );
  });
});

async function run({ program, args, cwd, env }: Program): Promise<string> {
  return await runToEnd(program, args, { cwd, env });
}
