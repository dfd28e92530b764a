import type {
  Column,
  Rows,
  RowsQuery,
  RunAction,
  RunsExport,
  Trend,
  TrendsQuery,
} from '../protocol/runsTable';

/** What the grid asks of the extension. */
export interface TableSource {
  loadColumns(): Promise<readonly Column[]>;
  loadRows(query: RowsQuery, signal: AbortSignal): Promise<Rows>;
  loadTrends(query: TrendsQuery, signal: AbortSignal): Promise<readonly Trend[]>;
  loadRunIds(range: { readonly from: number; readonly to: number }): Promise<readonly string[]>;
  findRow(prefix: string, from: number): Promise<number>;
  actOnRuns(action: RunAction, runIds: readonly string[]): Promise<unknown>;
  exportRuns(wanted: RunsExport): Promise<{ readonly runCount: number } | null>;
  copy(text: string): Promise<unknown>;
}
