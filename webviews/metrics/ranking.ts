import type { Direction, ExactPoint, Real } from '../protocol/metrics';
import { formatPlace, formatReal, formatStepText } from './formatX';
import type { ChartLine } from './lines';
import type { XAxis } from '../protocol/metrics';

/** The lines at one x, from the best value to the worst. */

export interface RankedPoint {
  readonly line: ChartLine;
  readonly point: ExactPoint;
}

/** A number less than 0 when `a` is better; what is no number comes last. */
export function compareReals(a: Real, b: Real, direction: Direction): number {
  const [first, second] = [Number(a), Number(b)];
  if (Number.isNaN(first) || Number.isNaN(second))
    return Number(Number.isNaN(first)) - Number(Number.isNaN(second));
  if (first === second) return 0;
  return first < second === (direction === 'lower') ? -1 : 1;
}

export function rankPoints(
  points: readonly ExactPoint[],
  lines: readonly ChartLine[],
  direction: Direction,
): readonly RankedPoint[] {
  const byId = new Map(lines.map((line) => [line.id, line]));
  return points
    .flatMap((point) => {
      const line = byId.get(point.id);
      return line ? [{ line, point }] : [];
    })
    .sort((a, b) => compareReals(a.point.value, b.point.value, direction));
}

/** The line whose value is nearest to y as the eye sees it, on an axis that may be logarithmic. */
export function nearestLine(
  ranked: readonly RankedPoint[],
  y: number,
  isLogY: boolean,
): RankedPoint | undefined {
  const place = (value: number) => (isLogY ? Math.log(value) : value);
  let nearest: RankedPoint | undefined;
  let least = Infinity;
  for (const one of ranked) {
    const distance = Math.abs(place(Number(one.point.value)) - place(y));
    if (!(distance < least)) continue;
    least = distance;
    nearest = one;
  }
  return nearest;
}

/** The best of the points that lie nearest to x: lines that ended long before have no say. */
export function bestNear(ranked: readonly RankedPoint[], x: number): RankedPoint | undefined {
  const distance = ({ point }: RankedPoint) => Math.abs(point.x - x);
  const least = ranked.reduce((nearest, one) => Math.min(nearest, distance(one)), Infinity);
  return ranked.find((one) => distance(one) === least);
}

/** What a screen reader says of a point: `run, 0.123 at step 500, 2 of 10, best`. */
export function describePoint(ranked: readonly RankedPoint[], id: string, x: XAxis): string {
  const index = ranked.findIndex(({ line }) => line.id === id);
  const found = ranked[index];
  if (!found) return 'No point here';
  const { point, line } = found;
  const step = `at step ${formatStepText(point.step)}`;
  const place = x.kind === 'step' ? step : `${step}, ${formatPlace(x, point.x)}`;
  const parts = [line.name, `${formatReal(point.value)} ${place}`];
  if (ranked.length > 1) parts.push(`${index + 1} of ${ranked.length}`);
  if (ranked.length > 1 && index === 0) parts.push('best');
  return parts.join(', ');
}
