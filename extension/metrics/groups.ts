import type { Band, Points } from '../../webviews/protocol/metrics';
import { findLeft, findRight, floorOf } from '../histories/envelope';
import type { Pace } from '../histories/pace';
import { findColumnEnd, findRange, type PixelColumns } from '../histories/pixelColumns';

/** A run of a group: x ascends and is finite. */
interface Member {
  readonly x: Float64Array;
  readonly y: Float64Array;
}

export interface GroupLine {
  readonly points: Points;
  readonly band?: Points & { readonly high: Float64Array };
}

/** What a run has in a pixel column. */
interface Cell {
  readonly column: number;
  /** The middle of its points' x. */
  readonly x: number;
  readonly mean: number;
  readonly low: number;
  readonly high: number;
}

/** Beside the columns of the range, for what lies to its left and to its right. */
const leftOfAll = -1;

/**
 * The mean of several runs with a band around it. In each pixel column in which any run has a point, each run counts
 * with the mean of its own points there, or with what lies on the straight line between its neighbouring points; before its
 * first point and after its last one a run counts for nothing. The band reaches from the lowest to the highest of all
 * points, so that no spike is lost, or a standard deviation (of the runs' means, as of a population) to either side.
 */
export async function groupLine(
  members: readonly Member[],
  columns: PixelColumns,
  isLogY: boolean,
  band: Band,
  pace: Pace,
): Promise<GroupLine> {
  const rows: (readonly Cell[])[] = [];
  for (const member of members) {
    const cells = cellsOf(member, columns, isLogY);
    if (cells.length > 0) rows.push(cells);
    await pace.rest();
  }
  const places = await findPlaces(rows, columns, pace);
  const walks = rows.map((cells) => new Walk(cells, columns));
  const drawn = new DrawnGroup(places.length);
  for (const place of places) {
    drawn.add(place.x, summarize(walks, place), band);
    await pace.rest();
  }
  return drawn.line(band);
}

function cellsOf({ x, y }: Member, columns: PixelColumns, isLogY: boolean): readonly Cell[] {
  const floor = floorOf(isLogY);
  const { start, end } = findRange(x, columns);
  const cells: Cell[] = [];
  const addPoint = (index: number, column: number) => {
    const value = y[index] ?? NaN;
    cells.push({ column, x: x[index] ?? NaN, mean: value, low: value, high: value });
  };
  const left = findLeft(x, y, start, columns.isLogX, floor);
  if (left >= 0) addPoint(left, leftOfAll);
  for (let from = start; from < end;) {
    const until = findColumnEnd(x, from, end, columns);
    const cell = summarizeColumn(x, y, from, until, floor);
    if (cell) cells.push({ ...cell, column: columns.of(cell.x) });
    from = until;
  }
  const right = findRight(y, end, floor);
  if (right < y.length) addPoint(right, columns.count);
  return cells;
}

function summarizeColumn(
  x: Float64Array,
  y: Float64Array,
  from: number,
  until: number,
  floor: number,
): Omit<Cell, 'column'> | undefined {
  let count = 0;
  let mean = 0;
  let low = Infinity;
  let high = -Infinity;
  let firstX = NaN;
  let lastX = NaN;
  for (let index = from; index < until; index++) {
    const value = y[index] ?? NaN;
    if (!(value > floor && value < Infinity)) continue;
    if (count++ === 0) firstX = x[index] ?? NaN;
    lastX = x[index] ?? NaN;
    // Step by step, since the sum of great values may be infinite.
    mean += value / count - mean / count;
    if (value < low) low = value;
    if (value > high) high = value;
  }
  return count === 0 ? undefined : { x: middle(firstX, lastX), mean, low, high };
}

function middle(one: number, other: number): number {
  return one === other ? one : one / 2 + other / 2;
}

interface Place {
  readonly column: number;
  readonly x: number;
}

