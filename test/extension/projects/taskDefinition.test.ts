import { deepEqual, equal, match, throws } from 'node:assert/strict';
import { addTask } from '../../../extension/projects/addTask';
import type { Launch } from '../../../extension/projects/launch';
import { readPairs, writePairs } from '../../../extension/projects/pairs';
import { holdsVariables, readDefinition, writeDefinition } from '../../../extension/projects/taskDefinition';

const launch: Launch = {
  project: { kind: 'folder', path: '/projects/space/projects/one' },
  entryPoint: 'main',
  parameters: new Map([['alpha', '0.5']]),
  experiment: { kind: 'name', name: 'Mine' },
  runName: 'first',
  environmentManager: 'uv',
  backend: 'databricks',
  backendConfig: 'cluster.json',
  buildImage: true,
  dockerArguments: new Map([['t', '']]),
};

describe('A task of the type mlflow', () => {
  it('holds a launch, its folder as the workspace sees it', () => {
    const definition = writeDefinition(launch, '/projects/space');
    equal(definition.project, 'projects/one');
    deepEqual(readDefinition({ ...definition }, '/projects/space'), launch);
  });

  it('holds no more than was chosen', () => {
    const plain: Launch = {
      project: { kind: 'folder', path: '/a' },
      entryPoint: 'main',
      parameters: new Map(),
    };
    deepEqual(writeDefinition(plain, '/a'), { type: 'mlflow', project: '.', entryPoint: 'main' });
    equal(writeDefinition(plain, '/b').project, '/a');
  });

  it('may name a repository', () => {
    const project = {
      kind: 'remote',
      uri: 'git@example.test:a/b.git',
      version: 'v1',
      subdirectory: 'sub',
    } as const;
    const definition = writeDefinition({ ...launch, project }, '/projects/space');
    deepEqual(readDefinition({ ...definition }, undefined).project, project);
  });

  it('takes numbers and truths for texts, and says what it cannot read', () => {
    const read = (definition: object) => readDefinition({ ...definition }, '/a');
    deepEqual(
      [...read({ parameters: { a: 1, b: true } }).parameters],
      [
        ['a', '1'],
        ['b', 'true'],
      ],
    );
    throws(() => read({ parameters: ['a'] }), /parameters must be texts by name/);
    throws(() => read({ environmentManager: 'pip' }), /one of local, virtualenv, uv, conda/);
    throws(() => read({ experiment: 'a', experimentId: '1' }), /one will do/);
    throws(() => readDefinition({ project: 'a' }, undefined), /relative path/);
  });

  it('is not made of values in which VS Code would read variables', () => {
    equal(holdsVariables(writeDefinition(launch, undefined)), false);
    const parameters = new Map([['a', '${command:workbench.action.quit}']]);
    equal(holdsVariables(writeDefinition({ ...launch, parameters }, undefined)), true);
  });
});

describe('tasks.json', () => {
  const task = { label: 'main', type: 'mlflow' };

  it('keeps comments and all else when a task is added', () => {
    const before =
      '{\n\t// Mine.\n\t"version": "2.0.0",\n\t"tasks": [\n\t\t{ "label": "a" }, // the first\n\t],\n}\n';
    const after = addTask(before, task);
    match(after, /\/\/ Mine\./);
    match(after, /\/\/ the first/);
    match(after, /"label": "a"[\s\S]*"label": "main"/);
  });

  it('is made where there is none, and filled where it is empty', () => {
    deepEqual(JSON.parse(addTask('', task)), { version: '2.0.0', tasks: [task] });
    deepEqual(JSON.parse(addTask('{"version": "2.0.0"}', task)), { version: '2.0.0', tasks: [task] });
    deepEqual(JSON.parse(addTask('{"tasks": []}', task)), { tasks: [task] });
  });

  it('is left alone where it cannot be read', () => {
    for (const text of ['{"tasks": 1}', '[]', '{', 'null'])
      throws(() => addTask(text, task), /mend it first/);
  });
});

describe('Parameters in one line', () => {
  it('are names and values, with quotes around what holds spaces', () => {
    const { pairs } = readPairs(`a=1 b="two words" c='it is' d="say \\"x\\"" e=a=b f=`);
    deepEqual(pairs, [
      ['a', '1'],
      ['b', 'two words'],
      ['c', 'it is'],
      ['d', 'say "x"'],
      ['e', 'a=b'],
      ['f', ''],
    ]);
  });

  it('come back as they were, whatever they hold', () => {
    const pairs = ["it's", '$(x) `y`', '"', '\\', 'a b', '', 'ünï'].map(
      (value, at) => [`p${at}`, value] as const,
    );
    deepEqual(readPairs(writePairs(pairs)), { pairs, problem: undefined });
    deepEqual(readPairs(writePairs(pairs, true), true), { pairs, problem: undefined });
  });

  it('are refused where they are no pairs', () => {
    match(readPairs('a').problem ?? '', /“a” is not of the form/);
    match(readPairs('a="b').problem ?? '', /quote is not closed/);
    match(readPairs('a=1 a=2').problem ?? '', /a is given twice/);
    deepEqual(readPairs('t', true).pairs, [['t', '']]);
  });
});
