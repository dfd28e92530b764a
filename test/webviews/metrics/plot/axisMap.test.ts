import { ok } from 'node:assert/strict';
import fc from 'fast-check';
import { fromPixel, mapAxis, toPixel } from '../../../../webviews/metrics/plot/axisMap';

describe('An axis', () => {
  const edges = fc.tuple(
    fc.double({ min: 1e-3, max: 1e6, noNaN: true }),
    fc.double({ min: 1.01, max: 1e6, noNaN: true }),
  );

  it('takes its ends to the ends of the plot and each pixel back to its value, linear or logarithmic', () => {
    fc.assert(
      fc.property(
        edges,
        fc.boolean(),
        fc.double({ min: 0, max: 1, noNaN: true }),
        ([from, ratio], isLog, part) => {
          const map = mapAxis({ from, to: from * ratio, isLog, format: String }, 40, 640);
          ok(Math.abs(toPixel(map, from) - 40) < 1e-3);
          ok(Math.abs(toPixel(map, from * ratio) - 640) < 1e-3);
          const pixel = 40 + 600 * part;
          ok(Math.abs(toPixel(map, fromPixel(map, pixel)) - pixel) < 1e-3);
        },
      ),
    );
  });

  it('without length puts its only value in the middle', () => {
    ok(toPixel(mapAxis({ from: 3, to: 3, isLog: false, format: String }, 0, 100), 3) === 50);
  });
});
