import { event, request } from './channel';
import { isArrayOf, isBoolean, isBytes, isNumber, isOneOf, isOptional, isRecordOf, isText } from './guards';
import type { RunStatus } from './runSummary';

/**
 * The metric charts of a set of runs. The extension keeps the full histories; a chart asks for what it can show of them,
 * by metric, range of x and pixel columns, and asks again when it is told that something changed. All text is a stranger's.
 */

/** Which runs of which connection: an experiment's, or these. This is what survives a restart of VS Code. */
export interface MetricsSubject {
  readonly connectionUri: string;
  /** Empty where the runs are named one by one. */
  readonly experimentId: string;
  /** Empty for all runs of the experiment, as its listing in the tree has them. */
  readonly runIds: readonly string[];
}

export const isMetricsSubject = isRecordOf<MetricsSubject>({
  connectionUri: isText,
  experimentId: isText,
  runIds: isArrayOf(isText),
});

export type MetricsSnapshot =
  | { readonly kind: 'loading'; readonly subject: MetricsSubject }
  | { readonly kind: 'failed'; readonly subject: MetricsSubject; readonly cause: string }
  | { readonly kind: 'ready'; readonly subject: MetricsSubject; readonly charts: MetricsCharts };

export interface MetricsCharts {
  /** The experiment's or the run's name, or how many runs they are. */
  readonly title: string;
  /** In the order of the tree. */
  readonly runs: readonly ChartRun[];
  /** By name. Those of all runs, whatever is hidden. */
  readonly metrics: readonly ChartMetric[];
  /** What runs can be grouped by: params and tags that not all runs have alike. */
  readonly groupKeys: readonly GroupKey[];
  /** Whether the experiment has runs that are not loaded yet. */
  readonly hasMore: boolean;
  /** What could not be shown, in one sentence each: `Run abc is gone`. */
  readonly notes: readonly string[];
}

export interface ChartRun {
  readonly id: string;
  readonly name: string;
  readonly status: RunStatus;
  /** Which of the palette's colours and dashes it has: the same in tree, table and chart. */
  readonly color: number;
  /** Milliseconds since the epoch. */
  readonly startedAt?: number;
}

export interface ChartMetric {
  readonly key: string;
  /** How many of the runs have it. */
  readonly runCount: number;
  /** Which values are better. */
  readonly direction: Direction;
}

const directions = ['lower', 'higher'] as const;
export type Direction = (typeof directions)[number];

export interface GroupKey {
  readonly source: 'param' | 'tag';
  readonly key: string;
  /** One for each run, in the order of `runs`; null where a run has none. */
  readonly values: readonly (string | null)[];
}

/** Extension → view: all there is to show but the points, replacing what was there. */
export const show = event<MetricsSnapshot>('metrics/show');

/** Extension → view: bring this metric into sight. */
export const reveal = event<{ readonly metric: string }>('metrics/reveal');

/** Extension → view: the points of these metrics are not as they were; ask again for those that are in sight. */
export const changed = event<{ readonly metrics: readonly string[] }>('metrics/changed');

const axes = ['step', 'relative', 'time', 'metric'] as const;

/** What x is: the step; seconds since the run's first point; milliseconds since the epoch; or another metric's value at the step. */
export interface XAxis {
  readonly kind: (typeof axes)[number];
  /** Of kind `metric` only. */
  readonly metric?: string;
}

const isXAxis = isRecordOf<XAxis>({ kind: isOneOf(...axes), metric: isOptional(isText) });

/** A line: one run, or the mean of several with a band around it. */
export interface LineQuery {
  /** The run's id, or the group's name. */
  readonly id: string;
  readonly runIds: readonly string[];
}

const isLineQuery = isRecordOf<LineQuery>({ id: isText, runIds: isArrayOf(isText) });

export interface ChartQuery {
  readonly metric: string;
  readonly lines: readonly LineQuery[];
  readonly x: XAxis;
  readonly isLogX: boolean;
  /** On a log axis values ≤ 0 have no place: they become marks. */
  readonly isLogY: boolean;
  /** The range of x; all of it where undefined. */
  readonly from?: number;
  readonly to?: number;
  /** How many pixel columns the plot has, 1 to 16,384. */
  readonly columns: number;
  /** The weight of what came before in an exponential moving average, 0 (none) to 0.999. */
  readonly smoothing: number;
  /** What the band around a group's mean shows. */
  readonly band: Band;
}

const bands = ['none', 'range', 'deviation'] as const;
/** Nothing, lowest to highest, or a standard deviation to either side. */
export type Band = (typeof bands)[number];

const isChartQuery = isRecordOf<ChartQuery>({
  metric: isText,
  lines: isArrayOf(isLineQuery),
  x: isXAxis,
  isLogX: isBoolean,
  isLogY: isBoolean,
  from: isOptional(isNumber),
  to: isOptional(isNumber),
  columns: isNumber,
  smoothing: isNumber,
  band: isOneOf(...bands),
});

/** Points to draw: x never falls, and each pixel column has at most its lowest and its highest, in their order. */
export interface Points {
  readonly x: Float64Array;
  readonly y: Float64Array;
}

