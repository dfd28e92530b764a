import { deepEqual, equal } from 'node:assert/strict';
import { inlayHints } from '../../../language-server/features/inlayHints';
import type { OpenDocument } from '../../../language-server/features/openDocument';
import { noFacts } from '../../../language-server/features/projectFacts';
import { defaultSettings } from '../../../language-server/settings';
import { folderUri, openDocument } from './projectFolder';

/** The text with its hints in guillemets. */
function withHints(
  text: string,
  names: readonly string[] = [],
  kind: OpenDocument['kind'] = 'mlproject',
  lastLine = Infinity,
): string {
  const document = openDocument(text, kind);
  const range = { start: { line: 0, character: 0 }, end: { line: lastLine, character: 0 } };
  const facts = { ...noFacts(folderUri), names: new Set(names) };
  const hints = inlayHints(document, range, facts, defaultSettings);
  const ends = hints.map(({ position, label }) => [document.lines.offsetAt(position), label] as const);
  return ends
    .toSorted(([a], [b]) => b - a)
    .reduce(
      (shown, [at, label]) =>
        `${shown.slice(0, at)}«${typeof label === 'string' ? label : ''}»${shown.slice(at)}`,
      text,
    );
}

const parameters = (text: string) => `entry_points:\n  main:\n    parameters:\n${text}`;

describe('inlay hints', () => {
  it('tell which parameters must be given', () => {
    equal(
      withHints(
        parameters(
          '      a: float # x\n      b: {type: path}\n      c:\n        type: int\n      d: {default: 1}\n',
        ),
      ),
      parameters(
        '      a: float«required» # x\n      b: {type: path}«required»\n      c:«required»\n        type: int\n      d: {default: 1}\n',
      ),
    );
  });

  it('tell what YAML 1.1 makes of plain values', () => {
    const readings = [
      ['010', '8'],
      ['1e-3', 'text'],
      ['yes', 'True'],
      ['1:30', '90'],
      ['1_000', '1000'],
      ['0.10', '0.1'],
      ['"010"', undefined],
      ['0.1', undefined],
      ['1.0e-3', '0.001'],
      ['abc', undefined],
      ['2020-01-01', undefined],
    ];
    for (const [written = '', read] of readings) {
      const shown = read === undefined ? written : `${written}«→ ${read}»`;
      equal(
        withHints(parameters(`      a: {default: ${written}}\n`)),
        parameters(`      a: {default: ${shown}}\n`),
      );
    }
    equal(withHints('python: 3.10', [], 'pythonEnv'), 'python: 3.10«→ 3.1»');
  });

  it('tell which environment is taken where none is named', () => {
    equal(withHints('name: x # y\n', ['MLproject', 'conda.yaml']), 'name: x # y«environment: conda.yaml»\n');
    equal(withHints('name: x', ['conda.yaml', 'python_env.yaml']), 'name: x«environment: python_env.yaml»');
    equal(withHints('name: x', ['MLproject']), 'name: x«environment: current Python»');
    equal(withHints('name: x', []), 'name: x');
    equal(withHints('docker_env: {image: x}', ['MLproject']), 'docker_env: {image: x}');
  });

  it('are given for what is shown only, and not where they are not wanted', () => {
    const text = parameters('      a: float\n      b: float\n');
    equal(withHints(text, [], 'mlproject', 4), parameters('      a: float«required»\n      b: float\n'));
    const range = { start: { line: 0, character: 0 }, end: { line: 99, character: 0 } };
    const settings = { ...defaultSettings, inlayHints: false };
    deepEqual(inlayHints(openDocument(text), range, noFacts(folderUri), settings), []);
  });
});
