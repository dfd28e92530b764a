import fc from 'fast-check';

/** Series as MLflow may have logged them, for the tests of what charts draw. */

const special = fc.constantFrom(NaN, Infinity, -Infinity, 0, -0, 1, -1, 1e300, -1e300, 5e-324);

const values = fc.oneof(
  { weight: 4, arbitrary: fc.double({ min: -100, max: 100, noNaN: true }) },
  { weight: 1, arbitrary: special },
);

const places = fc.oneof(fc.integer({ min: -5, max: 300 }), fc.double({ min: -10, max: 1000, noNaN: true }));

/** x ascends, with ties; y is anything. */
export const randomSeries = fc.array(fc.tuple(places, values), { maxLength: 400 }).map((points) => ({
  x: Float64Array.from(points, ([x]) => x).sort(),
  y: Float64Array.from(points, ([, y]) => y),
}));

/** A range that may lie inside, across or outside a series, and may have no width. */
export const randomRange = fc
  .tuple(
    fc.double({ min: -20, max: 1100, noNaN: true }),
    fc.oneof(fc.constant(0), fc.double({ min: 0, max: 1200, noNaN: true })),
  )
  .map(([from, width]) => ({ from, to: from + width }));

export const randomColumns = fc.oneof(fc.integer({ min: 1, max: 30 }), fc.integer({ min: 1, max: 16_384 }));
