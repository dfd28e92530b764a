import { deepEqual, equal, match, throws } from 'node:assert/strict';
import { findConfigProblem, backendTemplates } from '../../../extension/projects/backendConfig';
import { composeDebug } from '../../../extension/projects/composeDebug';
import { findRunId } from '../../../extension/projects/findRunId';
import type { Launch } from '../../../extension/projects/launch';
import { type ProjectFile, readProjectFile } from '../../../extension/projects/projectFile';

const text = `
entry_points:
  main:
    parameters: {a: {default: 1}, b: string}
    command: python -u train.py --a {a} --b={b} 'fixed words'
  module:
    command: python -m package.train
  plain:
    parameters: {b: {default: x}}
    command: python train.py {b}
  piped: {command: python train.py | tee log}
  variable: {command: python train.py $HOME}
  option: {command: python -X dev train.py}
  shell: {command: bash train.sh}
  two: {command: python a.py && python b.py}
`;
let file: ProjectFile;
before(async () => {
  file = await readProjectFile(text);
});

const run = {
  program: '/venv/bin/python',
  args: [],
  cwd: '/project',
  env: { MLFLOW_TRACKING_URI: 'http://x' },
};

function debug(
  entryPoint: string,
  values: Readonly<Record<string, string>> = {},
  change: Partial<Launch> = {},
) {
  const launch: Launch = {
    ...{ project: { kind: 'folder', path: '/project' }, entryPoint },
    ...{ parameters: new Map(Object.entries(values)), ...change },
  };
  return composeDebug(launch, file, run, 'Debug');
}

describe('Debugging an entry point', () => {
  it('starts its script with the values as they are, in the project, with the connection', () => {
    const { program, args, cwd, env, python } = debug('plain', { b: "it's $(x)", extra: 'a b' });
    equal(program, 'train.py');
    deepEqual(args, ["it's $(x)", '--extra', 'a b']);
    equal(cwd, '/project');
    equal(python, '/venv/bin/python');
    equal(env['MLFLOW_TRACKING_URI'], 'http://x');
  });

  it('keeps Python’s own flags and the command’s own words', () => {
    const { program, pythonArgs, args } = debug('main', { b: 'a b' });
    equal(program, 'train.py');
    deepEqual(pythonArgs, ['-u']);
    deepEqual(args, ['--a', '1', '--b=a b', 'fixed words']);
  });

  it('starts a module', () => {
    const { module, args } = debug('module', { a: '1' });
    equal(module, 'package.train');
    deepEqual(args, ['--a', '1']);
  });

  it('starts a script that is no entry point', () => {
    deepEqual(debug('other.py', { a: '1' }).args, ['--a', '1']);
  });

  it('names the experiment', () => {
    const chosen = debug('plain', {}, { experiment: { kind: 'name', name: 'Mine' } });
    equal(chosen.env['MLFLOW_EXPERIMENT_NAME'], 'Mine');
  });

  it('is refused for commands that are more than one script', () => {
    for (const entryPoint of ['piped', 'variable', 'shell', 'two', 'option', 'nothing']) {
      throws(() => debug(entryPoint, { b: 'x' }), /only start an entry point whose command is/, entryPoint);
    }
  });

  it('is refused for values in which VS Code would read variables', () => {
    throws(() => debug('plain', { b: '${command:workbench.action.quit}' }), /would read as a variable/);
  });
});

describe('The run of a launch', () => {
  const id = '0123456789abcdef0123456789abcdef';

  it('is the one that MLflow names when the command starts', () => {
    equal(findRunId(`x\n=== Running command 'python\na.py' in run with ID '${id}' === \nmore`), id);
    equal(findRunId(`=== Running command 'python a.py' in run with`), undefined);
  });

  it('is not what a value pretends, since MLflow quotes it', () => {
    const quoted = `'x'"'"' in run with ID '"'"'${'f'.repeat(32)}'"'"' ==='`;
    equal(findRunId(`=== Running command 'python a.py ${quoted}' in run with ID '${id}' ===`), id);
  });
});

describe('A backend-config file', () => {
  it('is checked as MLflow will read it', () => {
    const check = (backend: 'databricks' | 'kubernetes', text: string) =>
      findConfigProblem(backend, text, (path) => path === 'job.yaml');
    equal(check('databricks', backendTemplates.databricks), undefined);
    equal(
      check('databricks', '{"existing_cluster_id": "1"}'),
      'MLflow makes a new cluster: existing_cluster_id cannot be given.',
    );
    equal(check('kubernetes', '[]'), 'It holds no JSON object.');
    match(check('kubernetes', '{\n"a" 1}') ?? '', /^It is no JSON: Expected ':' .*line 2 column 5/);
    equal(check('kubernetes', '{}'), 'It needs kube-job-template-path.');
    equal(check('kubernetes', '{"kube-job-template-path": "job.yaml"}'), 'It needs repository-uri.');
    equal(check('kubernetes', '{"kube-job-template-path": "job.yaml", "repository-uri": "a/b"}'), undefined);
    equal(
      check('kubernetes', backendTemplates.kubernetes),
      'There is no file “kubernetes_job_template.yaml”, which kube-job-template-path names.',
    );
  });
});
