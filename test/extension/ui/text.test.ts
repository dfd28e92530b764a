import assert from 'node:assert/strict';
import { assert as check, property, string } from 'fast-check';
import {
  joinFacts,
  plainLines,
  plainText,
  toMarkdown,
  withoutIcons,
  withoutLinks,
} from '../../../extension/ui/text';

describe('plainText', () => {
  const rows: readonly (readonly [what: string, text: string, shown: string])[] = [
    [
      'shows line ends and control characters',
      'one\ntwo\r\nthree\x07\x1b[31m\x7f\x85',
      'one⏎two⏎three␇␛[31m␡\ufffd',
    ],
    ['drops marks that reorder what follows', '\u202egpj.exe\u202c \u2066x\u2069 \u200f', 'gpj.exe x'],
    ['drops what has no width', 'zero\u200bwidth\u2060\ufeff\u00ad', 'zerowidth'],
    ['keeps right-to-left letters to themselves', 'שלום مرحبا', 'שלום مرحبا\u200e'],
    ['keeps the joiner within an emoji, and no other', '👩‍🔬 👍🏽‍🔬 a\u200db \u200d', '👩‍🔬 👍🏽‍🔬 ab'],
    ['keeps the non-joiner within a word, and no other', 'نمی‌خواهم a \u200c', 'نمی‌خواهم a\u200e'],
    ['drops hidden tags', '🏴\u{e0067}\u{e0062} x', '🏴 x'],
    ['mends half characters', 'a\ud800b', 'a\ufffdb'],
    ['bounds heaps of marks', `e${'\u0301'.repeat(50)}`, `e${'\u0301'.repeat(4)}`],
    [
      'leaves HTML and Markdown alone, which are text here',
      '<b>[x](command:y)</b> $(zap)',
      '<b>[x](command:y)</b> $(zap)',
    ],
    ['is empty for what cannot be seen', ' \u200b\u202e\u3164 ', ''],
  ];
  for (const [what, text, shown] of rows) {
    it(what, () => {
      assert.equal(plainText(text), shown);
    });
  }

  it('bounds names at whole characters', () => {
    const shown = plainText('🚀'.repeat(10_000));
    assert.equal(Array.from(shown).length, 200);
    assert.ok(shown.endsWith('🚀…'));
  });

  it('never holds a character that hides or reorders, whatever it is given', () => {
    check(
      property(string({ unit: 'binary', maxLength: 500 }), (text) => {
        const shown = plainText(text).replace(/\u200e$/, '');
        assert.doesNotMatch(shown, /[\u200b\u200e\u200f\u2028-\u202e\u2066-\u2069]|\p{Cs}|\p{Cc}/u);
        assert.ok(Array.from(shown).length <= 400);
      }),
    );
  });
});

describe('plainLines', () => {
  it('keeps lines, and bounds them together', () => {
    assert.equal(plainLines('one\r\n\u202etwo\x07\n'), 'one\ntwo␇');
    assert.equal(plainLines('x\n'.repeat(10_000), 9), 'x\nx\nx\nx\n…');
  });
});

describe('withoutIcons', () => {
  it('escapes what VS Code would draw as an icon, and nothing else', () => {
    assert.equal(withoutIcons('$(zap) $(sync~spin) $(a b) $() $x'), '\\$(zap) \\$(sync~spin) $(a b) $() $x');
  });
});

describe('withoutLinks', () => {
  it('parts what VS Code would make a link of', () => {
    assert.equal(withoutLinks('[x](command:a) [y] (z) f(x)'), '[x] (command:a) [y] (z) f(x)');
  });
});

describe('toMarkdown', () => {
  it('leaves nothing that Markdown could read', () => {
    assert.equal(
      toMarkdown('<b> [x](http://a) &lt; me@a 1. *'),
      '\\<b\\> \\[x\\]\\(http\\:\\/\\/a\\) \\&lt\\; me\\@a 1\\. \\*',
    );
  });

  it('keeps lines and spaces', () => {
    assert.equal(
      toMarkdown('    one  two three\n four'),
      '&nbsp;&nbsp;&nbsp; one&nbsp; two three\n\n&nbsp;four',
    );
  });
});

describe('joinFacts', () => {
  it('leaves out what is not there', () => {
    assert.equal(joinFacts(['a', undefined, '', 'b']), 'a · b');
  });
});
