import type { Mark } from '../../webviews/protocol/metrics';
import { findRange, type PixelColumns } from '../histories/pixelColumns';

const kinds = [
  'nan',
  'infinity',
  'negativeInfinity',
  'nonPositive',
] as const satisfies readonly Mark['kind'][];

/**
 * The points in the range that have no place on the y axis: one x for each pixel column that has any, and how many they
 * are. On a logarithmic axis of y, values ≤ 0 are among them. Kinds without any point are left out.
 */
export function findMarks(
  x: Float64Array,
  y: Float64Array,
  columns: PixelColumns,
  isLogY: boolean,
): readonly Mark[] {
  const floor = isLogY ? 0 : -Infinity;
  const { start, end } = findRange(x, columns);
  const tallies = kinds.map(() => new Tally());
  for (let index = start; index < end; index++) {
    const value = y[index] ?? NaN;
    if (value > floor && value < Infinity) continue;
    const at = x[index] ?? NaN;
    tallies[kindOf(value)]?.add(at, columns.of(at));
  }
  return kinds.flatMap((kind, index) => tallies[index]?.toMark(kind) ?? []);
}

/** Marks of several series as one: each kind once, one x a column. */
export function joinMarks(marks: readonly Mark[], columns: PixelColumns): readonly Mark[] {
  return kinds.flatMap((kind) => {
    const same = marks.filter((mark) => mark.kind === kind);
    if (same.length < 2) return same;
    const all = same.flatMap((mark) => Array.from(mark.x)).sort((one, other) => one - other);
    const tally = new Tally();
    for (const x of all) tally.add(x, columns.of(x));
    const count = same.reduce((sum, mark) => sum + mark.count, 0);
    return [{ kind, x: Float64Array.from(tally.x), count }];
  });
}

function kindOf(value: number): number {
  if (Number.isNaN(value)) return 0;
  if (value === Infinity) return 1;
  return value === -Infinity ? 2 : 3;
}

class Tally {
  readonly x: number[] = [];
  private count = 0;
  private lastColumn = -1;

  add(x: number, column: number): void {
    this.count++;
    if (column !== this.lastColumn) this.x.push(x);
    this.lastColumn = column;
  }

  toMark(kind: Mark['kind']): Mark | undefined {
    return this.count === 0 ? undefined : { kind, x: Float64Array.from(this.x), count: this.count };
  }
}
