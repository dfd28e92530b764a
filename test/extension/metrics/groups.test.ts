import { deepEqual, ok } from 'node:assert/strict';
import fc from 'fast-check';
import { groupLine } from '../../../extension/metrics/groups';
import { Pace } from '../../../extension/histories/pace';
import { PixelColumns } from '../../../extension/histories/pixelColumns';
import { testSeed } from '../../support/testSeed';
import { randomColumns, randomRange, randomSeries } from '../histories/randomSeries';

const run = (...points: (readonly [x: number, y: number])[]) => ({
  x: Float64Array.from(points, ([x]) => x),
  y: Float64Array.from(points, ([, y]) => y),
});
const wide = new PixelColumns({ from: 0, to: 10 }, 100, false);

describe('groupLine', () => {
  it('is the mean of what runs have at the same x, with the lowest and highest around it', async () => {
    const { points, band } = await groupLine(
      [run([0, 1], [10, 5]), run([0, 3], [10, 7])],
      wide,
      false,
      'range',
      new Pace(),
    );
    deepEqual(
      [[...points.x], [...points.y]],
      [
        [0, 10],
        [2, 6],
      ],
    );
    deepEqual(
      [[...band!.y], [...band!.high]],
      [
        [1, 5],
        [3, 7],
      ],
    );
  });

  it('counts a run between its points as what lies on the line between them, and beyond them not at all', async () => {
    const { points } = await groupLine(
      [run([0, 0], [10, 10]), run([5, 1]), run([2, 4])],
      wide,
      false,
      'none',
      new Pace(),
    );
    deepEqual(
      [[...points.x], [...points.y]],
      [
        [0, 2, 5, 10],
        [0, 3, 3, 10],
      ],
    );
  });

  it('reaches the edges of a range that lies between points', async () => {
    const zoomed = new PixelColumns({ from: 4, to: 6 }, 100, false);
    const { points } = await groupLine(
      [run([0, 0], [10, 10]), run([0, 2], [10, 12])],
      zoomed,
      false,
      'none',
      new Pace(),
    );
    deepEqual(
      [[...points.x], [...points.y]],
      [
        [4, 6],
        [5, 7],
      ],
    );
  });

  it('shows a spike in its band, however narrow', async () => {
    const long = {
      x: Float64Array.from({ length: 10_000 }, (_, at) => at),
      y: new Float64Array(10_000).fill(1),
    };
    const spiked = { x: long.x, y: long.y.slice().fill(1000, 5000, 5001) };
    const columns = new PixelColumns({ from: 0, to: 9999 }, 300, false);
    const { band } = await groupLine([long, spiked], columns, false, 'range', new Pace());
    ok(band!.high.includes(1000));
  });

  it('shows a standard deviation to either side', async () => {
    const { band } = await groupLine([run([0, 1]), run([0, 3])], wide, false, 'deviation', new Pace());
    deepEqual([[...band!.y], [...band!.high]], [[1], [3]]);
  });

  it('lies within its band, and its band within all values, for any runs', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(randomSeries, { maxLength: 4 }),
        randomRange,
        randomColumns,
        async (runs, range, count) => {
          const columns = new PixelColumns(range, count, false);
          const { points, band } = await groupLine(runs, columns, false, 'range', new Pace());
          const finite = runs.flatMap(({ y }) => [...y]).filter(Number.isFinite);
          const [low, high] = [Math.min(...finite), Math.max(...finite)];
          const slack = (value: number) => 1e-9 * Math.max(1, Math.abs(value));
          const perColumn = new Map<number, number>();
          for (const [index, x] of points.x.entries()) {
            const [bottom, mean, top] = [band!.y[index]!, points.y[index]!, band!.high[index]!];
            ok(bottom <= mean + slack(mean) && mean <= top + slack(mean));
            ok(bottom >= low - slack(low) && top <= high + slack(high));
            ok(index === 0 || x >= points.x[index - 1]!);
            ok(x >= range.from && x <= range.to);
            perColumn.set(columns.of(x), (perColumn.get(columns.of(x)) ?? 0) + 1);
          }
          // The edges may lie in a column that has a point of its own.
          for (const many of perColumn.values()) ok(many <= 3);
        },
      ),
      { seed: testSeed, numRuns: 300 },
    );
  });
});
