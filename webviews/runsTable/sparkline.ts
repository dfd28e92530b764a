import type { Points } from '../protocol/metrics';

/** A metric's course in a cell: a path in the run's colour, which follows the theme by itself. */

const svgNamespace = 'http://www.w3.org/2000/svg';
const [width, height, margin] = [100, 20, 2];

export interface Sparkline {
  readonly element: SVGElement;
  /** `paint` is a colour as a style sheet has it. */
  draw(points: Points, paint: string): void;
}

export function createSparkline(): Sparkline {
  const line = document.createElementNS(svgNamespace, 'path');
  const svg = document.createElementNS(svgNamespace, 'svg');
  svg.setAttribute('class', 'sparkline');
  svg.setAttribute('viewBox', `0 0 ${width} ${height}`);
  svg.setAttribute('preserveAspectRatio', 'none');
  svg.setAttribute('aria-hidden', 'true');
  svg.append(line);
  return {
    element: svg,
    draw: (points, paint) => {
      line.setAttribute('d', pathOf(points));
      line.style.stroke = paint;
    },
  };
}

/** The path of the finite points, as wide and high as the box; a single point is a dot, and a gap where there is none. */
export function pathOf({ x, y }: Points): string {
  const [left, right] = boundsOf(x, y, x);
  const [low, high] = boundsOf(x, y, y);
  const place = (value: number, from: number, to: number, size: number): string => {
    const share = to > from ? (value / 2 - from / 2) / (to / 2 - from / 2) : 0.5;
    return (margin + share * (size - 2 * margin)).toFixed(1);
  };
  let path = '';
  let isOpen = false;
  for (const [index, at] of x.entries()) {
    const value = y[index] ?? NaN;
    if (!Number.isFinite(at) || !Number.isFinite(value)) {
      isOpen = false;
      continue;
    }
    // The dot of a point without neighbours: a line of no length has round ends.
    const sign = isOpen ? 'L' : 'M';
    const point = `${place(at, left, right, width)} ${(height - Number(place(value, low, high, height))).toFixed(1)}`;
    path += isOpen ? `${sign}${point}` : `${sign}${point}h0`;
    isOpen = true;
  }
  return path;
}

/** The lowest and the highest of these values, over the finite points. */
function boundsOf(x: Float64Array, y: Float64Array, values: Float64Array): readonly [number, number] {
  let [low, high] = [Infinity, -Infinity];
  for (const [index, value] of values.entries()) {
    if (!Number.isFinite(x[index]) || !Number.isFinite(y[index])) continue;
    low = Math.min(low, value);
    high = Math.max(high, value);
  }
  return [low, high];
}
