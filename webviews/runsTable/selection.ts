/** Which runs are selected, by id: they stay selected when rows move. Pure. */

export interface Selection {
  readonly ids: ReadonlySet<string>;
  /** The row that a range begins at. */
  readonly anchor: number;
}

export const nothingSelected: Selection = { ids: new Set(), anchor: 0 };

export function selectOnly(row: number, id: string): Selection {
  return { ids: new Set([id]), anchor: row };
}

export function toggleSelected({ ids }: Selection, row: number, id: string): Selection {
  const next = new Set(ids);
  if (!next.delete(id)) next.add(id);
  return { ids: next, anchor: row };
}

/** The rows from the anchor to here, `to` exclusive. */
export function rangeTo({ anchor }: Selection, row: number): { readonly from: number; readonly to: number } {
  return { from: Math.min(anchor, row), to: Math.max(anchor, row) + 1 };
}

/** Selects a range in place of what was selected, or beside it. */
export function selectRange(
  { ids, anchor }: Selection,
  range: readonly string[],
  isAdded: boolean,
): Selection {
  return { ids: new Set(isAdded ? [...ids, ...range] : range), anchor };
}
