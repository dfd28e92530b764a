import { toPixel } from './axisMap';
import type { PlotMaps } from './drawLines';
import type { PlotLine } from './plotView';

/** How far from a line the pointer may be, in pixels. */
const reach = 24;

/** The line nearest to a place, as it is drawn; undefined if none is near. */
export function nearestLine(
  lines: readonly PlotLine[],
  maps: PlotMaps,
  x: number,
  y: number,
): string | undefined {
  let nearest: string | undefined;
  let least = reach;
  for (const line of lines) {
    const distance = distanceTo(line, maps, x, y);
    if (distance < least) {
      least = distance;
      nearest = line.id;
    }
  }
  return nearest;
}

/** To the strokes within a few pixels of x, up and down. */
function distanceTo(line: PlotLine, maps: PlotMaps, x: number, y: number): number {
  const points = line.smooth ?? line.points;
  const end = points.x.length;
  let least = Infinity;
  for (let index = firstBeyond(points.x, maps, x - 3); index <= end; index++) {
    const [before, after] = [Math.max(index - 1, 0), Math.min(index, end - 1)];
    const [fromX, toX] = [toPixel(maps.x, points.x[before] ?? NaN), toPixel(maps.x, points.x[after] ?? NaN)];
    const [fromY, toY] = [toPixel(maps.y, points.y[before] ?? NaN), toPixel(maps.y, points.y[after] ?? NaN)];
    if (fromX > x + 3) break;
    least = Math.min(least, distanceToStroke(x, y, fromX, fromY, toX, toY));
  }
  return least;
}

function firstBeyond(xs: Float64Array, maps: PlotMaps, pixel: number): number {
  let [low, high] = [0, xs.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (toPixel(maps.x, xs[middle] ?? NaN) < pixel) low = middle + 1;
    else high = middle;
  }
  return low;
}

function distanceToStroke(x: number, y: number, x1: number, y1: number, x2: number, y2: number): number {
  const [dx, dy] = [x2 - x1, y2 - y1];
  const length = dx * dx + dy * dy;
  const along = length === 0 ? 0 : Math.min(1, Math.max(0, ((x - x1) * dx + (y - y1) * dy) / length));
  return Math.hypot(x - (x1 + along * dx), y - (y1 + along * dy));
}
