import type { Arrangement } from '../protocol/arrangement';
import type { Column } from '../protocol/runsTable';
import { labelOf } from './columnLabel';

/** Where columns are. All lengths are CSS pixels. */

/** What the name's column is called among widths. */
export const nameId = '';
export const narrowest = 48;
export const widest = 1200;

const nameWidth = 250;
/** How much of the view the name may take, and all that stays at the left, so that the rest has room. */
const nameShare = 0.5;
const stuckShare = 0.66;

const widths: Readonly<Record<Column['format'], number>> = {
  text: 140,
  number: 120,
  time: 200,
  duration: 92,
  status: 92,
  trend: 140,
};

const meanWidth = 180;

/** A column in its place; the run's name, which is always the first, is none of the extension's columns. */
export interface LaidColumn {
  readonly column: Column | undefined;
  readonly left: number;
  readonly width: number;
}

export interface ColumnLayout {
  readonly columns: readonly LaidColumn[];
  /** Columns that stay at the left, with the name. */
  readonly stuckCount: number;
  readonly stuckWidth: number;
  /** Columns that the user pinned, with the name; where the view is narrow, not all of them stay. */
  readonly pinnedCount: number;
  readonly width: number;
}

/** Lays the columns out in their order, pinned ones first. */
export function layOutColumns(
  columns: readonly Column[],
  { pinnedColumns, widths: chosen, groupBy }: Pick<Arrangement, 'pinnedColumns' | 'widths' | 'groupBy'>,
  viewWidth: number,
): ColumnLayout {
  const pinned = new Set(pinnedColumns);
  const firstFree = columns.findIndex(({ id }) => !pinned.has(id));
  const pinnedCount = 1 + (firstFree === -1 ? columns.length : firstFree);
  const name = Math.min(widthIn(chosen, nameId, nameWidth), Math.max(120, viewWidth * nameShare));
  const laid: LaidColumn[] = [{ column: undefined, left: 0, width: name }];
  let left = name;
  let stuckCount = 1;
  let stuckWidth = name;
  for (const column of columns) {
    const width = widthIn(chosen, column.id, ownWidth(column, groupBy !== undefined));
    const isNext = laid.length === stuckCount && laid.length < pinnedCount;
    laid.push({ column, left, width });
    left += width;
    if (isNext && left <= viewWidth * stuckShare) [stuckCount, stuckWidth] = [laid.length, left];
  }
  return { columns: laid, stuckCount, stuckWidth, pinnedCount, width: left };
}

function widthIn(chosen: Arrangement['widths'], id: string, otherwise: number): number {
  const width = Object.hasOwn(chosen, id) ? chosen[id] : undefined;
  return clampWidth(width ?? otherwise);
}

export function clampWidth(width: number): number {
  return Math.round(Math.min(Math.max(width, narrowest), widest));
}

/** By what it holds, and by its label as far as that is not a book. Groups have means with deviations. */
function ownWidth(column: Column, isGrouped: boolean): number {
  const label = Math.min(labelOf(column).length * 7 + 44, 220);
  const mean = isGrouped && column.format === 'number' ? meanWidth : 0;
  return Math.max(widths[column.format], label, mean);
}

/** Neighbours of one kind: they have a common heading. */
export interface Band {
  readonly kind: Column['kind'];
  readonly left: number;
  readonly width: number;
}

/** The bands of columns `from` to `to` (exclusive). */
export function bandsOf({ columns }: ColumnLayout, from: number, to: number): readonly Band[] {
  const bands: Band[] = [];
  for (const { column, left, width } of columns.slice(from, to)) {
    if (!column) continue;
    const last = bands.at(-1);
    if (last?.kind === column.kind) bands.splice(-1, 1, { ...last, width: left + width - last.left });
    else bands.push({ kind: column.kind, left, width });
  }
  return bands;
}
