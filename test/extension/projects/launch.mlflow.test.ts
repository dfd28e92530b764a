import { deepEqual, equal, match, rejects } from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { endRun } from '../../../extension/projects/endRun';
import { payloads } from '../../faults/launch/payloads';
import { until } from '../../support/until';
import { isAlive, type TestProject, writeProject } from './launched';

const names = payloads.map((_, index) => `p${index}`);
const dump = 'import json, sys\nwith open("seen.json", "w") as file: json.dump(sys.argv[1:], file)\n';

describe('mlflow run', function () {
  this.timeout(240_000);
  const projects: TestProject[] = [];
  afterEach(async () => {
    for (const project of projects.splice(0)) await project.remove();
  });
  const write = async (files: Readonly<Record<string, string>>, name?: string): Promise<TestProject> => {
    const project = await writeProject(files, name);
    projects.push(project);
    return project;
  };

  for (const version of ['newest', 'oldest'] as const) {
    it(`of the ${version} MLflow hands each hostile value to the script byte for byte, as one argument`, async () => {
      const declared = names.map((name) => `      ${name}: string`).join('\n');
      const used = names.map((name) => `{${name}}`).join(' ');
      const project = await write(
        {
          MLproject: `entry_points:\n  "-e; touch canary":\n    parameters:\n${declared}\n    command: python dump.py ${used}\n`,
          'dump.py': dump,
        },
        "-$(touch canary) #`x`'.zip",
      );
      const parameters = new Map([
        ...names.map((name, index) => [name, payloads[index] ?? ''] as const),
        ...[['extra', '$(touch canary)'] as const],
      ]);
      const { run, output } = await project.launch({ entryPoint: '-e; touch canary', parameters }, version);
      const { code } = await run.ended;
      equal(code, 0, output());
      deepEqual(await seenIn(project), [...payloads, '--extra', '$(touch canary)']);
      equal(project.holds('canary'), false);
      match(run.runId ?? '', /^[0-9a-f]{32}$/);
    });
  }

  it('of a script without an MLproject’s entry point gets its values as options', async () => {
    const project = await write({ MLproject: 'name: scripts\n', '-dump.py': dump, 'my dump.py': dump });
    const { run, output } = await project.launch({
      entryPoint: 'my dump.py',
      parameters: new Map([['a', "b c'"]]),
    });
    equal((await run.ended).code, 0, output());
    deepEqual(await seenIn(project), ['--a', "b c'"]);
  });

  it('runs the steps of a project of several in one tree of processes, with the run known as soon as it starts', async () => {
    const step = 'import mlflow\nprint("step", mlflow.active_run() or "alone")\n';
    const main = [
      'import mlflow',
      'with mlflow.start_run() as run:',
      '    child = mlflow.projects.run(".", "step", env_manager="local")',
      '    print("CHILD", child.run_id, "PARENT", run.info.run_id)',
    ];
    const project = await write({
      MLproject: 'entry_points:\n  main: {command: python main.py}\n  step: {command: python step.py}\n',
      'main.py': main.join('\n'),
      'step.py': step,
    });
    const { run, output } = await project.launch({});
    const started = new Promise<string>((resolve) => run.onDidStartRun(resolve));
    equal((await run.ended).code, 0, output());
    equal(await started, run.runId);
    match(output(), new RegExp(`PARENT ${run.runId ?? 'none'}`));
    equal(await project.statusOf(run.runId ?? ''), 'FINISHED');
  });

  it('finds a path among the parameters from the project’s folder', async () => {
    const project = await write({
      MLproject:
        'entry_points:\n  main:\n    parameters: {data: {type: path, default: data.csv}}\n    command: python dump.py {data}\n',
      'dump.py': dump,
      'data.csv': '',
    });
    const { run, output } = await project.launch({});
    equal((await run.ended).code, 0, output());
    deepEqual(await seenIn(project), [join(project.folder, 'data.csv')]);
  });

  for (const version of ['newest', 'oldest'] as const) {
    it(`of the ${version} MLflow imports nothing of the project’s folder, while its scripts still do`, async () => {
      const trap = 'raise SystemExit("imported from the project")\n';
      const project = await write({
        MLproject:
          'entry_points:\n  main:\n    parameters: {data: {type: path, default: data.csv}}\n    command: python main.py {data}\n',
        ...{
          'mlflow.py': trap,
          'click.py': trap,
          'runpy.py': trap,
          'yaml/__init__.py': trap,
          'data.csv': '',
        },
        'main.py':
          'import mine, os, sys\nprint("MINE", mine.word, sys.argv[1] == os.path.abspath("data.csv"))\n',
        'mine.py': 'word = "beside"\n',
      });
      const { run, output } = await project.launch({}, version);
      equal((await run.ended).code, 0, output());
      match(output(), /MINE beside True/);
    });
  }

  it('of a failing script ends with its failure', async () => {
    const project = await write({
      MLproject: 'entry_points:\n  main: {command: python fail.py}\n',
      'fail.py': 'raise SystemExit("no luck today")\n',
    });
    const { run, output } = await project.launch({});
    equal((await run.ended).code, 1);
    match(output(), /no luck today/);
    equal(await project.statusOf(run.runId ?? ''), 'FAILED');
  });

  it('beside a store fails at the first artifact of an experiment whose artifacts only a server takes', async () => {
    const project = await write({
      MLproject: 'entry_points:\n  make: {command: python make.py}\n  main: {command: python main.py}\n',
      'make.py':
        'import mlflow\nmlflow.create_experiment("served", artifact_location="mlflow-artifacts:/1")\n',
      'main.py': 'import mlflow\nmlflow.log_metric("a", 1)\nprint("METRIC")\nmlflow.log_text("b", "c.txt")\n',
    });
    equal((await (await project.launch({ entryPoint: 'make' })).run.ended).code, 0);
    const { run, output } = await project.launch({ experiment: { kind: 'name', name: 'served' } });
    equal((await run.ended).code, 1);
    match(output(), /METRIC[^]*the tracking URI must be a valid http or https URI/);
  });

  it('is not started where MLflow would leave the run RUNNING for ever', async () => {
    const project = await write({ MLproject: 'entry_points:\n  main: {command: "python {nobody}"}\n' });
    await rejects(project.launch({}), /{nobody}/);
  });

  it('that is stopped takes its whole tree along, and its run is marked KILLED by MLflow itself', async () => {
    const project = await write({
      MLproject: 'entry_points:\n  main: {command: python slow.py | cat}\n',
      'slow.py': 'import os, time\nprint("PID", os.getpid(), flush=True)\ntime.sleep(600)\n',
    });
    const { run, program, output } = await project.launch({});
    const pid = await until('the script runs', () => Promise.resolve(pidIn(output())));
    await run.stop();
    await until('the script has ended', () => !isAlive(pid));
    const runId = run.runId ?? '';
    equal(await project.statusOf(runId), 'RUNNING');
    await endRun(program, runId, () => undefined);
    equal(await project.statusOf(runId), 'KILLED');
  });
});

async function seenIn({ folder }: TestProject): Promise<unknown> {
  return JSON.parse(await readFile(join(folder, 'seen.json'), 'utf8'));
}

function pidIn(output: string): number | undefined {
  const found = /PID (\d+)/.exec(output)?.[1];
  return found === undefined ? undefined : Number(found);
}
