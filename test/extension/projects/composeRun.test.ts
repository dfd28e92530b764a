import { deepEqual, equal } from 'node:assert/strict';
import { composeRun, listArguments } from '../../../extension/projects/composeRun';
import type { Launch } from '../../../extension/projects/launch';

const launch: Launch = {
  project: { kind: 'folder', path: '/work dir/-project #1' },
  entryPoint: '-e',
  parameters: new Map([
    ['alpha', '--help'],
    ['text', 'a=b\n"c"'],
  ]),
};

const run = (environment: NodeJS.ProcessEnv, change: Partial<Launch> = {}) =>
  composeRun({
    launch: { ...launch, ...change },
    python: '/venv/bin/python',
    environment,
    tracking: { MLFLOW_TRACKING_URI: 'http://127.0.0.1:5000', MLFLOW_TRACKING_TOKEN: 's3cret' },
    folder: '/elsewhere',
  });

describe('The command of a launch', () => {
  it('runs a folder’s project inside of it, where no name can pass for an option', () => {
    const { program, args, cwd } = run({});
    equal(program, '/venv/bin/python');
    equal(cwd, '/work dir/-project #1');
    deepEqual(args.slice(2), [...['run', '.', '-e', '-e'], ...['-P', 'alpha=--help', '-P', 'text=a=b\n"c"']]);
  });

  it('names all that was chosen', () => {
    const chosen: Launch = {
      ...launch,
      project: { kind: 'remote', uri: 'https://example.test/a.git', version: 'main', subdirectory: 'sub' },
      parameters: new Map(),
      experiment: { kind: 'name', name: 'Mine' },
      runName: 'first',
      environmentManager: 'uv',
      backend: 'kubernetes',
      backendConfig: 'kube.json',
      buildImage: true,
      dockerArguments: new Map([
        ['gpus', 'all'],
        ['t', ''],
      ]),
    };
    deepEqual(listArguments(chosen), [
      ...[
        'https://example.test/a.git#sub',
        '-e',
        '-e',
        '-v',
        'main',
        '--build-image',
        '-A',
        'gpus=all',
        '-A',
        't',
      ],
      ...['--experiment-name', 'Mine', '--run-name', 'first', '--env-manager', 'uv'],
      ...['-b', 'kubernetes', '-c', 'kube.json'],
    ]);
  });

  it('has the connection and its credentials in its environment only', () => {
    const { args, env } = run({
      MLFLOW_TRACKING_PASSWORD: 'another',
      MLFLOW_RUN_ID: 'outer',
      KEPT: 'yes',
      PATH: '/bin',
    });
    equal(JSON.stringify(args).includes('s3cret'), false);
    equal(env['MLFLOW_TRACKING_TOKEN'], 's3cret');
    equal(env['MLFLOW_TRACKING_PASSWORD'], undefined);
    equal(env['MLFLOW_RUN_ID'], undefined);
    equal(env['KEPT'], 'yes');
    equal(env['PATH'], '/venv/bin:/bin');
  });

  it('leaves out an experiment of the environment only where another is chosen', () => {
    const environment = { MLFLOW_EXPERIMENT_NAME: 'of the shell' };
    equal(run(environment).env['MLFLOW_EXPERIMENT_NAME'], 'of the shell');
    const chosen = run(environment, { experiment: { kind: 'id', id: '1' } });
    equal(chosen.env['MLFLOW_EXPERIMENT_NAME'], undefined);
  });
});
