import { event, request } from './channel';
import { isArrayOf, isBoolean, isNumber, isOneOf, isRecordOf, isText } from './guards';
import {
  isArrangement,
  type Arrangement,
  type ColumnId,
  type ColumnKind,
  type MetricStatistic,
} from './arrangement';
import type { Direction, Points } from './metrics';
import type { RunStatus } from './runSummary';

/**
 * The runs of one or several experiments as a table. The extension keeps the runs and arranges them; the view asks for the
 * cells that are in sight, by row and column, and asks again when the version of the rows is another. All text is a stranger's.
 */

/** What survives a restart of VS Code, together with the arrangement. */
export interface RunsTableSubject {
  readonly connectionUri: string;
  readonly experimentIds: readonly string[];
}

export const isRunsTableSubject = isRecordOf<RunsTableSubject>({
  connectionUri: isText,
  experimentIds: isArrayOf(isText),
});

const isIds = isArrayOf(isText);

export type RunsTableSnapshot =
  | { readonly kind: 'loading'; readonly subject: RunsTableSubject; readonly arrangement: Arrangement }
  | {
      readonly kind: 'failed';
      readonly subject: RunsTableSubject;
      readonly arrangement: Arrangement;
      readonly cause: string;
    }
  | {
      readonly kind: 'ready';
      readonly subject: RunsTableSubject;
      readonly arrangement: Arrangement;
      readonly table: TableFacts;
    };

/** What there is to show, but for columns and cells. */
export interface TableFacts {
  readonly experiments: readonly { readonly id: string; readonly name: string }[];
  /** Another whenever rows or cells may be others than before. */
  readonly version: number;
  /** Another whenever the shown columns, or what is known of them, are others than before. */
  readonly columnsVersion: number;
  /** Rows as they are shown now: nested, grouped, folded. The first `pinnedCount` are the pinned runs. */
  readonly rowCount: number;
  readonly pinnedCount: number;
  /** Runs that are loaded and found. */
  readonly runCount: number;
  /** The store has more. They are read as somebody scrolls towards the end. */
  readonly hasMore: boolean;
  /** Rows are being read, or brought in order. `all`: all runs on purpose, which `stopReading` ends. */
  readonly reading?: { readonly all: boolean; readonly why: string };
  /** What could not be read or done, in one sentence each. */
  readonly notes: readonly string[];
  readonly views: readonly SavedView[];
  /** Whether views can be shared in the experiment's tags, else why not. */
  readonly sharing: { readonly isPossible: boolean; readonly why?: string };
}

/** An arrangement that was saved by name, here or for all who see the experiment. */
export interface SavedView {
  readonly name: string;
  readonly isShared: boolean;
}

/** A column as the table or the choice of columns shows it. */
export interface Column {
  readonly id: ColumnId;
  readonly kind: ColumnKind;
  readonly key: string;
  /** Of metrics only. */
  readonly statistic?: MetricStatistic;
  /** What its cells hold. Times are milliseconds since the epoch, durations milliseconds. */
  readonly format: 'text' | 'number' | 'time' | 'duration' | 'status' | 'trend';
  /** How many of the loaded runs have something in it. */
  readonly valueCount: number;
  /** Not all loaded runs agree in it; one that lacks it does not agree. */
  readonly differs: boolean;
  /** The lowest and highest finite number, where it holds numbers. */
  readonly range?: { readonly min: number; readonly max: number };
  /** Which values are better; of metrics only. */
  readonly direction?: Direction;
  /** Sorting by it needs all runs, since the store cannot. */
  readonly sortsHere: boolean;
  /** It can be what runs are grouped by. */
  readonly isGroupable: boolean;
}

/** Extension → view: all there is to show but columns and cells, replacing what was there. */
export const show = event<RunsTableSnapshot>('runsTable/show');

/** View → extension: arrange it so. Answered by `show`. */
export const arrange = event<Arrangement>('runsTable/arrange', isArrangement);

