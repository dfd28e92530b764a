import { deepEqual, equal } from 'node:assert/strict';
import { parseCommandTemplate, templateFields } from '../../../language-server/documents/commandTemplate';

function fields(text: string): readonly string[] {
  return templateFields(parseCommandTemplate(text)).map(
    ({ name, range }) => `${name} ${text.slice(range.start, range.end)}`,
  );
}

describe('a command is read as str.format reads it', () => {
  it('fields, with conversion, spec and access', () => {
    deepEqual(fields('python {a} {b-c!r:>10} { d } {e.f[0]} {g:{w}}'), [
      'a {a}',
      'b-c {b-c!r:>10}',
      ' d  { d }',
      'e {e.f[0]}',
      'g {g:{w}}',
      'w {w}',
    ]);
  });

  it('doubled braces are text', () => {
    const { parts, errors } = parseCommandTemplate('{{a}} }}{{');
    deepEqual(
      [parts.map((part) => (part.kind === 'literal' ? part.text : part.name)), errors],
      [['{a} }{'], []],
    );
  });

  for (const [text, message] of [
    ['a } b', "Single '}' encountered in format string"],
    ['a {', "Single '{' encountered in format string"],
    ['a {b', "expected '}' before end of string"],
    ['{a{b}}', "unexpected '{' in field name"],
    ['{a!}', "unmatched '{' in format spec"],
    ['{a!rx}', "expected ':' after conversion specifier"],
    ['{a:.2f}', "Invalid format specifier '.2f' for object of type 'str'"],
  ] as const) {
    it(`${text} raises: ${message}`, () => equal(parseCommandTemplate(text).errors[0]?.message, message));
  }
});
