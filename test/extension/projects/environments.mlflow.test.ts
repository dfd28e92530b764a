import { deepEqual, equal, match } from 'node:assert/strict';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { payloads } from '../../faults/launch/payloads';
import { ensureMlflow, ensurePyenv, type PyenvTool } from '../../support/tools';
import { type TestProject, writeProject } from './launched';
import { wheelName, writeWheel } from './wheel';

const names = payloads.map((_, index) => `p${index}`);
const dump =
  'import greeting, json, sys\njson.dump([sys.prefix, greeting.word, *sys.argv[1:]], open("seen.json", "w"))\n';

describe('mlflow run in an environment of its own', function () {
  this.timeout(240_000);
  let pyenv: PyenvTool;
  let python: string;
  let scratch: string;
  let project: TestProject;

  before(async () => {
    pyenv = await ensurePyenv();
    ({ python } = await ensureMlflow('newest'));
    scratch = await mkdtemp(join(tmpdir(), 'mlflow-environments-'));
    const declared = names.map((name) => `      ${name}: string`).join('\n');
    const used = names.map((name) => `{${name}}`).join(' ');
    project = await writeProject({
      MLproject: `python_env: python_env.yaml\nentry_points:\n  "-e; touch canary":\n    parameters:\n${declared}\n    command: python dump.py ${used}\n`,
      'python_env.yaml': `python: "${pyenv.version}"\ndependencies:\n  - ./${wheelName}\n`,
      'dump.py': dump,
    });
    await writeWheel(project.folder, 'greeting', 'word = "from a wheel"\n');
  });
  after(async () => {
    await project.remove();
    await rm(scratch, { recursive: true, force: true });
  });

  for (const environmentManager of ['virtualenv', 'uv'] as const) {
    it(`by ${environmentManager} has what the project names, and hands each hostile value to the script byte for byte`, async () => {
      const root = join(scratch, environmentManager);
      // Nothing is taken from the network, and nothing left in the home folder.
      const variables = {
        ...{
          MLFLOW_ENV_ROOT: root,
          PATH: [dirname(python), ...pyenv.folders, process.env['PATH']].join(':'),
        },
        ...{ PIP_NO_INDEX: '1', UV_OFFLINE: '1', UV_CACHE_DIR: join(scratch, 'cache') },
      };
      const parameters = new Map([
        ...names.map((name, index) => [name, payloads[index] ?? ''] as const),
        ...[['extra', '$(touch canary)'] as const],
      ]);
      const launch = { entryPoint: '-e; touch canary', parameters, environmentManager };
      const { run, output } = await project.launch(launch, 'newest', variables);
      equal((await run.ended).code, 0, output());
      const seen = JSON.parse(await readFile(join(project.folder, 'seen.json'), 'utf8')) as string[];
      const [prefix = '', ...rest] = seen;
      equal(prefix.startsWith(root), true, prefix);
      deepEqual(rest, ['from a wheel', ...payloads, '--extra', '$(touch canary)']);
      equal(project.holds('canary'), false);
      match(run.runId ?? '', /^[0-9a-f]{32}$/);
    });
  }
});

describe('mlflow run with conda, which is played here', function () {
  this.timeout(240_000);
  let home: string;
  let project: TestProject;

  before(async () => {
    home = await playConda();
    const used = names.map((name) => `{${name}}`).join(' ');
    project = await writeProject({
      MLproject: `conda_env: conda.yaml\nentry_points:\n  main:\n    parameters: {${names.map((name) => `${name}: string`).join(', ')}}\n    command: python dump.py ${used}\n`,
      'conda.yaml': 'dependencies: [python]\n',
      'dump.py': 'import json, sys\njson.dump(sys.argv[1:], open("seen.json", "w"))\n',
    });
  });
  after(async () => {
    await project.remove();
    await rm(home, { recursive: true, force: true });
  });

  it('asks for the environment that the project names, and hands each hostile value to the script byte for byte', async () => {
    const parameters = new Map(names.map((name, index) => [name, payloads[index] ?? '']));
    const launch = { parameters, environmentManager: 'conda' } as const;
    const { run, output } = await project.launch(launch, 'newest', { MLFLOW_CONDA_HOME: home });
    equal((await run.ended).code, 0, output());
    const calls = await readFile(join(home, 'calls'), 'utf8');
    match(calls, /^env create -n mlflow-[0-9a-f]+ --file .*\/project\/conda\.yaml$/m);
    match(calls, /^activate mlflow-[0-9a-f]+$/m);
    deepEqual(JSON.parse(await readFile(join(project.folder, 'seen.json'), 'utf8')), payloads);
    equal(project.holds('canary'), false);
  });
});

/** A folder where MLflow finds a conda that makes nothing and keeps in `calls` what it was asked. */
async function playConda(): Promise<string> {
  const home = await mkdtemp(join(tmpdir(), 'mlflow-conda-'));
  const note = `echo "$@" >> '${join(home, 'calls')}'`;
  for (const folder of ['bin', 'etc/profile.d']) await mkdir(join(home, folder), { recursive: true });
  const program = `#!/bin/sh\n${note}\necho '{"envs": []}'\n`;
  await writeFile(join(home, 'bin/conda'), program, { mode: 0o755 });
  await writeFile(join(home, 'etc/profile.d/conda.sh'), `conda() { ${note}; }\n`);
  return home;
}
