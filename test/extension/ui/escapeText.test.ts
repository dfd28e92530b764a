import { equal } from 'node:assert/strict';
import { escapeCsv, escapeMarkdown } from '../../../extension/ui/escapeText';

describe('A text as a cell of CSV', () => {
  for (const [text, cell] of [
    ['plain', 'plain'],
    ['two\nlines', '"two\nlines"'],
    ['=1+1', "'=1+1"],
    ['+a', "'+a"],
    ['-a', "'-a"],
    ['@a', "'@a"],
    ['\t=a', "'\t=a"],
    ['=HYPERLINK("x","y")', '"\'=HYPERLINK(""x"",""y"")"'],
    [' padded ', '" padded "'],
    ['-0.5', '-0.5'],
    ['+1e-3', '+1e-3'],
    ['-Infinity', '-Infinity'],
    ['-1+1', "'-1+1"],
    ['', ''],
  ] as const) {
    it(`is ${JSON.stringify(cell)} for ${JSON.stringify(text)}`, () => {
      equal(escapeCsv(text), cell);
    });
  }
});

describe('A text as a cell of Markdown', () => {
  for (const [text, cell] of [
    ['a|b', 'a\\|b'],
    ['![x](http://y)', '!\\[x\\](http&#58;//y)'],
    ['<b>&amp;', '\\<b\\>&amp;amp;'],
    ['two\nlines', 'two⏎lines'],
    ['@someone', '&#64;someone'],
  ] as const) {
    it(`is ${JSON.stringify(cell)} for ${JSON.stringify(text)}`, () => {
      equal(escapeMarkdown(text), cell);
    });
  }
});
