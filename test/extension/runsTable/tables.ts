import { Catalog } from '../../../extension/catalog/catalog';
import { HistoryCache } from '../../../extension/histories/historyCache';
import { RunsTable, type RunsTableOptions } from '../../../extension/runsTable/runsTable';
import type { TableState } from '../../../extension/runsTable/tableModel';
import type { MetricPoint, Run } from '../../../extension/tracking/model';
import type { TrackingStore } from '../../../extension/tracking/store';
import { plainArrangement, type Arrangement, type ColumnId } from '../../../webviews/protocol/arrangement';
import type { Cell, TableRow } from '../../../webviews/protocol/runsTable';
import { run } from '../catalog/fixtures';

export type ReadyState = Extract<TableState, { kind: 'ready' }>;

/** A table over a store, and what a view and its panel would do with it. */
export class TableUser {
  readonly catalog: Catalog;
  readonly table: RunsTable;
  private readonly histories: HistoryCache;

  constructor(
    store: TrackingStore,
    { experimentIds = ['1'], ...options }: Partial<RunsTableOptions> = {},
    arrangement: Partial<Arrangement> = {},
  ) {
    this.catalog = new Catalog(store, 100);
    this.histories = new HistoryCache(store);
    this.table = new RunsTable({
      catalog: this.catalog,
      experimentIds,
      histories: () => Promise.resolve(this.histories),
      colorsOf: (ids) => ids.map((_, index) => index % 10),
      directionOf: (metric) => (metric.includes('loss') ? 'lower' : 'higher'),
      ...options,
    });
    this.arrange(arrangement);
  }

  arrange(arrangement: Partial<Arrangement>): void {
    this.table.arrange({ ...plainArrangement, ...arrangement });
  }

  /** The state, once it is so. */
  until(isIt: (state: TableState) => boolean): Promise<TableState> {
    return new Promise((resolve) => {
      const look = (): void => {
        if (!isIt(this.table.state)) return;
        subscription.dispose();
        resolve(this.table.state);
      };
      const subscription = this.table.onDidChange(look);
      look();
    });
  }

  /** The state, once nothing is being read or arranged any more. */
  async rest(): Promise<ReadyState> {
    const state = await this.until((one) => one.kind !== 'loading' && !('reading' in one));
    if (state.kind !== 'ready') throw new Error(`The table is ${state.kind}.`);
    return state;
  }

  /** Arranges it so and waits until it is. */
  async show(arrangement: Partial<Arrangement>): Promise<ReadyState> {
    this.arrange(arrangement);
    return await this.rest();
  }

  rows(columns: readonly ColumnId[] = []): readonly TableRow[] {
    return this.table.rows(0, 1_000_000, columns);
  }

  /** Each row in short: indented by depth, `+` and `-` for what can be opened and closed, a group with its count. */
  outline(): readonly string[] {
    return this.rows().map((row) => {
      const sign = row.fold === 'closed' ? '+' : row.fold === 'open' ? '-' : '';
      if (row.kind === 'group') return `${sign}${row.value ?? '∅'} (${row.runCount})`;
      return `${' '.repeat(row.depth)}${sign}${row.id}`;
    });
  }

  /** The cells of a column, row by row. */
  cells(column: ColumnId): readonly (Cell | undefined)[] {
    return this.rows([column]).map(({ cells }) => cells[0]);
  }

  dispose(): void {
    this.table.dispose();
    this.catalog.dispose();
    this.histories.dispose();
  }
}

/** So many runs, the newest first, `r0000` and so on. */
export function many(
  count: number,
  given: (index: number) => Partial<Omit<Run, 'tags'>> = () => ({}),
): Run[] {
  return Array.from({ length: count }, (_, index) =>
    run(`r${String(index).padStart(4, '0')}`, { startedAt: 1e6 - index, ...given(index) }),
  );
}

export function metric(value: number): MetricPoint {
  return { value, step: 0, timestamp: 0 };
}

export async function collect<T>(parts: AsyncIterable<T>): Promise<readonly T[]> {
  const all: T[] = [];
  for await (const part of parts) all.push(part);
  return all;
}
