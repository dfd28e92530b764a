import { deepEqual } from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { parseYaml } from '../../../language-server/documents/yamlText';
import { ensureMlflow } from '../../support/tools';
import { ordered, plainValue } from './plainValue';

const words =
  'yes Yes YES yEs no on ON off Off true TRUE false y n Y N null Null NULL ~ nil None << = . .. - + _ __ - -x'.split(
    ' ',
  );
const numbers =
  '0 00 010 08 0_8 0_ 0o17 0b101 0b_ 0b 0x1F 0xg 0x_ -010 +12 -0 1_000 1__0 _1 1_ 12e3 1e3 1e-3 1.0e-3 1.0e3 1.e+3 1.5e+3 1. .5 -.5 +.5 ._5 5_0.2_5 .inf -.inf +.INF .Inf .nan .NaN -.nan inf nan 1:30 1:3 1:60 1:30:15 01:30 -1:30 1:30.5 0:30 190:20:30.15 1:_3 1e400 123456789012345678901234567890 1e16 1.0e+16 100000000000000000.0 0.0001 0.00001 -0.0 1.0E+5 0.1 1.10 3.10 3.9 3.10.4'.split(
    ' ',
  );
const dates = [
  '2020-01-01',
  '2020-1-1',
  '2020-13-01',
  '2020-02-30',
  '2001-12-14t21:59:43.10-05:00',
  '2001-12-14 21:59:43.10 -5',
  '2001-12-15 2:59:43.10',
  '2001-12-14T21:59:43Z',
  '0000-01-01',
  '2020-01-01T25:00:00',
  '2020-01-01 10:00',
];
const written = [
  '"a\\tb\\x41\\u00e9"',
  '"a\\q"',
  "'it''s'",
  '!!str 1',
  '!!int "3"',
  '!!int x',
  '!!float 1',
  '!!bool yes',
  '!!null ""',
  '! 12',
  '! "12"',
  '!x 1',
  '!!python/object:a.b {}',
  '!!binary aGk=',
  '!!set {a, b}',
  '!!js/function x',
  '@a',
  '`a',
  '%a',
  'a: b',
  'a # b',
  'a#b',
  '[a, b',
  '{a: 1, b}',
  '{a:1}',
  '{"a":1}',
  '[a: b]',
  '&x 1',
  '*x',
  '"a\n  b"',
  'a\n  b\n\n  c',
  '|\n  a\n   b\n',
  '>\n  a\n  b\n\n   c\n  d\n',
  '|2-\n  a\n',
  '|+\n  a\n\n',
  '- a',
  '? a',
  '-',
  '?',
  ':',
  'a\tb',
  '\ta',
  'a \t# b',
];

const values = [...words, ...numbers, ...dates, ...written];
/** Each value as a mapping's, in a list of brackets, as a key, and with a sign before it. */
const cases = values.flatMap((value) => [
  `k: ${value}\n`,
  `k: [${value}]\n`,
  `${value}: 1\n`,
  `k: -${value}\nl: 2\n`,
  `- ${value}\n- 2\n`,
]);

describe('YAML is read as PyYAML reads it', () => {
  it(`${cases.length} scalars: the same values, the same refusals`, async () => {
    const { python } = await ensureMlflow('newest');
    const script = join('test', 'language-server', 'documents', 'safeLoad.py');
    const input = JSON.stringify(cases);
    const theirs = JSON.parse(
      execFileSync(python, [script], { input, encoding: 'utf8', maxBuffer: 1e8 }),
    ) as readonly object[];
    const wrong = cases.flatMap((text, index) => {
      const yaml = parseYaml(text);
      const expected = theirs[index] ?? {};
      const ours = yaml.errors.length > 0 ? 'refused' : ordered(plainValue(yaml, yaml.root));
      const python = 'value' in expected ? ordered(expected.value) : 'refused';
      return JSON.stringify(ours) === JSON.stringify(python) ? [] : [{ text, ours, python }];
    });
    deepEqual(wrong, []);
  });
});
