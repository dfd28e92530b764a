/** What all engines of the charts' bench draw: noisy, falling curves with spikes of one point each. */
export interface Curve {
  readonly x: Float64Array;
  readonly y: Float64Array;
}

export interface CurveSet {
  readonly curves: readonly Curve[];
  /** Where spikes are, by curve. */
  readonly spikes: readonly (readonly number[])[];
}

/** Values without a spike stay below this; spikes lie above. */
export const spikeFloor = 50;

/** The same numbers in every run. */
export function makeCurves(count: number, points: number, spikes: number): CurveSet {
  const random = seeded(42);
  const curves: Curve[] = [];
  const places: number[][] = [];
  for (let curve = 0; curve < count; curve++) {
    const [x, y] = [new Float64Array(points), new Float64Array(points)];
    for (let index = 0; index < points; index++) {
      x[index] = index;
      y[index] = 4 / (1 + index / (points / 20)) + curve * 0.1 + (random() - 0.5) * 0.6;
    }
    const own = Math.floor((spikes * (curve + 1)) / count) - Math.floor((spikes * curve) / count);
    const room = points / Math.max(own, 1);
    const placed = Array.from({ length: own }, (_, spike) => Math.floor((spike + random() * 0.8) * room));
    for (const place of placed) y[place] = spikeFloor + 1 + random() * 50;
    curves.push({ x, y });
    places.push(placed);
  }
  return { curves, spikes: places };
}

/** Mulberry32: numbers from 0 to 1, the same for the same seed. */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
