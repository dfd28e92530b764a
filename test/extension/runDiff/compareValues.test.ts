import { equal } from 'node:assert/strict';
import fc from 'fast-check';
import { compareNumbers, compareValues } from '../../../extension/runDiff/compareValues';
import { testSeed } from '../../support/testSeed';

const seed = testSeed;
const texts = fc.oneof(
  fc.constantFrom(
    '1',
    '1.0',
    '1e0',
    ' 1',
    '"1"',
    "'1'",
    '01',
    '',
    ' ',
    'True',
    'true',
    'None',
    'null',
    'NaN',
    'nan',
  ),
  fc.constantFrom(
    'a b',
    'ab',
    'a\nb',
    '[1, 2]',
    '[1,2]',
    '-0',
    '0',
    'inf',
    '-inf',
    'Infinity',
    '0.10',
    '.1',
    '1.',
    'e5',
  ),
  fc.string(),
);
const cells = fc.array(fc.option(texts, { nil: undefined }), { minLength: 2, maxLength: 6 });

describe('Comparing values', () => {
  it('tells what differs only in type or white space', () => {
    const states = [
      ['equal', '', ''],
      ['equal', 'NaN', 'NaN'],
      ['type', '1', '1.0'],
      ['type', '1.0', '1e0'],
      ['type', '"1"', '1'],
      ['type', '100', '1e2'],
      ['type', '0.001', '1e-3'],
      ['type', '0', '-0.0'],
      ['type', 'True', 'true'],
      ['type', 'None', 'null'],
      ['type', 'nan', 'NaN'],
      ['type', 'inf', 'Infinity'],
      ['type', ' 1', '1.0'],
      ['space', 'a b', 'ab'],
      ['space', ' 1', '1'],
      ['space', '[1, 2]', '[1,2]'],
      ['space', '', ' '],
      ['differs', '1', '2'],
      ['differs', '1', '-1'],
      ['differs', '10', '1'],
      ['differs', '1', 'True'],
      ['differs', '', 'None'],
      ['differs', '', '0'],
      ['differs', 'Adam', 'adam'],
      ['differs', '9223372036854775807', '9223372036854775806'],
      ['differs', '.', '0'],
      ['differs', 'e5', 'e6'],
      ['differs', 'inf', '-inf'],
    ] as const;
    for (const [state, one, other] of states)
      equal(compareValues([one, other]), state, `${one} and ${other}`);
  });

  it('tells missing from empty', () => {
    equal(compareValues(['', undefined]), 'missing');
    equal(compareValues(['a', undefined, 'a']), 'missing');
    equal(compareValues(['a', undefined, 'b']), 'differs');
    equal(compareValues(['1', undefined, '1.0']), 'missing');
    equal(compareValues([undefined, undefined]), 'equal');
  });

  it('does not depend on the order of the runs', () => {
    fc.assert(
      fc.property(cells, fc.infiniteStream(fc.nat()), (values, numbers) => {
        const keyed = values.map((value) => ({ value, place: numbers.next().value as number }));
        const shuffled = keyed.sort((one, other) => one.place - other.place).map(({ value }) => value);
        equal(compareValues(shuffled), compareValues(values));
      }),
      { seed, numRuns: 2000 },
    );
  });

  it('calls equal what is the same text everywhere, and nothing else', () => {
    fc.assert(
      fc.property(cells, (values) => {
        equal(compareValues(values) === 'equal', new Set(values).size === 1);
      }),
      { seed, numRuns: 2000 },
    );
  });

  it('sees no difference in how a number is written, and every difference of numbers', () => {
    const integer = fc.bigInt({ min: -(10n ** 25n), max: 10n ** 25n });
    fc.assert(
      fc.property(integer, integer, fc.nat(20), fc.nat(5), (one, other, shift, zeros) => {
        const digits = String(one).replace('-', '');
        const sign = one < 0n ? '-' : '';
        const rewritten = `${sign}${'0'.repeat(zeros)}${digits}${'0'.repeat(shift)}.${'0'.repeat(zeros)}e-${shift}`;
        equal(compareValues([String(one), rewritten]), 'type');
        equal(compareValues([String(other), rewritten]), one === other ? 'type' : 'differs');
      }),
      { seed, numRuns: 1000 },
    );
  });
});

describe('Comparing metrics', () => {
  it('goes by number: NaN equals NaN, 0 equals -0', () => {
    equal(compareNumbers([NaN, NaN]), 'equal');
    equal(compareNumbers([0, -0]), 'equal');
    equal(compareNumbers([Infinity, Infinity]), 'equal');
    equal(compareNumbers([NaN, 1]), 'differs');
    equal(compareNumbers([1, NaN]), 'differs');
    equal(compareNumbers([0.1 + 0.2, 0.3]), 'differs');
    equal(compareNumbers([1, undefined]), 'missing');
  });
});
