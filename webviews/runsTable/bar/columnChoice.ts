import type { Arrangement, ColumnId, ColumnKind } from '../../protocol/arrangement';
import type { Column } from '../../protocol/runsTable';
import { kindLabels, labelOf } from '../columnLabel';

/** Which columns are shown, as somebody chooses them. Pure. */

/** Columns of a kind whose name holds all words, in their order. */
export interface ColumnGroup {
  readonly kind: ColumnKind;
  readonly label: string;
  readonly columns: readonly Column[];
}

export function groupColumns(columns: readonly Column[], query: string): readonly ColumnGroup[] {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean);
  const found = columns.filter((column) => {
    const text = `${kindLabels[column.kind]} ${labelOf(column)} ${column.key}`.toLowerCase();
    return words.every((word) => text.includes(word));
  });
  const kinds = [...new Set(found.map(({ kind }) => kind))];
  return kinds.map((kind) => ({
    kind,
    label: kindLabels[kind],
    columns: found.filter((column) => column.kind === kind),
  }));
}

/** The arrangement with these columns shown or not; whether they are by themselves does not matter. */
export function showColumns(
  { hidden, added, pinnedColumns }: Arrangement,
  ids: readonly ColumnId[],
  isShown: boolean,
): Pick<Arrangement, 'hidden' | 'added' | 'pinnedColumns'> {
  const chosen = new Set(ids);
  const without = (all: readonly ColumnId[]) => all.filter((id) => !chosen.has(id));
  return isShown
    ? { hidden: without(hidden), added: [...without(added), ...ids], pinnedColumns }
    : { hidden: [...without(hidden), ...ids], added: without(added), pinnedColumns: without(pinnedColumns) };
}
