import { equal, ok } from 'node:assert/strict';
import fc from 'fast-check';
import {
  clampText,
  formatCount,
  formatDuration,
  formatExactTime,
  formatNumber,
  formatSize,
  formatTime,
  visibleText,
} from '../../../webviews/shared/text';

describe('Text as it is shown', () => {
  it('shows control characters and marks that hide or reorder', () => {
    equal(visibleText('a\u0000b\u001b[31mc\u007f'), 'a␀b␛[31mc␡');
    equal(visibleText('exe\u202egpj.py'), 'exe⟨U+202E⟩gpj.py');
    equal(visibleText('zero\u200bwidth\ufeff\u2066'), 'zero⟨U+200B⟩width⟨U+FEFF⟩⟨U+2066⟩');
  });

  it('leaves all else as it is', () => {
    for (const text of ['<b>no</b>', 'línea\n\ttab', 'שלום', '日本語', '👩‍🚀', '\ud800 alone']) {
      equal(visibleText(text), text);
    }
  });

  it('leaves no character that hides', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const shown = visibleText(text);
        for (const hidden of ['\u0000', '\u001b', '\u202e', '\u2066', '\u200b']) ok(!shown.includes(hidden));
      }),
    );
  });

  it('clamps by characters and by lines, and never within a character', () => {
    equal(clampText('short').text, 'short');
    equal(clampText('one\ntwo\nthree').isClamped, false);
    equal(clampText('one\ntwo\nthree\n').isClamped, false);
    equal(clampText('one\ntwo\nthree\nfour').text, 'one\ntwo\nthree…');
    equal(clampText('😀'.repeat(200), 5).text, '😀😀…');
    equal(clampText('x'.repeat(6000)).text.length, 241);
  });
});

describe('A metric’s value', () => {
  const shown: readonly (readonly [string, string])[] = [
    ['0', '0'],
    ['1', '1'],
    ['-0.30000000000000004', '-0.3'],
    ['0.9731823205947876', '0.973182'],
    ['123456.789', '123456.8'],
    ['12345678.9', '12345678.9'],
    ['0.00002134', '0.00002134'],
    ['2.134567890e-9', '2.13457e-9'],
    ['9007199254740993', '9007200000000000'],
    ['1.7976931348623157e+308', '1.79769e+308'],
    ['NaN', 'NaN'],
    ['Infinity', '∞'],
    ['-Infinity', '-∞'],
    ['', ''],
    ['not a number', 'not a number'],
  ];
  for (const [value, text] of shown)
    it(`${value} is shown as ${text}`, () => {
      equal(formatNumber(value), text);
    });

  it('keeps its order of size and its sign', () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (value) => {
        const read = Number(formatNumber(String(value)));
        ok(Math.abs(read - value) <= Math.abs(value) * 1e-5, `${value} as ${read}`);
      }),
    );
  });
});

describe('Durations, times, sizes and counts', () => {
  const durations: readonly (readonly [number, string])[] = [
    [0, '0ms'],
    [850, '850ms'],
    [999.6, '999ms'],
    [3456, '3.4s'],
    [59_960, '59s'],
    [245_000, '4m 5s'],
    [12_000_000, '3h 20m'],
    [187_200_000, '2d 4h'],
    [-5000, '0ms'],
    [NaN, ''],
  ];
  for (const [milliseconds, text] of durations)
    it(`${milliseconds} ms is ${text}`, () => {
      equal(formatDuration(milliseconds), text);
    });

  it('survive times that no calendar has', () => {
    equal(formatTime(1e300), '1e+300');
    equal(formatExactTime(NaN), 'NaN');
    equal(formatExactTime(0), '1970-01-01T00:00:00.000Z');
  });

  it('write sizes as VS Code does', () => {
    const sizes = [0, 1023, 1024, 148_213, 97_800_000, 5 * 1024 ** 4].map(formatSize);
    equal(sizes.join(', '), '0 B, 1023 B, 1 KB, 145 KB, 93.3 MB, 5 TB');
  });

  it('count one and many', () => {
    equal(formatCount(1, 'column'), '1 column');
    equal(formatCount(0, 'column'), '0 columns');
  });
});