/** View → extension: the columns that are shown, in their order, pinned ones first. */
export const loadColumns = request<null, readonly Column[]>(
  'runsTable/loadColumns',
  (value): value is null => value === null,
);

/** View → extension: all columns there are, shown or not, in their own order. */
export const loadAllColumns = request<null, readonly Column[]>(
  'runsTable/loadAllColumns',
  (value): value is null => value === null,
);

/** What a cell holds: text as the store has it (numbers too: NaN has no place in JSON), nothing, or what a group has. */
export type Cell = string | null | GroupCell;

/** Of the finite numbers that the runs of a group have. Without `mean`: how many different values there are. */
export interface GroupCell {
  readonly count: number;
  readonly mean?: number;
  /** The sample's standard deviation; absent for a single value. */
  readonly deviation?: number;
  /** What all runs of the group that have something have. */
  readonly text?: string;
}

export type TableRow = RunRow | GroupRow;

export interface RunRow {
  readonly kind: 'run';
  readonly id: string;
  readonly name: string;
  readonly status: RunStatus;
  readonly isDeleted: boolean;
  /** Which of the palette's colours and dashes it has: the same in tree, table and chart. */
  readonly color: number;
  readonly isPinned: boolean;
  /** How deep it is nested, from 0. */
  readonly depth: number;
  /** Of runs with nested runs. */
  readonly fold?: 'open' | 'closed';
  /** What is wrong with the run as it lies in the store. */
  readonly problem?: string;
  readonly cells: readonly Cell[];
}

export interface GroupRow {
  readonly kind: 'group';
  /** What `Arrangement.open` names it by. */
  readonly id: string;
  /** The value that its runs share; null for runs that have none. */
  readonly value: string | null;
  readonly runCount: number;
  readonly fold: 'open' | 'closed';
  readonly cells: readonly Cell[];
}

export interface RowsQuery {
  readonly from: number;
  /** Exclusive; at most 500 rows. */
  readonly to: number;
  /** At most 300. */
  readonly columns: readonly ColumnId[];
}

export interface Rows {
  /** The version of the rows that these are. */
  readonly version: number;
  readonly rows: readonly TableRow[];
}

/** View → extension: the rows and of them these cells. Asking for the last rows has more of them read. */
export const loadRows = request<RowsQuery, Rows>(
  'runsTable/loadRows',
  isRecordOf<RowsQuery>({ from: isNumber, to: isNumber, columns: isIds }),
);

/** A metric of a run over its whole history. Numbers are text, since NaN has no place in JSON. */
export interface Trend {
  readonly runId: string;
  readonly min?: string;
  readonly max?: string;
  readonly best?: string;
  /** By step, at most two points for each pixel column. */
  readonly points: Points;
  /** Why it could not be read. */
  readonly cause?: string;
}

export interface TrendsQuery {
  readonly metric: string;
  /** At most 100. */
  readonly runIds: readonly string[];
  /** How many pixel columns a sparkline has. */
  readonly pixels: number;
}

/** View → extension: what the statistics and trends of a metric are. Slow over a server: cancelled when it scrolled out of sight. */
export const loadTrends = request<TrendsQuery, readonly Trend[]>(
  'runsTable/loadTrends',
  isRecordOf<TrendsQuery>({ metric: isText, runIds: isIds, pixels: isNumber }),
);

/** View → extension: the ids of the runs in these rows, groups left out: for selecting what is not in sight. */
export const loadRunIds = request<{ readonly from: number; readonly to: number }, readonly string[]>(
  'runsTable/loadRunIds',
  isRecordOf({ from: isNumber, to: isNumber }),
);

/** View → extension: the next row at or after `from`, and then from the first, whose name begins so; -1 if there is none. */
export const findRow = request<{ readonly prefix: string; readonly from: number }, number>(
  'runsTable/findRow',
  isRecordOf({ prefix: isText, from: isNumber }),
);

