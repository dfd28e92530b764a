import { deepEqual, equal, ok } from 'node:assert/strict';
import fc from 'fast-check';
import { pieceOf, type ShellToken, splitShellWords } from '../../../language-server/documents/shellWords';
import { testSeed } from '../../support/testSeed';

/** Words as their text, operators in brackets, redirections with their target, comments as #. */
function shown(command: string): string[] {
  return splitShellWords(command).map((token) => {
    if (token.kind === 'word') return token.text;
    if (token.kind === 'operator') return `[${token.text}]`;
    return token.kind === 'comment' ? '#' : `${token.text}→${token.target?.text ?? ''}`;
  });
}

function wordsOf(command: string): Extract<ShellToken, { kind: 'word' }>[] {
  return splitShellWords(command).filter((token) => token.kind === 'word');
}

describe('The words of a command', () => {
  const cases: readonly (readonly [command: string, words: readonly string[]])[] = [
    ['python train.py --lr {lr}', ['python', 'train.py', '--lr', '{lr}']],
    ['  a\tb  ', ['a', 'b']],
    [`a 'b c' "d e" f\\ g`, ['a', 'b c', 'd e', 'f g']],
    [`--name='x y'"{z}"w`, ['--name=x y{z}w']],
    [`"a\\"b" "a\\nb" 'a\\b'`, ['a"b', 'a\\nb', 'a\\b']],
    ['a&&b||c;d|e&', ['a', '[&&]', 'b', '[||]', 'c', '[;]', 'd', '[|]', 'e', '[&]']],
    ['a\nb \\\n c', ['a', '[\n]', 'b', 'c']],
    ['a >b 2>&1 < c &> d', ['a', '>→b', '2>&→1', '<→c', '&>→d']],
    ['a # b c\nd#e', ['a', '#', '[\n]', 'd#e']],
    ['(cd x && y)', ['[(]', 'cd', 'x', '[&&]', 'y', '[)]']],
    ['A=1 b $HOME/x $(date +%s) `c d`', ['A=1', 'b', '$HOME/x', '$(date +%s)', '`c d`']],
    [`awk '{{print $1}}' f`, ['awk', '{print $1}', 'f']],
    ['cat <<END\nnot words\nEND\nb', ['cat', '<<→END', '[\n]', 'b']],
    [`a 'unclosed`, ['a', 'unclosed']],
    ['a ""', ['a', '']],
    ['{a b}', ['{a b}']],
    ['', []],
  ];
  for (const [command, words] of cases) {
    it(`are split as a shell would: ${JSON.stringify(command)}`, () => {
      deepEqual(shown(command), words);
    });
  }

  it('end where Linux takes no more of a command', () => {
    equal(splitShellWords('a '.repeat(500_000)).length, 65_536);
  });

  it('say which placeholders they hold, where, and in which quotes', () => {
    const [first, second] = wordsOf(`--a={a!r:>3}/{b} "x {c}"'{d}'`);
    deepEqual(first?.placeholders, [
      { name: 'a', start: 4, end: 12, quote: '' },
      { name: 'b', start: 13, end: 16, quote: '' },
    ]);
    deepEqual(
      second?.placeholders.map(({ name, quote }) => name + quote),
      ['c"', "d'"],
    );
    deepEqual(
      wordsOf('$(cat {f})')[0]?.placeholders.map(({ name, start }) => [name, start]),
      [['f', 6]],
    );
  });

  it('say whether the shell puts in something else', () => {
    const open = wordsOf(`a {b} '$c' "$d" e* ~ $$ '*'`).map(({ isLiteral }) => isLiteral);
    deepEqual(open, [true, true, true, false, false, false, false, true]);
  });

  it('know where each part of them stands, quotes or not', () => {
    const command = `x -P 'na me'="{v}"`;
    const word = wordsOf(command)[2];
    ok(word);
    const [name, value] = [pieceOf(word, 0, 5), pieceOf(word, 6)];
    equal(command.slice(name.start, name.end), 'na me');
    equal(command.slice(value.start, value.end), '{v}');
    equal(value.text, '{v}');
  });

  it(`lie in order and inside any text whatever (seed ${testSeed})`, () => {
    const parts = fc.constantFrom(
      'a',
      ' ',
      "'",
      '"',
      '\\',
      '$',
      '(',
      ')',
      '{',
      '}',
      '`',
      '&',
      '|',
      ';',
      '<',
      '>',
      '#',
      '\n',
      '-',
      '=',
    );
    fc.assert(
      fc.property(fc.array(parts, { maxLength: 40 }), (characters) => {
        const command = characters.join('');
        let at = 0;
        for (const { start, end } of splitShellWords(command)) {
          ok(start >= at && end > start && end <= command.length, JSON.stringify(command));
          at = end;
        }
        for (const word of wordsOf(command)) equal(word.offsets.length, word.text.length);
      }),
      { seed: testSeed, numRuns: 5_000 },
    );
  });
});