/** Where the group has a point: once for each column in which a run has any, and at the edges that lines reach beyond. */
async function findPlaces(
  rows: readonly (readonly Cell[])[],
  { range, count }: PixelColumns,
  pace: Pace,
): Promise<readonly Place[]> {
  const bounds = new Map<number, { low: number; high: number }>();
  for (const cells of rows) {
    for (const { column, x } of cells) {
      const at = column === leftOfAll ? range.from : column === count ? range.to : x;
      const bound = bounds.get(column);
      if (!bound) bounds.set(column, { low: at, high: at });
      else if (at < bound.low) bound.low = at;
      else if (at > bound.high) bound.high = at;
    }
    await pace.rest();
  }
  return [...bounds]
    .map(([column, { low, high }]) => ({ column, x: middle(low, high) }))
    .sort((one, other) => one.column - other.column);
}

/** Goes along a run's cells from place to place. */
class Walk {
  private next = 0;

  constructor(
    private readonly cells: readonly Cell[],
    private readonly columns: PixelColumns,
  ) {}

  /** What the run has at a place; undefined before its first point and after its last. Places come in their order. */
  at(place: Place): Omit<Cell, 'column' | 'x'> | undefined {
    while ((this.cells[this.next]?.column ?? Infinity) < place.column) this.next++;
    const after = this.cells[this.next];
    if (!after) return undefined;
    const isInside = place.column !== leftOfAll && place.column !== this.columns.count;
    if (after.column === place.column && isInside) return after;
    const [one, other] = this.around(place, after);
    if (!one || !other) return undefined;
    const value = this.between(one, other, place.x);
    return { mean: value, low: value, high: value };
  }

  /** The cells to either side of a place that is no cell of its own. */
  private around(place: Place, after: Cell): readonly [Cell | undefined, Cell | undefined] {
    if (place.column === leftOfAll && after.column === leftOfAll) return [after, this.cells[this.next + 1]];
    return [this.cells[this.next - 1], after];
  }

  private between(one: Cell, other: Cell, x: number): number {
    const start = this.columns.place(one.x);
    const share = (this.columns.place(x) - start) / (this.columns.place(other.x) - start);
    const part = Number.isFinite(share) ? Math.min(Math.max(share, 0), 1) : 0;
    return one.mean * (1 - part) + other.mean * part;
  }
}

interface Summary {
  readonly mean: number;
  readonly low: number;
  readonly high: number;
  readonly deviation: number;
}

function summarize(walks: readonly Walk[], place: Place): Summary | undefined {
  let count = 0;
  let mean = 0;
  let squares = 0;
  let low = Infinity;
  let high = -Infinity;
  for (const walk of walks) {
    const cell = walk.at(place);
    if (!cell) continue;
    count++;
    // Welford's way: neither sum grows beyond what a double can say.
    const before = mean;
    mean += cell.mean / count - mean / count;
    squares += (cell.mean - before) * (cell.mean - mean);
    if (cell.low < low) low = cell.low;
    if (cell.high > high) high = cell.high;
  }
  return count === 0 ? undefined : { mean, low, high, deviation: Math.sqrt(Math.max(0, squares) / count) };
}

class DrawnGroup {
  private readonly x: Float64Array;
  private readonly mean: Float64Array;
  private readonly low: Float64Array;
  private readonly high: Float64Array;
  private length = 0;

  constructor(most: number) {
    this.x = new Float64Array(most);
    this.mean = new Float64Array(most);
    this.low = new Float64Array(most);
    this.high = new Float64Array(most);
  }

  add(x: number, summary: Summary | undefined, band: Band): void {
    if (!summary) return;
    const { mean, deviation } = summary;
    const index = this.length++;
    this.x[index] = x;
    this.mean[index] = mean;
    this.low[index] = band === 'deviation' ? mean - deviation : summary.low;
    this.high[index] = band === 'deviation' ? mean + deviation : summary.high;
  }

  line(band: Band): GroupLine {
    const x = this.x.slice(0, this.length);
    const points = { x, y: this.mean.slice(0, this.length) };
    if (band === 'none') return { points };
    return { points, band: { x, y: this.low.slice(0, this.length), high: this.high.slice(0, this.length) } };
  }
}
