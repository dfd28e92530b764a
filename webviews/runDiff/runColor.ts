import type { RunColumn } from '../protocol/runDiff';

/** The place of a run's colour in the palette: the one that it has in the charts, where that is known. */
export function colorPlaceOf({ color }: RunColumn, index: number): number {
  return color ?? index;
}
