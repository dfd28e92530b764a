import { deepEqual, ok } from 'node:assert/strict';
import fc from 'fast-check';
import { clockTicks, durationTicks, stepTicks } from '../../../../webviews/metrics/plot/ticks';

describe('The ticks of an axis', () => {
  it('are whole numbers for steps, however far one zooms in', () => {
    deepEqual(stepTicks(0, 1000, 5), [0, 200, 400, 600, 800, 1000]);
    deepEqual(stepTicks(3.2, 5.9, 5), [4, 5]);
    deepEqual(stepTicks(-7, 12, 4), [-5, 0, 5, 10]);
  });

  it('are round durations, from milliseconds to days', () => {
    deepEqual(durationTicks(0, 0.35, 4), [0, 0.1, 0.2, 0.3]);
    deepEqual(durationTicks(0, 100, 4), [0, 30, 60, 90]);
    deepEqual(durationTicks(0, 4 * 3600, 5), [0, 3600, 7200, 10_800, 14_400]);
    deepEqual(durationTicks(0, 9 * 86_400, 5), [0, 172_800, 345_600, 518_400, 691_200]);
  });

  it("are round times of this place's clock", () => {
    const noon = new Date(2026, 4, 3, 12, 0).getTime();
    const at = (time: number) => new Date(time).toTimeString().slice(0, 5);
    deepEqual(clockTicks(noon + 60_000, noon + 3_600_000 * 2, 4).map(at), [
      '12:30',
      '13:00',
      '13:30',
      '14:00',
    ]);
  });

  it('are midnights over many days, also where clocks change', () => {
    const from = new Date(2026, 2, 20).getTime();
    const ticks = clockTicks(from, new Date(2026, 3, 5).getTime(), 8);
    ok(ticks.length >= 6);
    for (const tick of ticks) deepEqual([new Date(tick).getHours(), new Date(tick).getMinutes()], [0, 0]);
  });

  it('lie within any range, ascend, and are never more than can be read', () => {
    const range = fc.tuple(
      fc.double({ min: -1e12, max: 1e12, noNaN: true }),
      fc.double({ min: 1e-3, max: 1e10, noNaN: true }),
    );
    fc.assert(
      fc.property(range, fc.integer({ min: 2, max: 20 }), ([from, length], count) => {
        fc.pre(length > Math.abs(from) * 1e-9);
        for (const ticks of [stepTicks, durationTicks, clockTicks].map((of) =>
          of(from, from + length, count),
        )) {
          ok(ticks.length <= 2 * count + 2, `${ticks.length} ticks`);
          ticks.forEach((tick, index) => {
            ok(tick >= from - length * 1e-6 && tick <= from + length * (1 + 1e-6), `${tick} of ${from}…`);
            ok(index === 0 || tick > (ticks[index - 1] ?? 0));
          });
        }
      }),
    );
  });
});
