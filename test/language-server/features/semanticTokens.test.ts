import { deepEqual, ok } from 'node:assert/strict';
import {
  encodeTokens,
  readTokens,
  type Token,
  tokenLegend,
} from '../../../language-server/features/semanticTokens';
import type { OpenDocument } from '../../../language-server/features/openDocument';
import { corpusCases, mutatedCases, probeCases } from '../../agree/cases';
import { randomNumbers } from '../../agree/mutateText';
import { testSeed } from '../../support/testSeed';
import { openCase, openText } from './openText';

/** `text type modifiers` of each. */
function shown({ text }: OpenDocument, tokens: readonly Token[]): readonly string[] {
  return tokens.map(({ start, end, type, modifiers }) =>
    [text.slice(start, end), type, ...modifiers].join(' '),
  );
}

const tokensOf = (text: string) => {
  const document = openText(text);
  return shown(document, readTokens(document));
};

/** Of the only command, without the keys around it. */
const commandTokens = (command: string, parameters = '{a: float}') =>
  tokensOf(`entry_points: {m: {parameters: ${parameters}, command: ${command}}}\n`).slice(6);

describe('Semantic tokens', () => {
  it('tell keys that MLflow knows from others, and names from keys', () => {
    deepEqual(
      tokensOf(
        'name: x\nowner: me\nentry_points:\n  main:\n    parameters:\n      a: {type: float, max: 3}\n      b: floot\n    command: a\n',
      ),
      [
        'name property',
        'owner property unknown',
        'entry_points property',
        'main class declaration',
        'parameters property',
        'a parameter declaration',
        'type property',
        'float type',
        'max property unknown',
        'b parameter declaration',
        'floot type unknown',
        'command property',
        'a function',
      ],
    );
  });

  it("tell a command's placeholders, programs, options, strings, variables and operators", () => {
    deepEqual(commandTokens('"A=1 python t.py --lr={a} -x {b} \\"in $HOME\\" && ls > $OUT"'), [
      'python function',
      '--lr enumMember',
      '{a} parameter',
      '-x enumMember',
      '{b} parameter unknown',
      '\\"in string',
      '$HOME variable',
      '\\" string',
      '&& operator',
      'ls function',
      '> operator',
      '$OUT variable',
    ]);
  });

  it('stay on their lines where a command goes over several', () => {
    deepEqual(
      tokensOf(
        `entry_points:\n  m:\n    command: |\n      echo 'one\n        two' # why\n      echo\n`,
      ).slice(3),
      ['echo function', "'one string", "two' string", '# why comment', 'echo function'],
    );
  });

  it('of lines are those of these lines', () => {
    const document = openText('name: x\npython_env: y\nz: 1\n');
    const range = { start: { line: 1, character: 0 }, end: { line: 1, character: 5 } };
    deepEqual(shown(document, readTokens(document, range)), ['python_env property']);
  });

  it('are encoded from one to the next', () => {
    const document = openText('entry_points:\n  main: {command: a, cmd: b}\n');
    const type = (name: (typeof tokenLegend.tokenTypes)[number]) => tokenLegend.tokenTypes.indexOf(name);
    deepEqual(encodeTokens(document, readTokens(document)).data, [
      ...[0, 0, 12, type('property'), 0],
      ...[1, 2, 4, type('class'), 1],
      ...[0, 7, 7, type('property'), 0],
      ...[0, 9, 1, type('function'), 0],
      ...[0, 3, 3, type('property'), 2],
    ]);
  });

  it(`never overlap, are in order and on one line, whatever the text (seed ${testSeed})`, function () {
    this.timeout(60_000);
    const real = [...corpusCases().cases, ...probeCases().cases];
    for (const one of [...real, ...mutatedCases(real, 2_000, randomNumbers(testSeed))]) {
      const document = openCase(one);
      const { text } = document;
      let last = 0;
      for (const { start, end } of readTokens(document)) {
        ok(start >= last && end > start && end <= text.length, text);
        ok(!/[\n\r]/.test(text.slice(start, end)), text);
        last = end;
      }
    }
  });
});
