import { toReal, type ExactPoint, type PointQuery } from '../../webviews/protocol/metrics';
import { seriesOfLine, type FindPoints } from './chartData';
import { lowerBound, upperBound } from '../histories/pixelColumns';
import type { Series } from '../histories/series';

/** Of each line the point exactly as it was logged that is nearest to an x, the first beyond it or the last before it. */
export function findPoints(query: PointQuery, find: FindPoints): readonly ExactPoint[] {
  return query.lines.flatMap((line) => {
    let best: ExactPoint | undefined;
    for (const { runId, history, series } of seriesOfLine(line, query, find)) {
      const at = findIndex(series, query);
      const place = at === undefined ? undefined : (series.order?.[at] ?? at);
      if (at === undefined || place === undefined) continue;
      const point = {
        id: line.id,
        runId,
        x: series.x[at] ?? NaN,
        value: toReal(series.y[at] ?? NaN),
        step: String(history.steps[place] ?? NaN),
        loggedAt: history.timestamps[place] ?? NaN,
      };
      if (!best || distance(point, query) < distance(best, query)) best = point;
    }
    return best ? [best] : [];
  });
}

function distance({ x }: ExactPoint, { at }: PointQuery): number {
  return Math.abs(x - at);
}

/** Of several points at one x the last, since that is the one that counts. */
function findIndex({ x }: Series, { at, move }: PointQuery): number | undefined {
  const before = lastOf(x, (move === 'previous' ? lowerBound(x, at) : upperBound(x, at)) - 1);
  const next = upperBound(x, at);
  const after = next < x.length ? lastOf(x, upperBound(x, x[next] ?? NaN) - 1) : undefined;
  if (move === 'previous') return before;
  if (move === 'next') return after;
  if (before === undefined || after === undefined) return before ?? after;
  return at - (x[before] ?? NaN) <= (x[after] ?? NaN) - at ? before : after;
}

function lastOf(x: Float64Array, index: number): number | undefined {
  return index >= 0 && index < x.length ? index : undefined;
}
