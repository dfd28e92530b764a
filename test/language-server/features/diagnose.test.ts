import { deepEqual, equal, match } from 'node:assert/strict';
import { diagnosticCodes } from '../../../language-server/knowledge/diagnosticCodes';
import { readPythonOptions } from '../../../language-server/documents/pythonOptions';
import type { FileFact, ProjectFacts } from '../../../language-server/features/projectFacts';
import { parseDocument } from '../../../language-server/parseDocument';
import { textOf } from '../../agree/agreement';
import { type Around, diagnosticsOf, markDiagnostics, nameOf } from './marked';
import { mlmodelRows } from './mlmodelRows';
import { condaEnvRows, mlprojectRows, pythonEnvRows, type Row } from './diagnosticRows';
import { scriptRows } from './scriptRows';

const script = `
import argparse
parser = argparse.ArgumentParser()
parser.add_argument('--lr', type=float)
parser.add_argument('--epochs', type=int)
parser.add_argument('--solver', choices=['lbfgs', 'sag'])
parser.add_argument('--fast', action='store_true')
parser.parse_args()
`;
const need = `
import argparse
parser = argparse.ArgumentParser()
parser.add_argument('--data', required=True)
parser.add_argument('--out', required=True, default='x')
parser.parse_args()
`;
const place = `
import argparse
parser = argparse.ArgumentParser()
parser.add_argument('data')
parser.add_argument('out')
parser.add_argument('--quiet', action='store_true')
parser.parse_args()
`;
const cli = `
import click
@click.group()
@click.option('--config', required=True)
def cli(config): pass
@cli.command()
@click.option('--n', type=int)
@click.argument('path')
def show(n, path): pass
cli()
`;

/** A project of which the scripts and `python_env.yaml` are there, and what is called gone is not. */
const facts: Partial<ProjectFacts> = {
  files: new Map(
    [
      'gone.py',
      'src/gone.py',
      'gone',
      'gone.yaml',
      'gone.csv',
      'gone.txt',
      'gone.bin',
      'there.txt',
      'train.py',
      'python_env.yaml',
    ].map((path): [string, FileFact] => [
      path,
      { uri: path, kind: path.includes('gone') ? 'missing' : 'file' },
    ]),
  ),
  scripts: new Map(
    Object.entries({ 'train.py': script, 'need.py': need, 'place.py': place, 'cli.py': cli }).map(
      ([path, source]) => [path, readPythonOptions(source)],
    ),
  ),
};

