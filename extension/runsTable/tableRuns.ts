import type { Catalog } from '../catalog/catalog';
import type { Disposable } from '../catalog/emitter';
import type { LifecycleView } from '../tracking/store';
import type { Arrangement, ColumnId, SortKey } from '../../webviews/protocol/arrangement';
import { readColumnId } from './columnIds';
import { composeQuery, isSearching } from './composeQuery';
import { layOutRows, type DisplayRows, type RunGroup } from './displayRows';
import { MetricStatistics, type MetricStatisticsOptions } from './metricStatistics';
import { listSortKeys, sortByKeys } from './orderRuns';
import { RunColumns } from './runColumns';
import { RunReader } from './runReader';
import type { ValueColumn } from './valueColumn';

export interface TableRunsOptions extends Pick<MetricStatisticsOptions, 'histories' | 'directionOf'> {
  readonly catalog: Pick<
    Catalog,
    'searchRuns' | 'getRuns' | 'findRun' | 'renewRuns' | 'findExperiment' | 'view'
  >;
  readonly experimentIds: readonly string[];
  /** In milliseconds since the epoch. */
  readonly now?: () => number;
}

/** The runs of one search in one order of the store's: read, kept in columns, and with what is known of their metrics. */
export class TableRuns implements Disposable {
  readonly columns: RunColumns;
  readonly reader: RunReader;
  readonly statistics: MetricStatistics;
  private readonly closing = new AbortController();
  private readonly searchKey: string;
  private sorted: { readonly key: string; readonly order: Int32Array } | undefined;

  constructor(
    options: TableRunsOptions,
    { search }: Arrangement,
    /** What the store orders by; empty for newest first. */
    private readonly orderBy: readonly string[],
  ) {
    const { catalog, experimentIds, now = Date.now } = options;
    this.searchKey = keyOfSearch(search, catalog.view);
    this.columns = new RunColumns((id) => catalog.findExperiment(id)?.name ?? id);
    this.statistics = new MetricStatistics({ ...options, columns: this.columns });
    this.reader = new RunReader({
      catalog,
      experimentIds,
      columns: this.columns,
      query: () => composeQuery(search, orderBy, catalog.view, now()),
      bringsParents: !isSearching(search),
    });
  }

  /** Whether these are the runs that such an arrangement is about, read or to be read in an order that will do. */
  fits({ search }: Arrangement, view: LifecycleView, storeOrder: readonly string[] | undefined): boolean {
    if (keyOfSearch(search, view) !== this.searchKey) return false;
    return storeOrder === undefined || !this.reader.hasMore || this.isOrderedBy(storeOrder);
  }

  /** What must be as it was for the order of the runs to be so, too. */
  get revision(): string {
    return [this.reader.revision, this.columns.revision, this.statistics.revision].join(' ');
  }

  /**
   * The slots of the loaded runs in order; as the store gave them where that is it. Only where runs are nested, ancestors that
   * no page brought yet are among them: their pages come later.
   */
  async order(arrangement: Arrangement, storeOrder: readonly string[] | undefined): Promise<Int32Array> {
    const { reader } = this;
    const keys = listSortKeys(arrangement);
    const isWithAncestors = isNesting(arrangement);
    const key = JSON.stringify([this.revision, keys, isWithAncestors]);
    if (this.sorted?.key === key) return this.sorted.order;
    const found = Int32Array.from(reader.found);
    const ahead = [...(isWithAncestors ? reader.ancestors : [])].filter((slot) => !reader.found.has(slot));
    const isSorted =
      storeOrder !== undefined && this.isOrderedBy(storeOrder) && (reader.hasMore || keys.length === 0);
    const order = isSorted
      ? Int32Array.from([...found, ...(await this.sort(Int32Array.from(ahead), keys))])
      : await this.sort(Int32Array.from([...found, ...ahead]), keys);
    this.sorted = { key, order };
    return order;
  }

  /** Aborted when nobody is interested in these runs any more. */
  get signal(): AbortSignal {
    return this.closing.signal;
  }

  dispose(): void {
    this.closing.abort();
  }

  /** Rows of these slots: grouped, nested and folded as it is arranged. */
  layOut(
    order: Int32Array,
    pinned: readonly number[],
    groups: readonly RunGroup[] | undefined,
    arrangement: Arrangement,
  ): DisplayRows {
    const { open, opensAll } = arrangement;
    const named = new Set(open);
    return layOutRows({
      order,
      pinned,
      ...(groups && { groups }),
      ...(isNesting(arrangement) && { parentOf: (slot) => this.parentOf(slot) }),
      isOpen: (slot) => named.has(this.columns.facts(slot)?.id ?? '') !== opensAll,
      isGroupOpen: ({ id }) => named.has(id) !== opensAll,
    });
  }

  /** Slots of those of the runs that are loaded. */
  slotsOf(runIds: readonly string[]): readonly number[] {
    return [...new Set(runIds)].flatMap((id) => this.columns.slotOf(id) ?? []);
  }

  /** A column's cells; undefined where no run has any, and for trends, which are no text. */
  values(id: ColumnId): ValueColumn | undefined {
    const name = readColumnId(id);
    if (!name) return undefined;
    const { kind, key, statistic } = name;
    return statistic === 'last' ? this.columns.column(kind, key) : this.statistics.column(key, statistic);
  }

  /** The slot of the run that one is nested in; negative if that is not loaded. */
  private parentOf(slot: number): number {
    const parentId = this.columns.facts(slot)?.parentId;
    return parentId === undefined ? -1 : (this.columns.slotOf(parentId) ?? -1);
  }

  private sort(slots: Int32Array, keys: readonly SortKey[]): Promise<Int32Array> {
    return sortByKeys(slots, keys, this.columns, this.statistics);
  }

  private isOrderedBy(storeOrder: readonly string[]): boolean {
    return JSON.stringify(storeOrder) === JSON.stringify(this.orderBy);
  }
}

/** Whether runs stand under their parents. */
function isNesting({ isNested, search, groupBy }: Arrangement): boolean {
  return isNested && groupBy === undefined && !isSearching(search);
}

function keyOfSearch(search: Arrangement['search'], view: LifecycleView): string {
  const { text, status, startedWithin, dataset, user, isDeleted } = search;
  return JSON.stringify([text.trim(), status, startedWithin, dataset, user, isDeleted === true, view]);
}
