import { deepEqual } from 'node:assert/strict';
import fc from 'fast-check';
import { statisticsOf } from '../../../extension/histories/statistics';
import { toMetricHistory } from '../../../extension/tracking/metricHistory';
import { testSeed } from '../../support/testSeed';

const history = (...rows: (readonly [step: number | bigint, value: number, timestamp: number])[]) =>
  toMetricHistory(rows.map(([step, value, timestamp]) => ({ step, value, timestamp })));

describe('statisticsOf', () => {
  it('tells the lowest, highest, best and last value with their steps', () => {
    const one = history([3, 0.5, 30], [1, 0.9, 10], [2, 0.2, 20]);
    deepEqual(statisticsOf([one], 'lower'), {
      min: { value: 0.2, step: '2' },
      max: { value: 0.9, step: '1' },
      best: { value: 0.2, step: '2' },
      last: { value: 0.5, step: '3' },
    });
    deepEqual(statisticsOf([one], 'higher').best, { value: 0.9, step: '1' });
  });

  it('knows several runs as one', () => {
    const { min, last } = statisticsOf([history([0, 5, 1]), history([0, 3, 2], [9, 4, 3])], 'lower');
    deepEqual(
      [min, last],
      [
        { value: 3, step: '0' },
        { value: 4, step: '9' },
      ],
    );
  });

  it('tells of NaN only as the last value, and names long steps in full', () => {
    deepEqual(statisticsOf([history([2n ** 62n, NaN, 2], [1, Infinity, 1])], 'higher'), {
      last: { value: 'NaN', step: '4611686018427387904' },
    });
    deepEqual(statisticsOf([history()], 'higher'), {});
  });

  it('takes the first step of several equal extremes', () => {
    deepEqual(statisticsOf([history([5, 1, 1], [2, 1, 9])], 'lower').min, { value: 1, step: '2' });
  });

  it('finds what sorting would, for any history', () => {
    const row = fc.tuple(fc.integer({ min: 0, max: 9 }), fc.integer(), fc.integer({ min: 0, max: 5 }));
    fc.assert(
      fc.property(fc.array(row, { minLength: 1 }), (rows) => {
        const byValue = [...rows].sort((a, b) => a[1] - b[1] || a[0] - b[0]);
        const byTime = [...rows].sort((a, b) => b[0] - a[0] || b[2] - a[2] || b[1] - a[1]);
        const { min, last } = statisticsOf([history(...rows)], 'lower');
        deepEqual(min, { value: byValue[0]![1], step: String(byValue[0]![0]) });
        deepEqual(last, { value: byTime[0]![1], step: String(byTime[0]![0]) });
      }),
      { seed: testSeed },
    );
  });
});
