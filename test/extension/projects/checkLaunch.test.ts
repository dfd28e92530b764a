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

const existing = ['data.csv', 'run.py', 'train.sh', 'two words.py'];

async function problemOf(change: Partial<Launch>, text = file): Promise<string | undefined> {
  const read = await readProjectFile(text);
  return findLaunchProblem({ ...given, ...change }, read, (path) => existing.includes(path));
}

const parameters = (values: Readonly<Record<string, string>>) => ({
  parameters: new Map(Object.entries({ data: 'data.csv', ...values })),
});

describe('A launch', () => {
  it('may start when MLflow can carry it out', async () => {
    equal(await problemOf({}), undefined);
    equal(await problemOf({ entryPoint: 'run.py' }), undefined);
    equal(await problemOf(parameters({ alpha: "it's $(touch canary) `x`;\n--", extra: '-rf' })), undefined);
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
    it(`${what} is refused before it starts`, async () => {
      match((await problemOf(change)) ?? 'nothing', why);
    });
  }

  it('of a plain value in quotes of the command may start', async () => {
    equal(await problemOf({ entryPoint: 'quoted', parameters: new Map([['a', 'plain']]) }), undefined);
  });

  it('of an MLproject that MLflow cannot read says why', async () => {
    match((await problemOf({}, 'entry_points: [')) ?? '', /no YAML that MLflow reads/);
    match((await problemOf({}, '# nothing')) ?? '', /empty/);
    match(
      (await problemOf({}, 'python_env: a\nconda_env: b')) ?? '',
      /several environments: python_env, conda_env/,
    );
  });

  const docker = `name: x\n${file.replace('python_env: python_env.yaml', 'docker_env: {image: a}')}  bare: {parameters: {a: {default: b}}, command: "python a.py {a}"}\n  spoken: {command: "python a.py 'b c'"}\n`;
  const onDatabricks: Partial<Launch> = { backend: 'databricks', backendConfig: 'd.json' };
  const onKubernetes: Partial<Launch> = {
    backend: 'kubernetes',
    backendConfig: 'k.json',
    entryPoint: 'bare',
  };
  const elsewhere: readonly (readonly [what: string, change: Partial<Launch>, why: RegExp])[] = [
    ['by a backend without its file', { backend: 'databricks' }, /databricks needs a backend-config file/],
    [
      'on Databricks whose entry point would be quoted twice',
      { ...onDatabricks, entryPoint: 'two words.py' },
      /“two words.py” would not be found/,
    ],
    [
      'on Databricks with a line of spaces in a value',
      { ...onDatabricks, ...parameters({ alpha: 'a\n  \nb' }) },
      /in the value of alpha/,
    ],
    [
      'on Kubernetes with a value that would arrive in quotes',
      { ...onKubernetes, parameters: new Map([['a', 'b c']]) },
      /the value of a would reach the command with quotes/,
    ],
    [
      'on Kubernetes with an empty value',
      { ...onKubernetes, ...parameters({ a: '' }) },
      /the value of a would/,
    ],
    ['on Kubernetes with a command for a shell', { ...onKubernetes, entryPoint: 'spoken' }, /holds “'”/],
  ];
  for (const [what, change, why] of elsewhere) {
    it(`${what} is refused before it starts`, async () => {
      match((await problemOf(change, docker)) ?? 'nothing', why);
    });
  }

  it('by a backend elsewhere may start with what arrives there whole', async () => {
    const hostile = parameters({ alpha: "it's $(touch canary) `x`;\n--" });
    equal(await problemOf({ ...onDatabricks, ...hostile }), undefined);
    equal(await problemOf({ ...onKubernetes, parameters: new Map([['a', 'c/d.csv']]) }, docker), undefined);
    match((await problemOf({ ...onKubernetes, entryPoint: 'main' })) ?? '', /only projects with docker_env/);
  });

  it('of a project for Docker needs the project’s name, without which MLflow leaves the run RUNNING', async () => {
    match((await problemOf({}, docker.replaceAll(/^name: .*$/gm, ''))) ?? '', /docker_env needs a name/);
  });

  it('of a project for Docker needs a name that Docker takes, where its image is to be built', async () => {
    const named = (name: string) => docker.replaceAll(/^name: .*$/gm, `name: ${name}`);
    for (const name of ['My Project', 'Churn', 'a..b', '-a', 'a/', 'ä', 'a:1'])
      match(
        (await problemOf({ buildImage: true }, named(`"${name}"`))) ?? 'nothing',
        /Docker does not take “/,
      );
    for (const name of ['churn', 'my-team/churn_model.v2', 'a__b', 'a--b'])
      equal(await problemOf({ buildImage: true }, named(name)), undefined);
    equal(await problemOf({ buildImage: false }, named('My Project')), undefined);
    equal(await problemOf({ ...onKubernetes, buildImage: true }, named('My Project')), undefined);
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
