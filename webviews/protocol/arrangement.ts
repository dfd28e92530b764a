import { isArrayOf, isBoolean, isNumber, isOneOf, isOptional, isRecordOf, isText } from './guards';
import type { RunStatus } from './runSummary';

/** How a table of runs is arranged: what is searched for, sorted by, shown and grouped. */

/** Names a column: what `columnIdOf` makes of its kind, key and statistic. */
export type ColumnId = string;

export type ColumnKind = 'attributes' | 'metrics' | 'params' | 'tags' | 'datasets' | 'models';

/** What of a metric a column shows. `last` is the one that MLflow itself keeps with a run and can sort and filter by. */
export type MetricStatistic = 'last' | 'min' | 'max' | 'best' | 'trend';

/** `metrics.loss`, `params.lr`, `attributes.start_time`; other statistics than the last as `min metrics.loss`. */
export function columnIdOf(kind: ColumnKind, key: string, statistic: MetricStatistic = 'last'): ColumnId {
  return statistic === 'last' ? `${kind}.${key}` : `${statistic} ${kind}.${key}`;
}

export interface SortKey {
  readonly column: ColumnId;
  readonly isDescending: boolean;
}

/** What runs are asked for. */
export interface TableSearch {
  /** As typed: a filter in MLflow's grammar, or a part of a run's name. */
  readonly text: string;
  readonly status?: RunStatus;
  /** Only runs that started within so many milliseconds before now. */
  readonly startedWithin?: number;
  /** The name of a dataset that the run used. */
  readonly dataset?: string;
  readonly user?: string;
  /** Only deleted runs. */
  readonly isDeleted?: boolean;
}

/** All that the user arranged; JSON, since it is saved by name and shared. The extension owns it, the view proposes another. */
export interface Arrangement {
  readonly search: TableSearch;
  /** The most important first; empty for newest first. */
  readonly sort: readonly SortKey[];
  /** Columns that the user took away, of those that are shown by themselves. */
  readonly hidden: readonly ColumnId[];
  /** Columns that the user added to those that are shown by themselves. */
  readonly added: readonly ColumnId[];
  /** Columns in the order that the user gave them; all others follow in their own order. */
  readonly order: readonly ColumnId[];
  /** Columns that stay at the left, in this order. The run's name always does, and is not among them. */
  readonly pinnedColumns: readonly ColumnId[];
  /** In CSS pixels; a column without has its own. `''` is the name's. */
  readonly widths: Readonly<Record<ColumnId, number>>;
  /** Leaves out columns in which all runs agree. */
  readonly onlyDiffering: boolean;
  /** Leaves out columns in which no run has anything. */
  readonly onlyWithValues: boolean;
  /** Groups the runs by what they have in this column. */
  readonly groupBy?: ColumnId;
  /** Nested runs stand under their parents. Not while runs are searched for or grouped. */
  readonly isNested: boolean;
  /** Parents and groups that are open, by run id or group key. */
  readonly open: readonly string[];
  /** Parents and groups are open unless they are named in `open`. */
  readonly opensAll: boolean;
  /** Runs that stay at the top whatever is searched for. */
  readonly pinnedRuns: readonly string[];
  /** Shades the cells of numeric columns by their place between the lowest and the highest. */
  readonly isShaded: boolean;
}

/** The default: all runs, newest first, all columns that have values. */
export const plainArrangement: Arrangement = {
  search: { text: '' },
  sort: [],
  hidden: [],
  added: [],
  order: [],
  pinnedColumns: [],
  widths: {},
  onlyDiffering: false,
  onlyWithValues: true,
  isNested: true,
  open: [],
  opensAll: false,
  pinnedRuns: [],
  isShaded: false,
};

const isIds = isArrayOf(isText);

function isWidths(value: unknown): value is Readonly<Record<ColumnId, number>> {
  return typeof value === 'object' && value !== null && Object.values(value).every(isNumber);
}

export const isArrangement = isRecordOf<Arrangement>({
  search: isRecordOf<TableSearch>({
    text: isText,
    status: isOptional(isOneOf('RUNNING', 'SCHEDULED', 'FINISHED', 'FAILED', 'KILLED', 'UNKNOWN')),
    startedWithin: isOptional(isNumber),
    dataset: isOptional(isText),
    user: isOptional(isText),
    isDeleted: isOptional(isBoolean),
  }),
  sort: isArrayOf(isRecordOf<SortKey>({ column: isText, isDescending: isBoolean })),
  hidden: isIds,
  added: isIds,
  order: isIds,
  pinnedColumns: isIds,
  widths: isWidths,
  onlyDiffering: isBoolean,
  onlyWithValues: isBoolean,
  groupBy: isOptional(isText),
  isNested: isBoolean,
  open: isIds,
  opensAll: isBoolean,
  pinnedRuns: isIds,
  isShaded: isBoolean,
});
