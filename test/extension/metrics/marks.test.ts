import { deepEqual, ok } from 'node:assert/strict';
import fc from 'fast-check';
import { findMarks, joinMarks } from '../../../extension/metrics/marks';
import { PixelColumns } from '../../../extension/histories/pixelColumns';
import { testSeed } from '../../support/testSeed';
import { randomColumns, randomRange, randomSeries } from '../histories/randomSeries';

describe('findMarks', () => {
  const x = Float64Array.from([0, 1, 2, 3, 4]);
  const y = Float64Array.from([NaN, Infinity, -Infinity, -1, 0]);

  it('tells what has no place on the axis, by kind', () => {
    const columns = new PixelColumns({ from: 0, to: 4 }, 100, false);
    deepEqual(findMarks(x, y, columns, true), [
      { kind: 'nan', x: Float64Array.of(0), count: 1 },
      { kind: 'infinity', x: Float64Array.of(1), count: 1 },
      { kind: 'negativeInfinity', x: Float64Array.of(2), count: 1 },
      { kind: 'nonPositive', x: Float64Array.of(3, 4), count: 2 },
    ]);
    deepEqual(
      findMarks(x, y, columns, false).map(({ kind }) => kind),
      ['nan', 'infinity', 'negativeInfinity'],
    );
  });

  it('counts each point in the range once, and marks each column at most once, for any series', () => {
    fc.assert(
      fc.property(randomSeries, randomRange, randomColumns, fc.boolean(), (series, range, count, isLogY) => {
        const columns = new PixelColumns(range, count, false);
        const marks = findMarks(series.x, series.y, columns, isLogY);
        const isPlaced = (value: number) => Number.isFinite(value) && (!isLogY || value > 0);
        const lost = [...series.y].filter(
          (value, index) =>
            series.x[index]! >= range.from && series.x[index]! <= range.to && !isPlaced(value),
        );
        deepEqual(
          marks.reduce((sum, mark) => sum + mark.count, 0),
          lost.length,
        );
        for (const mark of marks) {
          const used = Array.from(mark.x, (at) => columns.of(at));
          deepEqual(used, [...new Set(used)]);
          ok(mark.count >= mark.x.length);
        }
      }),
      { seed: testSeed },
    );
  });
});

describe('joinMarks', () => {
  it('makes one of the marks of several runs', () => {
    const columns = new PixelColumns({ from: 0, to: 10 }, 10, false);
    const one = { kind: 'nan', x: Float64Array.of(1, 5), count: 7 } as const;
    const other = { kind: 'nan', x: Float64Array.of(1.5, 8), count: 2 } as const;
    deepEqual(joinMarks([one, other], columns), [{ kind: 'nan', x: Float64Array.of(1, 5, 8), count: 9 }]);
  });
});