export interface FacetValue {
  readonly value: string;
  /** Of the loaded runs. */
  readonly count: number;
}

export interface Facets {
  readonly statuses: readonly FacetValue[];
  readonly users: readonly FacetValue[];
  readonly datasets: readonly FacetValue[];
}

/** View → extension: what the loaded runs can be narrowed down by. */
export const loadFacets = request<null, Facets>(
  'runsTable/loadFacets',
  (value): value is null => value === null,
);

/** What a text in the filter box is. */
export type FilterCheck =
  | { readonly kind: 'none' | 'name' | 'filter' }
  | {
      readonly kind: 'invalid';
      readonly message: string;
      /** The characters that are wrong. */
      readonly offset: number;
      readonly length: number;
    };

/** View → extension: whether the text is a filter in MLflow's grammar. */
export const checkFilter = request<{ readonly text: string }, FilterCheck>(
  'runsTable/checkFilter',
  isRecordOf({ text: isText }),
);

export interface Completion {
  /** What replaces the characters. */
  readonly insert: string;
  readonly label: string;
  /** What it is, in a word or two: `metric`, `param`, `operator`, `value`, `recent`. */
  readonly detail: string;
}

export interface Completions {
  /** The characters that a completion replaces; `to` exclusive. */
  readonly from: number;
  readonly to: number;
  readonly items: readonly Completion[];
}

/** View → extension: what may stand at this place: keys, operators and values from the data; for an empty text, what was searched for before. */
export const completeFilter = request<{ readonly text: string; readonly offset: number }, Completions>(
  'runsTable/completeFilter',
  isRecordOf({ text: isText, offset: isNumber }),
);

const runActions = [
  ...(['open', 'compare', 'chart', 'openInBrowser', 'copyIds'] as const),
  ...(['rename', 'editTags', 'delete'] as const),
] as const;
export type RunAction = (typeof runActions)[number];

/** View → extension: do this with these runs. Settles when it is done, or rejects with what is wrong. */
export const actOnRuns = request<{ readonly action: RunAction; readonly runIds: readonly string[] }, null>(
  'runsTable/actOnRuns',
  isRecordOf({ action: isOneOf(...runActions), runIds: isIds }),
);

const exportFormats = ['csv', 'json', 'markdown'] as const;
export type ExportFormat = (typeof exportFormats)[number];

export interface RunsExport {
  readonly format: ExportFormat;
  readonly to: 'file' | 'clipboard';
  /** Empty for all runs that are found, in their order. */
  readonly runIds: readonly string[];
  /** The shown columns, or all. */
  readonly columns: 'shown' | 'all';
}

/** View → extension: export runs. Tells how many were, or null if the user turned away. */
export const exportRuns = request<RunsExport, { readonly runCount: number } | null>(
  'runsTable/exportRuns',
  isRecordOf<RunsExport>({
    format: isOneOf(...exportFormats),
    to: isOneOf('file', 'clipboard'),
    runIds: isIds,
    columns: isOneOf('shown', 'all'),
  }),
);

const viewActions = ['save', 'open', 'delete'] as const;

/** View → extension: save the present arrangement under a name, show a saved one, or delete it. Rejects with what is wrong. */
export const actOnView = request<SavedView & { readonly action: (typeof viewActions)[number] }, null>(
  'runsTable/actOnView',
  isRecordOf({ action: isOneOf(...viewActions), name: isText, isShared: isBoolean }),
);

/** View → extension: read the runs again, or try again after a failure. Settles when the new state was sent. */
export const refresh = request<null, null>('runsTable/refresh', (value): value is null => value === null);

/** View → extension: read all runs, not only those that were scrolled to. */
export const readAll = event<null>('runsTable/readAll', (value): value is null => value === null);

/** View → extension: read no more of them. */
export const stopReading = event<null>('runsTable/stopReading', (value): value is null => value === null);
