import { deepEqual, equal, ok } from 'node:assert/strict';
import fc from 'fast-check';
import { seriesAlong } from '../../../extension/histories/series';
import { toMetricHistory } from '../../../extension/tracking/metricHistory';
import type { MetricPoint } from '../../../extension/tracking/model';
import { testSeed } from '../../support/testSeed';

const points = (...rows: (readonly [step: number | bigint, value: number, timestamp: number])[]) =>
  toMetricHistory(rows.map(([step, value, timestamp]) => ({ step, value, timestamp })));

describe('seriesAlong', () => {
  const history = points([2, 30, 3000], [0, 10, 1000], [1, 20, 2500]);

  it('goes by step, by time, and by seconds since the first point', () => {
    deepEqual([...seriesAlong(history, { kind: 'step' }).x], [0, 1, 2]);
    deepEqual([...seriesAlong(history, { kind: 'step' }).y], [10, 20, 30]);
    deepEqual([...seriesAlong(history, { kind: 'time' }).x], [1000, 2500, 3000]);
    deepEqual([...seriesAlong(history, { kind: 'relative' }).x], [0, 1.5, 2]);
  });

  it('copies nothing where points lie in their order', () => {
    const sorted = points([0, 1, 5], [1, 2, 6]);
    const series = seriesAlong(sorted, { kind: 'step' });
    equal(series.x, sorted.steps);
    equal(series.y, sorted.values);
    equal(series.order, undefined);
  });

  it('sorts once and keeps it', () => {
    equal(seriesAlong(history, { kind: 'step' }), seriesAlong(history, { kind: 'step' }));
  });

  it('goes by another metric’s last value at the same step', () => {
    const tokens = points([0, 100, 1], [1, 150, 2], [1, 200, 9], [3, 400, 4]);
    const series = seriesAlong(history, { kind: 'metric', metric: 'tokens' }, tokens);
    deepEqual([...series.x], [100, 200]);
    deepEqual([...series.y], [10, 20]);
    deepEqual([...(series.order ?? [])], [1, 2]);
  });

  it('joins steps beyond what a double can say by their very numbers', () => {
    const far = 2n ** 60n;
    const values = points([far, 1, 1], [far + 1n, 2, 2]);
    const others = points([7, 0, 0], [far + 1n, 50, 1]);
    const series = seriesAlong(values, { kind: 'metric', metric: 'o' }, others);
    deepEqual([[...series.x], [...series.y]], [[50], [2]]);
    const narrow = seriesAlong(points([7, 3, 3]), { kind: 'metric', metric: 'o' }, others);
    deepEqual([[...narrow.x], [...narrow.y]], [[0], [3]]);
  });

  it('leaves out points whose x is not finite', () => {
    const wild = points([0, NaN, 1], [1, Infinity, 2], [2, 5, 3]);
    deepEqual([...seriesAlong(history, { kind: 'metric', metric: 'w' }, wild).x], [5]);
  });

  it('is in the order of x, then time, then the store, with every point once, for any history', () => {
    const point = fc.record<MetricPoint>({
      value: fc.double(),
      step: fc.integer({ min: -3, max: 6 }),
      timestamp: fc.integer({ min: 0, max: 4 }),
    });
    fc.assert(
      fc.property(fc.array(point), fc.constantFrom('step', 'time', 'relative'), (rows, kind) => {
        const all = toMetricHistory(rows);
        const { x, y, order } = seriesAlong(all, { kind });
        const at = (index: number) => order?.[index] ?? index;
        equal(x.length, rows.length);
        deepEqual(
          [...y],
          Array.from(y, (_, index) => all.values[at(index)]),
        );
        for (let index = 1; index < x.length; index++) {
          const [one, other] = [at(index - 1), at(index)];
          const key = [x[index - 1]! - x[index]!, all.timestamps[one]! - all.timestamps[other]!, one - other];
          ok(key.find((difference) => difference !== 0)! < 0);
        }
      }),
      { seed: testSeed },
    );
  });
});
