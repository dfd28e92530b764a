import { deepEqual, equal } from 'node:assert/strict';
import { readNumber } from '../../../extension/runsTable/readNumber';
import { RunColumns } from '../../../extension/runsTable/runColumns';
import { ValueColumn } from '../../../extension/runsTable/valueColumn';
import { testSeed } from '../../support/testSeed';
import { run } from '../catalog/fixtures';

const samples = [
  '',
  '1',
  '1.0',
  '01',
  '-0',
  '-1.5',
  '1e-05',
  '1e+21',
  'NaN',
  'nan',
  'inf',
  'Infinity',
  'ä',
  'x',
];

describe('A column of values', () => {
  it('gives back every text as it was, and says what it knows of all of them', () => {
    const column = new ValueColumn();
    const texts = [...samples, 'y'.repeat(6000)];
    texts.forEach((text, index) => {
      column.set(1000 * index, text);
    });
    deepEqual(
      texts.map((_, index) => column.text(1000 * index)),
      texts,
    );
    equal(column.text(1), null);
    deepEqual([column.valueCount, column.isNumeric, column.isUniform], [texts.length, false, false]);
  });

  it('knows numbers as Python writes them', () => {
    const numbers = ['1', '1.0', '-1.5', '1e-05', '.5', '5.', ' 3 ', 'nan', '-inf', 'Infinity'].map(
      readNumber,
    );
    deepEqual(numbers, [1, 1, -1.5, 1e-5, 0.5, 5, 3, NaN, -Infinity, Infinity]);
    deepEqual(
      ['', 'True', '0x10', '1_000', '1,5', 'infinite', 'e5'].filter((one) => readNumber(one) !== undefined),
      [],
    );
  });

  it(`counts as if it had been made anew, whatever came and went (seed ${testSeed})`, () => {
    const column = new ValueColumn();
    const kept = new Map<number, string | number>();
    const values = [...samples, 1, -7.25, NaN, Infinity];
    let state = testSeed % 2147483647 || 1;
    const random = (limit: number): number => (state = (state * 48271) % 2147483647) % limit;
    for (let step = 0; step < 3000; step++) {
      const slot = random(8);
      const value = random(3) === 0 ? undefined : values[random(values.length)];
      if (value === undefined) {
        column.clear(slot);
        kept.delete(slot);
      } else {
        column.set(slot, value);
        kept.set(slot, value);
      }
      const texts = [...kept.values()].map(String);
      const numbers = texts.map(readNumber);
      const finite = numbers.filter((one) => one !== undefined && Number.isFinite(one)) as number[];
      equal(column.valueCount, texts.length);
      equal(column.isUniform, new Set(texts).size <= 1);
      equal(column.isNumeric, texts.length > 0 && !numbers.includes(undefined));
      deepEqual(
        column.extremes,
        finite.length > 0 ? { min: Math.min(...finite), max: Math.max(...finite) } : undefined,
      );
    }
  });
});

describe('Runs in columns', () => {
  it('are others only when something of them is, and leave nothing behind', () => {
    const columns = new RunColumns((id) => `experiment ${id}`);
    const one = run('a', { params: new Map([['lr', '0.1']]), tags: { team: 'x' } });
    const slot = columns.put(one);
    const { revision } = columns;
    columns.put({ ...one, params: new Map(one.params) });
    equal(columns.revision, revision);
    columns.put({ ...one, params: new Map([['depth', '3']]) });
    deepEqual(
      [columns.column('params', 'lr')?.text(slot), columns.column('params', 'depth')?.text(slot)],
      [null, '3'],
    );
    columns.remove('a');
    deepEqual([columns.runCount, columns.valueCount, columns.slotOf('a')], [0, 0, undefined]);
    equal(columns.column('attributes', 'experiment')?.valueCount, 0);
    equal(columns.put(run('b')), slot);
  });
});
