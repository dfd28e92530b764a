import { columnIdOf, type Arrangement, type SortKey } from '../../webviews/protocol/arrangement';
import { readColumnId } from './columnIds';
import { orderByStore } from './composeQuery';
import type { MetricStatistics } from './metricStatistics';
import type { RunColumns } from './runColumns';
import { sortRuns, type SortColumn } from './sortRuns';

/** What an arrangement sorts by, each column once: stores reject the same twice. */
export function listSortKeys({ sort }: Pick<Arrangement, 'sort'>): readonly SortKey[] {
  return sort.filter(({ column }, index) => sort.findIndex((one) => one.column === column) === index);
}

/** The keys as the store takes them, empty for its own order; undefined where runs must be sorted here. */
export function listStoreOrder(keys: readonly SortKey[]): readonly string[] | undefined {
  const clauses = keys.map(orderByStore);
  return clauses.every((clause) => clause !== undefined) ? clauses : undefined;
}

/** Whether runs must all be there, since the store can neither sort nor group them so. */
export function needsAllRuns(arrangement: Arrangement): boolean {
  return arrangement.groupBy !== undefined || listStoreOrder(listSortKeys(arrangement)) === undefined;
}

/** The slots as the keys say. */
export function sortByKeys(
  slots: Int32Array,
  keys: readonly SortKey[],
  columns: RunColumns,
  statistics: MetricStatistics,
): Promise<Int32Array> {
  return sortRuns(
    slots,
    keys.map((key) => toSortColumn(key, columns, statistics)),
    columns,
  );
}

/** A trend is sorted by where it ends. */
function toSortColumn(key: SortKey, columns: RunColumns, statistics: MetricStatistics): SortColumn {
  const name = readColumnId(key.column);
  const { isDescending } = key;
  if (!name) return { column: undefined, isDescending, as: 'natural' };
  const isPlain = name.statistic === 'last' || name.statistic === 'trend';
  const column = isPlain ? columns.column(name.kind, name.key) : statistics.column(name.key, name.statistic);
  return { column, isDescending, as: sortedAs(key, name.kind, name.key) };
}

const numberAttributes: ReadonlySet<string> = new Set(['start_time', 'end_time', 'duration']);

function sortedAs(key: SortKey, kind: string, name: string): SortColumn['as'] {
  if (kind === 'metrics' || (kind === 'attributes' && numberAttributes.has(name))) return 'numbers';
  return orderByStore({ ...key, column: columnIdOf(kind as 'tags', name) }) === undefined
    ? 'natural'
    : 'texts';
}
