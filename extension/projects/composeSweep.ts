import { countValues, drawBetween, listValues, type SweepValues } from './sweepValues';

/** What each parameter of a sweep takes, by name. */
export type SweepAxes = ReadonlyMap<string, SweepValues>;

export type SweepPlan =
  { readonly kind: 'grid' } | { readonly kind: 'random'; readonly count: number; readonly seed: number };

/** The values of one run of a sweep, by parameter. */
export type SweepPoint = ReadonlyMap<string, string>;

/** How often a draw that was there already is made again, for each that is wanted. */
const patience = 20;

/** How many runs a grid has; undefined where a parameter takes endlessly many values. */
export function countGrid(axes: SweepAxes): number | undefined {
  let count = 1;
  for (const values of axes.values()) {
    const own = countValues(values);
    if (own === undefined) return undefined;
    count *= own;
  }
  return count;
}

/** The runs of a sweep, each once. The same seed draws the same ones. Only grids that countGrid counts can be listed. */
export function listPoints(axes: SweepAxes, plan: SweepPlan): readonly SweepPoint[] {
  return plan.kind === 'grid' ? listGrid(axes) : drawPoints(axes, plan.count, plan.seed);
}

/** The last parameter changes first. */
function listGrid(axes: SweepAxes): readonly SweepPoint[] {
  let points: readonly SweepPoint[] = [new Map()];
  for (const [name, values] of axes) {
    const listed = listValues(values) ?? [];
    points = points.flatMap((point) => listed.map((value) => new Map([...point, [name, value]])));
  }
  return points;
}

function drawPoints(axes: SweepAxes, count: number, seed: number): readonly SweepPoint[] {
  const random = makeRandom(seed);
  const all = countGrid(axes);
  // Of nearly all that there are, the last would be drawn in vain for long.
  if (all !== undefined && all <= 1.5 * count) return shuffle(listGrid(axes), random).slice(0, count);
  const points = new Map<string, SweepPoint>();
  const finite = [...axes].map(([name, values]) => [name, values, listValues(values)] as const);
  for (let tries = count * patience; points.size < count && tries > 0; tries--) {
    const point = new Map(finite.map(([name, values, listed]) => [name, draw(values, listed, random())]));
    points.set(JSON.stringify([...point]), point);
  }
  return [...points.values()];
}

function draw(values: SweepValues, listed: readonly string[] | undefined, at: number): string {
  if (listed) return listed[Math.floor(at * listed.length)] ?? '';
  return values.kind === 'list' ? '' : drawBetween(values, at);
}

function shuffle<T>(items: readonly T[], random: () => number): readonly T[] {
  const keyed = items.map((item) => ({ item, at: random() }));
  return keyed.sort((a, b) => a.at - b.at).map(({ item }) => item);
}

/** Numbers from 0 to 1 that a seed decides (xorshift); neighbouring seeds are pulled apart first. */
function makeRandom(seed: number): () => number {
  let state = Math.imul(seed + 1, 0x9e3779b1) || 1;
  const next = (): number => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) / 2 ** 32;
  };
  for (let warm = 0; warm < 8; warm++) next();
  return next;
}
