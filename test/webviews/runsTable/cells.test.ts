import { deepEqual, equal, match, ok } from 'node:assert/strict';
import { cellText, cellTitle } from '../../../webviews/runsTable/cellText';
import { shadeOf } from '../../../webviews/runsTable/heat';
import { pathOf } from '../../../webviews/runsTable/sparkline';
import { blocksOf } from '../../../webviews/runsTable/rowLoader';
import {
  nothingSelected,
  rangeTo,
  selectOnly,
  selectRange,
  toggleSelected,
} from '../../../webviews/runsTable/selection';
import { column } from './tables';

describe('What a cell says', () => {
  const metric = column('metrics', 'loss');

  it('is short, and the whole is in the tooltip', () => {
    equal(cellText(metric, '0.123456789'), '0.123457');
    equal(cellTitle(metric, '0.123456789'), '0.123456789');
    equal(cellText(metric, 'NaN'), 'NaN');
    equal(cellText(metric, 'Infinity'), '∞');
    equal(cellText(column('attributes', 'duration', { format: 'duration' }), '72000'), '1m 12s');
    equal(cellText(column('attributes', 'status', { format: 'status' }), 'FINISHED'), 'Finished');
    equal(cellText(metric, null), '');
  });

  it('is one line of a long text, with what is hidden in it made visible', () => {
    const text = column('params', 'prompt');
    ok(cellText(text, 'x'.repeat(10_000)).length <= 300);
    ok(cellTitle(text, 'x'.repeat(10_000)).length <= 2001);
    equal(cellText(text, 'a\n\tb'), 'a b');
    match(cellText(text, '\u202egnp.exe'), /U\+202E/);
  });

  it('is the mean of a group, the value that all have, or how many there are', () => {
    equal(cellText(metric, { count: 5, mean: 0.93123, deviation: 0.01234567 }), '0.9312 ± 0.01235 (5)');
    equal(cellText(metric, { count: 1, mean: 2 }), '2 (1)');
    equal(cellText(column('params', 'lr'), { count: 3 }), '3 values');
    equal(cellText(column('params', 'lr'), { count: 3, text: '0.1' }), '0.1');
    match(
      cellTitle(metric, { count: 5, mean: 0.5, deviation: 0.1 }),
      /Mean 0.5, standard deviation 0.1, of 5 runs/,
    );
  });
});

describe('The shade of a value', () => {
  const range = { min: 0, max: 10 };

  it('is the stronger the better', () => {
    deepEqual(
      ['0', '5', '10'].map((value) => shadeOf({ range, direction: 'higher' }, value)),
      [0, 4, 8],
    );
    deepEqual(
      ['0', '5', '10'].map((value) => shadeOf({ range, direction: 'lower' }, value)),
      [8, 4, 0],
    );
  });

  it('is none where there is nothing to compare', () => {
    equal(shadeOf({}, '1'), 0);
    equal(shadeOf({ range: { min: 1, max: 1 } }, '1'), 0);
    equal(shadeOf({ range }, 'NaN'), 0);
    equal(shadeOf({ range }, ''), 0);
    equal(shadeOf({ range: { min: -1.7e308, max: 1.7e308 } }, '0'), 4);
  });
});

describe('The path of a sparkline', () => {
  const of = (x: readonly number[], y: readonly number[]) =>
    pathOf({ x: Float64Array.from(x), y: Float64Array.from(y) });

  it('goes from left to right, high values at the top', () => {
    equal(of([0, 1], [0, 1]), 'M2.0 18.0h0L98.0 2.0');
  });

  it('has gaps where there are no finite values, and a dot for one that stands alone', () => {
    equal(of([0, 1, 2], [0, NaN, 1]), 'M2.0 18.0h0M98.0 2.0h0');
    equal(of([3], [7]), 'M50.0 10.0h0');
    equal(of([], []), '');
    equal(of([0, 1], [NaN, Infinity]), '');
  });
});

describe('The blocks to read', () => {
  it('are those in sight, then their neighbours', () => {
    deepEqual(blocksOf({ rows: { from: 100, to: 140 }, stuckRows: 0, rowCount: 1000 }), [1, 2, 3, 0]);
    deepEqual(blocksOf({ rows: { from: 0, to: 3 }, stuckRows: 0, rowCount: 3 }), [0]);
    deepEqual(blocksOf({ rows: { from: 640, to: 650 }, stuckRows: 2, rowCount: 700 }), [10, 0, 9]);
    deepEqual(blocksOf({ rows: { from: 0, to: 0 }, stuckRows: 0, rowCount: 0 }), []);
  });
});

describe('The selection', () => {
  it('is toggled, replaced, and drawn from the row where it began', () => {
    const one = selectOnly(5, 'a');
    const two = toggleSelected(one, 7, 'b');
    deepEqual([...two.ids], ['a', 'b']);
    deepEqual(rangeTo(two, 3), { from: 3, to: 8 });
    deepEqual([...selectRange(two, ['c'], false).ids], ['c']);
    deepEqual([...selectRange(two, ['c'], true).ids], ['a', 'b', 'c']);
    deepEqual([...toggleSelected(two, 5, 'a').ids], ['b']);
    equal(nothingSelected.ids.size, 0);
  });
});
