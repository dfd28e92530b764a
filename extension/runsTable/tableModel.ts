import type { Disposable, Event } from '../catalog/emitter';
import type { Arrangement, ColumnId } from '../../webviews/protocol/arrangement';
import type {
  Cell,
  Column,
  Facets,
  TableFacts,
  TableRow,
  Trend,
  TrendsQuery,
} from '../../webviews/protocol/runsTable';

/** What a table of runs shows now. */
export type TableState =
  /** The first runs are being read, or are not asked for yet. */
  | { readonly kind: 'loading' }
  /** Nothing could be read. */
  | { readonly kind: 'failed'; readonly error: unknown }
  | ({ readonly kind: 'ready' } & Omit<TableFacts, 'experiments' | 'views' | 'sharing'>);

/**
 * The runs of some experiments as a table: read page by page, kept in columns, found, sorted, nested, grouped and folded as they
 * are arranged. One for each panel; it ends with it. Nothing it does holds the thread for more than 20 ms.
 */
export interface TableModel extends Disposable {
  /** Fires when the state is another; soon after, not for each run. */
  readonly onDidChange: Event<void>;
  readonly state: TableState;

  /** Shows what this arrangement says from now on; reads again only where the search or the store's order is another. */
  arrange(arrangement: Arrangement): void;

  /** Rows `from` to `to` (exclusive) with these columns' cells; fewer at the end. Has more runs read when the end is near. */
  rows(from: number, to: number, columns: readonly ColumnId[]): readonly TableRow[];
  /** The shown columns in their order, pinned ones first. */
  columns(): readonly Column[];
  /** All columns there are, in their own order. */
  allColumns(): readonly Column[];
  /** The ids of the runs in these rows. */
  runIds(from: number, to: number): readonly string[];
  /** The next row from there, going round, whose run's name begins so in any case; -1 if there is none. */
  findRow(prefix: string, from: number): number;
  facets(): Facets;
  /** Up to so many different values of a column, the most frequent first: for completions. */
  values(column: ColumnId, limit: number): readonly string[];
  /** Statistics and sparklines of a metric. Rejects only when aborted. */
  trends(query: TrendsQuery, signal: AbortSignal): Promise<readonly Trend[]>;

  /** Loaded runs in their order, or those named, with the cells of the columns, in pieces that do not block. */
  exportRows(
    runIds: readonly string[],
    columns: readonly ColumnId[],
    signal: AbortSignal,
  ): AsyncIterable<readonly ExportedRun[]>;

  /** Reads all runs there are. */
  readAll(): void;
  /** Reads no more; what is there stays. */
  stopReading(): void;
  /** Reads again what is loaded, keeping the old until it is there. Never rejects: a failure is a note, or the state. */
  refresh(): Promise<void>;
  /** The store or a run changed: reads again what is concerned, quietly. Without ids, whatever is loaded. */
  follow(runIds?: readonly string[]): void;
  /** Unfinished runs among rows that were lately asked for: worth being watched. */
  unfinished(): readonly { readonly experimentId: string; readonly runId: string }[];
}

/** A run for a file: cells in the order of the asked columns; group cells never occur. */
export interface ExportedRun {
  readonly id: string;
  readonly name: string;
  readonly cells: readonly Exclude<Cell, object>[];
}
