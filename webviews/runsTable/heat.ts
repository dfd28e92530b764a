import type { Column } from '../protocol/runsTable';

/** How many shades there are, beside none. */
export const shades = 8;

/** The shade of a value between the lowest and the highest of its column: 0 for none, `shades` for the best. */
export function shadeOf({ range, direction }: Pick<Column, 'range' | 'direction'>, value: string): number {
  if (!range || value.trim() === '') return 0;
  const number = Number(value);
  const span = range.max - range.min;
  if (!Number.isFinite(number) || !(span > 0)) return 0;
  // Halves first: the span of two huge numbers may be infinite.
  const share = Number.isFinite(span)
    ? (number - range.min) / span
    : (number / 2 - range.min / 2) / (range.max / 2 - range.min / 2);
  const place = Math.min(Math.max(share, 0), 1);
  return Math.round((direction === 'lower' ? 1 - place : place) * shades);
}
