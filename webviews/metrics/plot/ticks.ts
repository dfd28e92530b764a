/** Where the ticks of an axis are: about `count` of them, all within the range, which is of finite length. */

const second = 1;
const minute = 60;
const hour = 3600;
const day = 86_400;

/** In seconds. Below a second and above a day steps are 1, 2 or 5 of a power of ten. */
const clockSteps = [
  1 * second,
  2 * second,
  5 * second,
  10 * second,
  15 * second,
  30 * second,
  1 * minute,
  2 * minute,
  5 * minute,
  10 * minute,
  15 * minute,
  30 * minute,
  1 * hour,
  2 * hour,
  3 * hour,
  6 * hour,
  12 * hour,
  1 * day,
];

/** Whole numbers only: there are no half steps. */
export function stepTicks(from: number, to: number, count: number): readonly number[] {
  return multiplesIn(from, to, Math.max(1, roundStep((to - from) / count)));
}

/** Seconds, at round minutes, hours and days. */
export function durationTicks(from: number, to: number, count: number): readonly number[] {
  return multiplesIn(from, to, timeStep((to - from) / count));
}

/** Milliseconds since the epoch, at round times of this place's clock and at midnights. */
export function clockTicks(from: number, to: number, count: number): readonly number[] {
  const step = timeStep((to - from) / 1000 / count);
  return step < day ? ticksWithinDays(from, to, step * 1000) : midnights(from, to, Math.round(step / day));
}

function ticksWithinDays(from: number, to: number, step: number): readonly number[] {
  // Counted from a midnight of this place, whose distance from UTC need not be whole hours.
  const start = midnightBefore(from, 0);
  return multiplesIn(from - start, to - start, step).map((time) => time + start);
}

/** Days differ in length where clocks are put forward and back. */
function midnights(from: number, to: number, days: number): readonly number[] {
  const ticks: number[] = [];
  for (let index = 0; ; index += days) {
    const time = midnightBefore(from, index);
    if (!(time <= to)) return ticks;
    if (time >= from) ticks.push(time);
  }
}

/** The last midnight before a time, and so many days later. */
function midnightBefore(time: number, days: number): number {
  const date = new Date(time);
  return new Date(date.getFullYear(), date.getMonth(), date.getDate() + days).getTime();
}

function timeStep(least: number): number {
  if (least <= 0.5) return roundStep(least);
  return clockSteps.find((step) => step >= least) ?? day * roundStep(least / day);
}

/** The next larger of 1, 2 and 5 times a power of ten. */
function roundStep(least: number): number {
  const power = 10 ** Math.floor(Math.log10(least));
  const factor = [1, 2, 5].find((candidate) => candidate * power >= least * (1 - 1e-9)) ?? 10;
  return factor * power;
}

function multiplesIn(from: number, to: number, step: number): readonly number[] {
  const first = Math.ceil(from / step - 1e-9);
  const last = Math.floor(to / step + 1e-9);
  if (!(last - first < 1000)) return [];
  // Decimal fractions are rounded to what they stand for: 3 × 0.1 is 0.3.
  const digits = step < 1 ? Math.ceil(-Math.log10(step)) + 1 : 0;
  return Array.from({ length: last - first + 1 }, (_, index) =>
    Number(((first + index) * step).toFixed(digits)),
  );
}
