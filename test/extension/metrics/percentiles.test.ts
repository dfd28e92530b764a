import { deepEqual, equal } from 'node:assert/strict';
import fc from 'fast-check';
import { Pace } from '../../../extension/histories/pace';
import { percentiles } from '../../../extension/metrics/percentiles';
import { testSeed } from '../../support/testSeed';

const whole = (values: Float64Array) => ({ values, start: 0, end: values.length });

describe('percentiles', () => {
  it('is undefined where nothing is finite', async () => {
    equal(
      await percentiles([whole(Float64Array.of(NaN, Infinity))], [0.5], -Infinity, new Pace()),
      undefined,
    );
  });

  it('reads only the slices that it is given', async () => {
    const slice = { values: Float64Array.of(100, 1, 2, 3, 100), start: 1, end: 4 };
    deepEqual(await percentiles([slice], [0, 0.5, 1], -Infinity, new Pace()), [1, 2, 3]);
  });

  it('finds what sorting all values would, in any series', async () => {
    const value = fc.oneof(
      fc.double(),
      fc.double({ min: 0.9, max: 1.1 }),
      fc.integer(),
      fc.constantFrom(0, -0, 7),
    );
    const series = fc.array(fc.array(value, { maxLength: 60 }), { maxLength: 5 });
    const fraction = fc.double({ min: 0, max: 1, noNaN: true });
    await fc.assert(
      fc.asyncProperty(series, fraction, fc.constantFrom(0, -Infinity), async (all, part, floor) => {
        const slices = all.map((values) => whole(Float64Array.from(values)));
        const sorted = all.flat().filter((one) => Number.isFinite(one) && one > floor);
        sorted.sort((one, other) => one - other);
        const found = await percentiles(slices, [part], floor, new Pace());
        const wanted = sorted[Math.round(part * (sorted.length - 1))];
        equal(found === undefined ? undefined : found[0]! + 0, wanted === undefined ? undefined : wanted + 0);
      }),
      { seed: testSeed, numRuns: 300 },
    );
  });
});
