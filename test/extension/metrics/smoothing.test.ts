import { deepEqual, equal, ok } from 'node:assert/strict';
import fc from 'fast-check';
import { smooth } from '../../../extension/metrics/smoothing';
import { testSeed } from '../../support/testSeed';

describe('smooth', () => {
  it('is the debiased moving average of TensorBoard', () => {
    // 0.6·0 + 0.4·1, over 1 − 0.6; then 0.6·0.4 + 0.4·2, over 1 − 0.36.
    const [first, second] = smooth(Float64Array.of(1, 2), 0.6);
    equal(first, 1);
    ok(Math.abs(second! - 1.04 / 0.64) < 1e-12);
  });

  it('leaves what is not finite where it is, and goes on as if it were not there', () => {
    const whole = smooth(Float64Array.of(1, 5, 2), 0.9);
    const holed = smooth(Float64Array.of(1, NaN, 5, Infinity, 2), 0.9);
    deepEqual([...holed].filter(Number.isFinite), [...whole]);
    ok(Number.isNaN(holed[1]) && holed[3] === Infinity);
  });

  it('gives the very values for a weight of 0', () => {
    const values = Float64Array.of(1, 2);
    equal(smooth(values, 0), values);
  });

  it('never leaves what lies between the lowest and the highest value', () => {
    const value = fc.double({ min: -1e9, max: 1e9, noNaN: true });
    fc.assert(
      fc.property(
        fc.array(value, { minLength: 1 }),
        fc.double({ min: 0, max: 0.999, noNaN: true }),
        (values, weight) => {
          const [low, high] = [Math.min(...values), Math.max(...values)];
          const slack = 1e-9 * (1 + Math.abs(low) + Math.abs(high));
          for (const one of smooth(Float64Array.from(values), weight))
            ok(one >= low - slack && one <= high + slack);
        },
      ),
      { seed: testSeed },
    );
  });
});
