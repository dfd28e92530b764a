/** Round values in the range, about `count` of them: 1, 2 or 5 of a power of ten apart. */
export function valueTicks(from: number, to: number, count: number): readonly number[] {
  const least = (to - from) / Math.max(1, count);
  const power = 10 ** Math.floor(Math.log10(least));
  const factor = [1, 2, 5].find((candidate) => candidate * power >= least * (1 - 1e-9)) ?? 10;
  const step = factor * power;
  const first = Math.ceil(from / step - 1e-9);
  const last = Math.floor(to / step + 1e-9);
  if (!(last - first < 1000)) return [];
  // Multiples of a decimal fraction are rounded to what they stand for: 3 × 0.1 is 0.3.
  const digits = Math.min(Math.max(0, Math.ceil(-Math.log10(step)) + 1), 100);
  return Array.from({ length: last - first + 1 }, (_, index) =>
    Number(((first + index) * step).toFixed(digits)),
  );
}

/** Round values on a log axis: powers of ten and multiples of them, as far as `count` allows. */
export function logTicks(from: number, to: number, count: number): readonly number[] {
  const first = Math.floor(Math.log10(from));
  const last = Math.ceil(Math.log10(to));
  const within = (factors: readonly number[], step: number) => {
    const ticks: number[] = [];
    for (let power = first; power <= last; power += step) {
      ticks.push(...factors.map((factor) => Number(`${factor}e${power}`)));
    }
    return ticks.filter((tick) => tick >= from && tick <= to);
  };
  if (within([1], 1).length > count) return within([1], Math.ceil((last - first) / count));
  const ladder = [[1, 2, 3, 4, 5, 6, 7, 8, 9], [1, 2, 3, 4, 6, 8], [1, 2, 3, 5], [1, 2, 5], [1, 3], [1]];
  const ticks = ladder.map((factors) => within(factors, 1));
  const fitting = ticks.find(({ length }) => length <= count) ?? [];
  return fitting.length >= 2 ? fitting : valueTicks(from, to, count);
}
