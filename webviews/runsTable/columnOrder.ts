import type { Arrangement, ColumnId, SortKey } from '../protocol/arrangement';

/** Arrangements of columns and sort keys, as pure values. */

/** Moves a shown column, by its place among all shown; pinned ones move among themselves, as do the others. */
export function moveColumn(
  { order, pinnedColumns }: Pick<Arrangement, 'order' | 'pinnedColumns'>,
  shown: readonly ColumnId[],
  from: number,
  to: number,
): Partial<Arrangement> {
  const pinned = shown.filter((id) => pinnedColumns.includes(id));
  const id = shown[from];
  if (id === undefined) return {};
  if (from < pinned.length) {
    const gone = pinnedColumns.filter((other) => !pinned.includes(other));
    return { pinnedColumns: [...moved(pinned, from, Math.min(to, pinned.length - 1)), ...gone] };
  }
  const free = shown.slice(pinned.length);
  const [start, end] = [from - pinned.length, Math.max(0, Math.min(to - pinned.length, free.length - 1))];
  // Who stands behind keeps its place without being named, unless it was named before.
  const named = moved(free, start, end).slice(0, Math.max(start, end) + 1);
  const set = new Set(named);
  return { order: [...named, ...order.filter((other) => !set.has(other))] };
}

function moved<T>(items: readonly T[], from: number, to: number): readonly T[] {
  const result = [...items];
  result.splice(to, 0, ...result.splice(from, 1));
  return result;
}

/** The next order of a column that is clicked: up, down, none. `isAdded` keeps what it is sorted by already. */
export function cycleSort(sort: readonly SortKey[], column: ColumnId, isAdded: boolean): readonly SortKey[] {
  const present = sort.find((key) => key.column === column);
  const next = !present ? { column, isDescending: false } : { column, isDescending: true };
  const isDone = present?.isDescending === true;
  if (!isAdded) return isDone ? [] : [next];
  if (isDone) return sort.filter((key) => key !== present);
  return present ? sort.map((key) => (key === present ? next : key)) : [...sort, next];
}

/** Sorts by a column in this direction, first of all or after the others. */
export function sortBy(
  sort: readonly SortKey[],
  column: ColumnId,
  isDescending: boolean,
  isAdded: boolean,
): readonly SortKey[] {
  const others = sort.filter((key) => key.column !== column);
  return isAdded ? [...others, { column, isDescending }] : [{ column, isDescending }];
}

/** The list without the item if it is in, with it if it is not. */
export function toggled<T>(items: readonly T[], item: T): readonly T[] {
  return items.includes(item) ? items.filter((other) => other !== item) : [...items, item];
}
