import type {
  ChartData,
  ChartQuery,
  Direction,
  ExactPoint,
  FileExport,
  HistoryExport,
  PointQuery,
} from '../protocol/metrics';
import type { Arrangement } from './arrangement';
import type { Cursor } from './cursor';
import type { ChartLine } from './lines';
import type { Palette } from '../shared/palette';
import type { Arrange } from './toolbar';

/** What all charts know and can do. */

export interface ChartContext {
  readonly arrangement: Arrangement;
  readonly lines: readonly ChartLine[];
  /** The lines that are drawn, as one text: another one asks for other points. */
  readonly drawnKey: string;
  readonly palette: Palette;
  /** The line that stands out in all charts. */
  readonly emphasis: string | undefined;
  /** By run. */
  readonly names: ReadonlyMap<string, string>;
}

export interface ChartServices {
  readonly arrange: Arrange;
  readonly cursor: Cursor;
  loadChart(query: ChartQuery, signal: AbortSignal): Promise<ChartData>;
  readPoints(query: PointQuery, signal: AbortSignal): Promise<readonly ExactPoint[]>;
  exportHistory(what: HistoryExport): Promise<boolean>;
  saveFile(file: FileExport): Promise<boolean>;
  copy(text: string): Promise<unknown>;
  openRun(runId: string): void;
  setDirection(metric: string, direction: Direction): void;
  /** To those who do not see it. */
  say(text: string): void;
  /** Something that the user asked for did not work. */
  readonly report: (error: unknown) => void;
}
