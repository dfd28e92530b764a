import { equal, match } from 'node:assert/strict';
import { findLaunchProblem } from '../../../extension/projects/checkLaunch';
import type { Launch } from '../../../extension/projects/launch';
import { readProjectFile } from '../../../extension/projects/projectFile';

const file = `
name: demo
python_env: python_env.yaml
entry_points:
  main:
    parameters:
      alpha: {type: float, default: 0.5}
      data: path
      site: {type: uri, default: "https://example.test"}
    command: python train.py {alpha} {data} > {site}
  quoted:
    parameters: {a: {default: plain}}
    command: python train.py "{a}"
  substituted:
    parameters: {a: {default: plain}}
    command: echo $(cat {a})
  unknown: {command: "echo {nobody} \${HOME}"}
  unbalanced: {command: "echo {"}
  attribute: {parameters: {a: {default: b}}, command: "echo {a.b}"}
  empty: {parameters: {a: {default: b}}}
`;

const given: Launch = {
  project: { kind: 'folder', path: '/project' },
  entryPoint: 'main',
  parameters: new Map([['data', 'data.csv']]),
};

const existing = ['data.csv', 'run.py', 'train.sh'];

function problemOf(change: Partial<Launch>, text = file): string | undefined {
  return findLaunchProblem({ ...given, ...change }, readProjectFile(text), (path) => existing.includes(path));
}

const parameters = (values: Readonly<Record<string, string>>) => ({
  parameters: new Map(Object.entries({ data: 'data.csv', ...values })),
});

describe('A launch', () => {
  it('may start when MLflow can carry it out', () => {
    equal(problemOf({}), undefined);
    equal(problemOf({ entryPoint: 'run.py' }), undefined);
    equal(problemOf(parameters({ alpha: "it's $(touch canary) `x`;\n--", extra: '-rf' })), undefined);
  });

  const refused: readonly (readonly [what: string, change: Partial<Launch>, why: RegExp])[] = [
    ['without a value that must be given', { parameters: new Map() }, /need a value: data/],
    [
      'with a path to nothing',
      parameters({ data: 'nothing.csv' }),
      /no file or folder “nothing.csv” for data/,
    ],
    ['with an address without a scheme', parameters({ site: 'example.test' }), /site needs an address/],
    ['of an entry point that is not there', { entryPoint: 'mian' }, /no entry point “mian”, only main/],
    ['of a script that is not there', { entryPoint: 'gone.py' }, /no script “gone.py”/],
    ['of a command with an unknown placeholder', { entryPoint: 'unknown' }, /uses {nobody}/],
    ['of a command that Python cannot format', { entryPoint: 'unbalanced' }, /cannot format the command/],
    ['of a command that asks for a part of a text', { entryPoint: 'attribute' }, /a part of {a}/],
    ['of an entry point without a command', { entryPoint: 'empty' }, /has no command/],
    [
      'whose value stands in quotes of the command',
      { entryPoint: 'quoted', ...parameters({ a: '$(touch canary)' }) },
      /{a} inside quotes/,
    ],
    [
      'whose value stands in a substitution of the command',
      { entryPoint: 'substituted', ...parameters({ a: '`touch canary`' }) },
      /{a} inside quotes/,
    ],
    [
      'with an extra parameter that is no one word',
      parameters({ 'a b': '1' }),
      /“a b” cannot become an option/,
    ],
    [
      'with a parameter whose name a shell would read',
      parameters({ '$(touch x)': '1' }),
      /takes no parameter/,
    ],
    ['with a parameter whose name holds “=”', parameters({ 'a=b': '1' }), /holds “=”/],
    ['with a parameter that leads out of the run', parameters({ '../a': '1' }), /takes no parameter/],
    ['with the character NUL', parameters({ alpha: 'a\0b' }), /NUL/],
    ['with half a character', parameters({ alpha: '\ud83d' }), /half a character/],
    [
      'with more than a command can hold',
      parameters({ alpha: "'".repeat(50_000) }),
      /bytes; a command can hold/,
    ],
    ['by conda of a project with python_env', { environmentManager: 'conda' }, /Conda cannot make/],
    ['of no entry point', { entryPoint: '' }, /No entry point/],
    [
      'of an address that runs programs',
      remote('ext::sh -c touch% canary'),
      /no address of a Git repository/,
    ],
    ['of an address like an option', remote('--upload-pack=touch canary'), /no address of a Git repository/],
    ['of a host like an option', remote('ssh://-oProxyCommand=touch/x'), /no address of a Git repository/],
    ['of a version like an option', remote('https://example.test/a.git', '--output=x'), /no version/],
  ];
  for (const [what, change, why] of refused) {
    it(`${what} is refused before it starts`, () => {
      match(problemOf(change) ?? 'nothing', why);
    });
  }

  it('of a plain value in quotes of the command may start', () => {
    equal(problemOf({ entryPoint: 'quoted', parameters: new Map([['a', 'plain']]) }), undefined);
  });

  it('of an MLproject that MLflow cannot read says why', () => {
    match(problemOf({}, 'entry_points: [') ?? '', /no YAML that MLflow reads/);
    match(problemOf({}, '# nothing') ?? '', /empty/);
    match(problemOf({}, 'python_env: a\nconda_env: b') ?? '', /several environments: python_env, conda_env/);
  });

  it('of a repository may start, with a version and a subdirectory', () => {
    for (const uri of [
      'https://example.test/a.git',
      'git@example.test:a/b.git',
      'ssh://git@example.test/a',
    ]) {
      equal(
        findLaunchProblem({ ...given, ...remote(uri, 'v1.0') }, undefined, () => false),
        undefined,
      );
    }
  });
});

function remote(uri: string, version?: string): Partial<Launch> {
  return { project: { kind: 'remote', uri, version } };
}
