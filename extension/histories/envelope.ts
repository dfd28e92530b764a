import type { Points } from '../../webviews/protocol/metrics';
import { findColumnEnd, findRange, PixelColumns, type XRange } from './pixelColumns';

/**
 * What a plot of so many pixel columns can show of a series: of each column the lowest and the highest finite value, in
 * the order in which they occur (once if they are one point), and of what lies outside the range the nearest finite point
 * to either side, so that lines reach the edges.
 *
 * `x` ascends and is finite, `y` may hold anything; both are of one length. On a logarithmic axis only what is above 0
 * has a place. One pass over the points in the range, and no memory but the result's: a million points take about 3 ms.
 */
export function envelope(
  x: Float64Array,
  y: Float64Array,
  range: XRange,
  columns: number,
  isLogX: boolean,
  isLogY = false,
): Points {
  return envelopeIn(x, y, new PixelColumns(range, columns, isLogX), isLogY);
}

/** As `envelope`, for columns that are known already. */
export function envelopeIn(x: Float64Array, y: Float64Array, columns: PixelColumns, isLogY: boolean): Points {
  const floor = floorOf(isLogY);
  const { start, end } = findRange(x, columns);
  const drawn = new Drawn(x, y, Math.min(2 * columns.count, end - start) + 2);
  const left = findLeft(x, y, start, columns.isLogX, floor);
  if (left >= 0) drawn.add(left);
  for (let from = start; from < end;) {
    const until = findColumnEnd(x, from, end, columns);
    addExtremes(drawn, y, from, until, floor);
    from = until;
  }
  const right = findRight(y, end, floor);
  if (right < y.length) drawn.add(right);
  return drawn.points();
}

/** What a value must exceed to have a place on the axis. */
export function floorOf(isLogY: boolean): number {
  return isLogY ? 0 : -Infinity;
}

/** The last point before `start` that has a place; -1 if there is none. */
export function findLeft(
  x: Float64Array,
  y: Float64Array,
  start: number,
  isLogX: boolean,
  floor: number,
): number {
  let index = start - 1;
  while (index >= 0 && !isDrawable(y[index], floor)) index--;
  return isLogX && index >= 0 && (x[index] ?? 0) <= 0 ? -1 : index;
}

/** The first point from `end` on that has a place; the length if there is none. */
export function findRight(y: Float64Array, end: number, floor: number): number {
  let index = end;
  while (index < y.length && !isDrawable(y[index], floor)) index++;
  return index;
}

function isDrawable(value: number | undefined, floor: number): boolean {
  return value !== undefined && value > floor && value < Infinity;
}

function addExtremes(drawn: Drawn, y: Float64Array, from: number, until: number, floor: number): void {
  let low = Infinity;
  let high = floor;
  let lowest = -1;
  let highest = -1;
  for (let index = from; index < until; index++) {
    const value = y[index] ?? NaN;
    // NaN and what is at the floor or below pass neither test, +∞ not the first.
    if (value < low && value > floor) {
      low = value;
      lowest = index;
    }
    if (value > high && value < Infinity) {
      high = value;
      highest = index;
    }
  }
  if (lowest < 0) return;
  drawn.add(Math.min(lowest, highest));
  if (lowest !== highest) drawn.add(Math.max(lowest, highest));
}

/** The points chosen of a series, in memory for the most that there can be. */
class Drawn {
  private readonly x: Float64Array;
  private readonly y: Float64Array;
  private length = 0;

  constructor(
    private readonly allX: Float64Array,
    private readonly allY: Float64Array,
    most: number,
  ) {
    this.x = new Float64Array(most);
    this.y = new Float64Array(most);
  }

  add(index: number): void {
    this.x[this.length] = this.allX[index] ?? NaN;
    this.y[this.length] = this.allY[index] ?? NaN;
    this.length++;
  }

  /** Copies of their own: a view would send the whole memory with it. */
  points(): Points {
    return { x: this.x.slice(0, this.length), y: this.y.slice(0, this.length) };
  }
}
