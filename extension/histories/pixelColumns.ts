/** A range of x, both ends included. On a logarithmic axis both are above 0. */
export interface XRange {
  readonly from: number;
  readonly to: number;
}

/** Where the pixel columns of a plot lie in a range of x. */
export class PixelColumns {
  private readonly start: number;
  private readonly scale: number;

  constructor(
    readonly range: XRange,
    readonly count: number,
    readonly isLogX: boolean,
  ) {
    this.start = this.place(range.from);
    const scale = count / (this.place(range.to) - this.start);
    // Of a range without width, or of one wider than a double can say, all is one column.
    this.scale = Number.isFinite(scale) && scale > 0 ? scale : 0;
  }

  /** The column of an x in the range, from 0; it never falls as x rises. */
  of(x: number): number {
    const column = Math.floor((this.place(x) - this.start) * this.scale);
    return column < this.count ? column : this.count - 1;
  }

  /** Where x lies on the axis, in no particular unit: straight lines are straight in it. */
  place(x: number): number {
    return this.isLogX ? Math.log(x) : x;
  }
}

/** The first index whose x is at least `value`; `x` ascends. */
export function lowerBound(x: Float64Array, value: number): number {
  return findFirst(x.length, (index) => (x[index] ?? NaN) >= value);
}

/** The first index whose x is above `value`; `x` ascends. */
export function upperBound(x: Float64Array, value: number): number {
  return findFirst(x.length, (index) => (x[index] ?? NaN) > value);
}

/** The indices of the points in the range: from `start` to before `end`. On a logarithmic axis only those above 0. */
export function findRange(
  x: Float64Array,
  { range, isLogX }: Pick<PixelColumns, 'range' | 'isLogX'>,
): { readonly start: number; readonly end: number } {
  const start = Math.max(lowerBound(x, range.from), isLogX ? upperBound(x, 0) : 0);
  return { start, end: Math.max(start, upperBound(x, range.to)) };
}

/** Where the run of points in the column of the point at `from` ends, at `end` at the latest. Few looks: it gallops. */
export function findColumnEnd(x: Float64Array, from: number, end: number, columns: PixelColumns): number {
  const column = columns.of(x[from] ?? NaN);
  const isBeyond = (index: number) => columns.of(x[index] ?? NaN) > column;
  let low = from + 1;
  let step = 1;
  while (low < end && !isBeyond(Math.min(low + step, end) - 1)) {
    low = Math.min(low + step, end);
    step *= 2;
  }
  const high = Math.min(low + step, end);
  return low >= end ? end : low + findFirst(high - low, (offset) => isBeyond(low + offset));
}

/** The first of `length` indices for which `isIt` holds, which then holds for all that follow; else `length`. */
function findFirst(length: number, isIt: (index: number) => boolean): number {
  let low = 0;
  let high = length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (isIt(middle)) high = middle;
    else low = middle + 1;
  }
  return low;
}