function check([code, marked, message, data]: Row, around: Around): void {
  const diagnostics = diagnosticsOf(marked, around);
  const shown = diagnostics.map(({ code, message }) => `${String(code)}: ${textOf(message)}`).join('\n');
  equal(markDiagnostics(marked.replace(/[«»]/g, ''), diagnostics), marked, shown);
  for (const diagnostic of diagnostics) {
    equal(nameOf(diagnostic), code);
    match(textOf(diagnostic.message), message);
    if (data !== undefined) deepEqual(diagnostic.data, data);
    equal(diagnostic.source, 'MLflow Lens');
    match(diagnostic.codeDescription?.href ?? '', /^https:\/\/mlflow\.org\/docs\//);
  }
}

describe('diagnostics of an MLproject', () => {
  for (const row of [...mlprojectRows, ...scriptRows])
    it(`${row[0]}: ${JSON.stringify(row[1])}`, () => check(row, { facts }));
});

describe('diagnostics of an MLmodel', () => {
  const requirements = parseDocument(
    'file:///project/requirements.txt',
    'requirements',
    '\nmlflow==2.10.0\n',
  );
  const beside = requirements.kind === 'requirements' ? { requirements } : {};
  for (const row of mlmodelRows) {
    const model = row[0].endsWith('version-contradiction') ? beside : {};
    it(`${row[0]}: ${JSON.stringify(row[1])}`, () =>
      check(row, { kind: 'mlmodel', facts: { ...facts, model }, settings: { pythonVersion: '3.12.1' } }));
  }
});

describe('diagnostics of a python_env.yaml', () => {
  for (const row of pythonEnvRows)
    it(`${row[0]}: ${JSON.stringify(row[1])}`, () => check(row, { kind: 'python_env', facts }));
});

describe('diagnostics of a conda.yaml', () => {
  for (const row of condaEnvRows)
    it(`${row[0]}: ${JSON.stringify(row[1])}`, () => check(row, { kind: 'conda', facts }));
});

describe('diagnostics', () => {
  it('every code has a row that shows it', () => {
    const shown = new Set(
      [...mlprojectRows, ...scriptRows, ...mlmodelRows, ...pythonEnvRows, ...condaEnvRows].map(
        ([name]) => name.split(' ')[1],
      ),
    );
    const severalOrNamed = ['mlproject.never-read'];
    deepEqual(
      Object.keys(diagnosticCodes).filter((code) => !shown.has(code) && !severalOrNamed.includes(code)),
      [],
    );
  });

  it('a file called MLproject.yaml is never read', () => {
    const [first, ...others] = diagnosticsOf('name: a\n', { file: 'MLproject.yaml' });
    equal(first && nameOf(first), 'warning mlproject.never-read');
    deepEqual(others, []);
    deepEqual(diagnosticsOf('name: a\n', { file: 'mlproject' }), []);
  });

  const dialect =
    'name: a\nuv_env: x\nentry_points:\n  a.b:\n    retries: 3\n    parameters: {p: {type: float, tooltip: x}}\n    command: echo {p}\n';
  it("a dialect's own keys can be allowed", () => {
    equal(diagnosticsOf(dialect).length, 3);
    const allowedKeys = ['uv_env', 'entry_points.*.retries'];
    const names = diagnosticsOf(dialect, { settings: { allowedKeys } }).map(({ range }) => range.start.line);
    deepEqual(names, [5]);
  });

  it('a code can be shown otherwise, or not at all', () => {
    const shown = (severity: 'hint' | 'off') =>
      diagnosticsOf(dialect, { settings: { severities: { 'mlproject.unknown-key': severity } } }).map(nameOf);
    deepEqual(shown('hint'), Array(3).fill('hint mlproject.unknown-key'));
    deepEqual(shown('off'), []);
  });

  it('a broken line is told as that, and the rest is still looked at', () => {
    const text =
      'name: a\nentry_points:\n  main:\n    comm\n    parameters: {}\n  other:\n    parameters: {a: floot}\n    command: echo {b}\n';
    const names = diagnosticsOf(text).map((one) => [nameOf(one), one.range.start.line]);
    deepEqual(names, [
      ['error yaml.syntax', 4],
      ['warning mlproject.unused-parameter', 6],
      ['warning mlproject.unknown-type', 6],
      ['error mlproject.undeclared-parameter', 7],
    ]);
  });

  it('what an anchor brings in several times is told once', () => {
    const text = 'entry_points:\n  a: &a {command: "echo {x}"}\n  b: *a\n';
    deepEqual(diagnosticsOf(text).map(nameOf), ['error mlproject.undeclared-parameter']);
  });

  it('what a later key replaces is only told to be lost', () => {
    const text = 'entry_points:\n  main:\n  main:\n    command: echo\n';
    const [only, ...others] = diagnosticsOf(text);
    equal(only && nameOf(only), 'warning yaml.duplicate-key');
    equal(only?.relatedInformation?.[0]?.location.range.start.line, 2);
    deepEqual(others, []);
  });

  const unsure = {
    'an option may come from a variable of the shell': 'python need.py $ARGS',
    'what it stops without is given': 'python need.py --data x --out y',
    'a parameter stands for a word': 'python place.py {a} {a}',
    'help is all that is asked for': 'python need.py --help',
    'a positional takes the word behind a flag': 'python place.py --quiet {a} x',
    'which command is called is not written': 'python cli.py --config x {a} --n 1',
    'a folder is made before the command goes there': 'mkdir gone && cd gone && python gone.py',
    'another place is meant': 'cd /gone && python gone.py',
    'the script is not read': 'python unread.py --x 1',
    'a module of somewhere else is run': 'python -m gone.train --x 1',
  };
  for (const [what, command] of Object.entries(unsure)) {
    it(`say nothing where ${what}`, () => {
      const used = command.includes('{a}') ? '    parameters: {a: float}\n' : '';
      deepEqual(diagnosticsOf(`entry_points:\n  main:\n${used}    command: ${command}\n`, { facts }), []);
    });
  }

  it("tell of a flag's value beside an option that nobody knows", () => {
    const text =
      'entry_points:\n  main:\n    parameters: {a: float}\n    command: python train.py --name x --fast {a}\n';
    deepEqual(
      diagnosticsOf(text, { facts }).map(({ code }) => code),
      ['mlproject.undeclared-option', 'mlproject.flag-value'],
    );
  });

  it('requirements that are there, or that nobody can look for, are no fault', () => {
    const text =
      'dependencies:\n  - -r there.txt\n  - -r https://a.b/c.txt\n  - -r ${X}\n  - -r /gone.txt\n  - -r unknown.txt # a\n';
    deepEqual(diagnosticsOf(text, { kind: 'python_env', facts }), []);
  });

  it('a project as it should be has none', () => {
    const text = `name: demo
python_env: python_env.yaml
entry_points:
  main:
    parameters:
      data: path
      lr: {type: float, default: 0.1}
      epochs: {type: int, default: 10}
    command: python train.py --lr {lr} --epochs {epochs} {data} && awk '{{print $1}}' "$HOME/x"
  again:
    command: mlflow run . -e main -P data=x
`;
    deepEqual(diagnosticsOf(text, { facts }), []);
  });
});
