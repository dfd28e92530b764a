import { deepEqual, equal, ok } from 'node:assert/strict';
import fc from 'fast-check';
import { envelope } from '../../../extension/histories/envelope';
import { PixelColumns } from '../../../extension/histories/pixelColumns';
import type { Points } from '../../../webviews/protocol/metrics';
import { testSeed } from '../../support/testSeed';
import { randomColumns, randomRange, randomSeries } from './randomSeries';

const pairs = ({ x, y }: Points) => Array.from(x, (at, index) => [at, y[index]]);
const numbers = (...values: number[]) => Float64Array.from(values);

describe('envelope', () => {
  it('keeps a single spike among a million points', () => {
    const x = Float64Array.from({ length: 1_000_000 }, (_, index) => index);
    const y = x.map((at) => Math.sin(at / 1000));
    y[654_321] = 1000;
    const drawn = envelope(x, y, { from: 0, to: 999_999 }, 800, false);
    ok(drawn.y.includes(1000));
    ok(drawn.x.length <= 1600);
  });

  it('draws every point where there are fewer than columns', () => {
    const drawn = envelope(numbers(0, 1, 2), numbers(5, 3, 4), { from: 0, to: 2 }, 100, false);
    deepEqual(pairs(drawn), [
      [0, 5],
      [1, 3],
      [2, 4],
    ]);
  });

  it('reaches the edges with the nearest finite point to either side', () => {
    const drawn = envelope(
      numbers(0, 1, 2, 3, 4, 5),
      numbers(7, NaN, 2, 3, Infinity, 9),
      { from: 2, to: 3 },
      10,
      false,
    );
    deepEqual(pairs(drawn), [
      [0, 7],
      [2, 2],
      [3, 3],
      [5, 9],
    ]);
  });

  it('draws nothing at or below 0 on logarithmic axes', () => {
    const x = numbers(-1, 0, 1, 10, 100);
    const drawn = envelope(x, numbers(1, 1, 0, -5, 3), { from: 1, to: 100 }, 10, true, true);
    deepEqual(pairs(drawn), [[100, 3]]);
  });

  it('draws the lowest and highest of all points in each column, in their order, for any series', () => {
    fc.assert(
      fc.property(
        randomSeries,
        randomRange,
        randomColumns,
        fc.boolean(),
        fc.boolean(),
        (series, range, count, isLogX, isLogY) => {
          if (isLogX && range.from <= 0) return;
          const drawn = envelope(series.x, series.y, range, count, isLogX, isLogY);
          const columns = new PixelColumns(range, count, isLogX);
          const floor = isLogY ? 0 : -Infinity;
          const isPlaced = ([x, y]: readonly [number, number]) =>
            Number.isFinite(y) && y > floor && (!isLogX || x > 0);
          const all = pairs(series).filter((pair): pair is [number, number] =>
            isPlaced(pair as [number, number]),
          );
          const seen = pairs(drawn) as [number, number][];
          const isInside = ([x]: readonly [number, number]) => x >= range.from && x <= range.to;
          deepEqual(
            extremesByColumn(seen.filter(isInside), columns),
            extremesByColumn(all.filter(isInside), columns),
          );
          deepEqual(
            seen.filter(([x]) => x < range.from),
            all.filter(([x]) => x < range.from).slice(-1),
          );
          deepEqual(
            seen.filter(([x]) => x > range.to),
            all.filter(([x]) => x > range.to).slice(0, 1),
          );
          for (const perColumn of countByColumn(seen.filter(isInside), columns)) ok(perColumn <= 2);
          for (let index = 1; index < seen.length; index++) ok(seen[index]![0] >= seen[index - 1]![0]);
        },
      ),
      { seed: testSeed, numRuns: 500 },
    );
  });

  it('draws each point in the order in which it was logged, also at one x', () => {
    const drawn = envelope(numbers(1, 1, 1, 1), numbers(2, 9, -3, 4), { from: 1, to: 1 }, 50, false);
    deepEqual(pairs(drawn), [
      [1, 9],
      [1, -3],
    ]);
  });

  it('hands over no more memory than its points take', () => {
    const { x } = envelope(numbers(0, 1), numbers(1, 1), { from: 0, to: 1 }, 5000, false);
    equal(x.buffer.byteLength, 16);
  });
});

function extremesByColumn(points: readonly (readonly [number, number])[], columns: PixelColumns) {
  const found = new Map<number, { low: number; high: number }>();
  for (const [x, y] of points) {
    const before = found.get(columns.of(x)) ?? { low: y, high: y };
    // Zero and negative zero are one value to a chart.
    found.set(columns.of(x), { low: Math.min(before.low, y) + 0, high: Math.max(before.high, y) + 0 });
  }
  return found;
}

function countByColumn(
  points: readonly (readonly [number, number])[],
  columns: PixelColumns,
): readonly number[] {
  const counts = new Map<number, number>();
  for (const [x] of points) counts.set(columns.of(x), (counts.get(columns.of(x)) ?? 0) + 1);
  return [...counts.values()];
}