/** What a chart shows of the range that it asked for. */
export interface ChartData {
  /** In the order of the query; lines without any point in any range are left out. */
  readonly lines: readonly LineData[];
  /** Lowest and highest x over all points of the lines, whatever the range; absent where there is none. */
  readonly extent?: readonly [low: number, high: number];
  /** The 5th and 95th percentile of all finite values in the range. */
  readonly percentiles?: readonly [low: number, high: number];
  /** Whether lines are drawn from a server's sample, and from every point later. */
  readonly isPreview: boolean;
  /** How many runs' points are still being read. */
  readonly pending: number;
  /** Runs whose points could not be read, and why. */
  readonly failures: readonly { readonly runId: string; readonly cause: string }[];
}

export interface LineData {
  readonly id: string;
  /** As logged, or the mean of a group. The nearest point to either side of the range is there too, so that lines reach its edges. */
  readonly points: Points;
  /** Smoothed, where smoothing was asked for. */
  readonly smooth?: Points;
  /** Around the mean, by x: `y` is its lower edge. */
  readonly band?: Points & { readonly high: Float64Array };
  /** What has no place on the axes. */
  readonly marks: readonly Mark[];
  /** Points in the range, and of all. */
  readonly shown: number;
  readonly total: number;
  /** Over the full history, whatever the range; of a group's runs together. */
  readonly statistics: Statistics;
}

/** Where points lie that have no place: at most one x a pixel column. */
export interface Mark {
  readonly kind: 'nan' | 'infinity' | 'negativeInfinity' | 'nonPositive';
  readonly x: Float64Array;
  /** How many points these are, in the range. */
  readonly count: number;
}

/** A double: JSON has no word for some. */
export type Real = number | 'NaN' | 'Infinity' | '-Infinity';

export function toReal(value: number): Real {
  return Number.isFinite(value) ? value : (String(value) as Real);
}

/** Of finite values, but for `last`. Absent where there is none. */
export interface Statistics {
  readonly min?: Extreme;
  readonly max?: Extreme;
  /** `min` or `max`, whichever is better. */
  readonly best?: Extreme;
  /** As MLflow defines the latest: greatest step, then time, then value. */
  readonly last?: Extreme;
}

export interface Extreme {
  readonly value: Real;
  /** Text: steps have 64 bits. */
  readonly step: string;
}

/** View → extension: what a chart can show. Rejects when nothing could be read. */
export const loadChart = request<ChartQuery, ChartData>('metrics/loadChart', isChartQuery);

const moves = ['nearest', 'next', 'previous'] as const;

export interface PointQuery extends Pick<ChartQuery, 'metric' | 'lines' | 'x'> {
  readonly at: number;
  /** The point of each line nearest to `at`, or the first beyond it, or the last before it. */
  readonly move: (typeof moves)[number];
}

/** A point exactly as it was logged. */
export interface ExactPoint {
  /** The line's. */
  readonly id: string;
  readonly runId: string;
  readonly x: number;
  readonly value: Real;
  readonly step: string;
  /** Milliseconds since the epoch. */
  readonly loggedAt: number;
}

/** View → extension: single points, one of each line at most; what is not read yet is left out. */
export const readPoints = request<PointQuery, readonly ExactPoint[]>(
  'metrics/readPoints',
  isRecordOf<PointQuery>({
    metric: isText,
    lines: isArrayOf(isLineQuery),
    x: isXAxis,
    at: isNumber,
    move: isOneOf(...moves),
  }),
);

/** View → extension: the charts in sight, whose points are worth reading and keeping fresh. */
export const watch = event<{ readonly metrics: readonly string[] }>(
  'metrics/watch',
  isRecordOf({ metrics: isArrayOf(isText) }),
);

/** View → extension: read everything again, or try again after a failure. Settles when the new state was sent. */
export const refresh = request<null, null>('metrics/refresh', (value): value is null => value === null);

/** View → extension: load more runs of the experiment. Settles when the new state was sent. */
export const loadMoreRuns = request<null, null>(
  'metrics/loadMoreRuns',
  (value): value is null => value === null,
);

/** View → extension: show the run's summary. */
export const openRun = event<{ readonly runId: string }>('metrics/openRun', isRecordOf({ runId: isText }));

/** View → extension: from now on these values of the metric are better. */
export const setDirection = event<{ readonly metric: string; readonly direction: Direction }>(
  'metrics/setDirection',
  isRecordOf({ metric: isText, direction: isOneOf(...directions) }),
);

export interface HistoryExport {
  readonly metric: string;
  readonly runIds: readonly string[];
}

/** View → extension: ask where to, and write every point as CSV. False when the user turned away. */
export const exportHistory = request<HistoryExport, boolean>(
  'metrics/exportHistory',
  isRecordOf<HistoryExport>({ metric: isText, runIds: isArrayOf(isText) }),
);

const fileTypes = ['png', 'svg', 'csv'] as const;

export interface FileExport {
  /** Proposed to the user, without ending. */
  readonly name: string;
  readonly type: (typeof fileTypes)[number];
  readonly bytes: Uint8Array;
}

/** View → extension: ask where to, and write the file. False when the user turned away. */
export const saveFile = request<FileExport, boolean>(
  'metrics/saveFile',
  isRecordOf<FileExport>({ name: isText, type: isOneOf(...fileTypes), bytes: isBytes }),
);
