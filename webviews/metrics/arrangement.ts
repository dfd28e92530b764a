import type { Band, GroupKey, XAxis } from '../protocol/metrics';

/** All that the user arranged in the view, as plain values; and how each gesture changes it. */

export const sorts = ['nameUp', 'nameDown', 'mostRuns'] as const;
export type Sort = (typeof sorts)[number];

export const sizes = ['small', 'medium', 'large'] as const;
export type Size = (typeof sizes)[number];

export type Range = readonly [from: number, to: number];

/** What is on one chart alone. */
export interface ChartArrangement {
  readonly metric: string;
  /** Undefined as all charts have it. */
  readonly isLogY?: boolean | undefined;
  /** Where the user zoomed to, or what they set by hand. The y range is absent while it follows the lines. */
  readonly x?: Range | undefined;
  readonly y?: Range | undefined;
  readonly isTableShown?: boolean | undefined;
}

export type Grouping = Pick<GroupKey, 'source' | 'key'>;

export interface Arrangement {
  readonly search: string;
  readonly isRegex: boolean;
  readonly sort: Sort;
  /** Names of sections. */
  readonly folded: readonly string[];
  /** Metrics. */
  readonly pinned: readonly string[];
  /** Ids of lines. */
  readonly hidden: readonly string[];
  /** Ids of lines that are drawn though they are not among the first. */
  readonly chosen: readonly string[];
  /** Whether lines are drawn however many there are. */
  readonly isUnlimited: boolean;
  /** The only line that is drawn. */
  readonly isolated?: string | undefined;
  readonly grouping?: Grouping | undefined;
  readonly band: Band;
  readonly x: XAxis;
  readonly isLogX: boolean;
  readonly isLogY: boolean;
  readonly smoothing: number;
  readonly ignoresOutliers: boolean;
  readonly sharesZoom: boolean;
  /** The range of x of all charts, while they share their zoom. */
  readonly sharedX?: Range | undefined;
  readonly size: Size;
  /** The metric whose chart fills the view. */
  readonly fullSize?: string | undefined;
  readonly isLegendFolded: boolean;
  /** In CSS pixels. */
  readonly legendWidth: number;
  /** Only those that differ from a new chart. */
  readonly charts: readonly ChartArrangement[];
}

export const initialArrangement: Arrangement = {
  search: '',
  isRegex: false,
  sort: 'nameUp',
  folded: [],
  pinned: [],
  hidden: [],
  chosen: [],
  isUnlimited: false,
  band: 'range',
  x: { kind: 'step' },
  isLogX: false,
  isLogY: false,
  smoothing: 0,
  ignoresOutliers: false,
  sharesZoom: false,
  size: 'medium',
  isLegendFolded: false,
  legendWidth: 240,
  charts: [],
};

/** More smoothing than this would draw a line that never moves. */
export const maxSmoothing = 0.99;
/** How wide the legend may be, in CSS pixels. */
export const legendWidths: Range = [150, 600];

export function clamp(value: number, [low, high]: Range): number {
  return Math.min(Math.max(value, low), high);
}

function toggleItem(items: readonly string[], item: string): readonly string[] {
  return items.includes(item) ? items.filter((other) => other !== item) : [...items, item];
}

export function toggleSection(arrangement: Arrangement, name: string): Arrangement {
  return { ...arrangement, folded: toggleItem(arrangement.folded, name) };
}

export function togglePin(arrangement: Arrangement, metric: string): Arrangement {
  return { ...arrangement, pinned: toggleItem(arrangement.pinned, metric) };
}

/** Hides a line that is drawn, or draws one that is not. */
export function setLineDrawn(arrangement: Arrangement, id: string, isDrawn: boolean): Arrangement {
  const without = (items: readonly string[]) => items.filter((other) => other !== id);
  const { hidden, chosen } = arrangement;
  return {
    ...arrangement,
    isolated: undefined,
    hidden: isDrawn ? without(hidden) : [...without(hidden), id],
    chosen: isDrawn ? [...without(chosen), id] : without(chosen),
  };
}

/** Draws this line alone; all as before when it was alone already. */
export function toggleIsolated(arrangement: Arrangement, id: string): Arrangement {
  return { ...arrangement, isolated: arrangement.isolated === id ? undefined : id };
}

export function drawAllLines(arrangement: Arrangement): Arrangement {
  return { ...arrangement, isolated: undefined, hidden: [], chosen: [], isUnlimited: true };
}

/** Hides all but the first of these lines. */
export function drawFirstLines(arrangement: Arrangement, ids: readonly string[], count: number): Arrangement {
  return { ...arrangement, isolated: undefined, hidden: ids.slice(count), chosen: [] };
}

/** Other lines have other ids: what was hidden or alone among the former ones means nothing for them. */
export function groupLines(arrangement: Arrangement, grouping: Grouping | undefined): Arrangement {
  return { ...arrangement, grouping, isolated: undefined, hidden: [], chosen: [] };
}

/** Ranges of another x have no meaning on this one. */
export function setXAxis(arrangement: Arrangement, x: XAxis): Arrangement {
  const charts = arrangement.charts.map((chart) => ({ ...chart, x: undefined }));
  return { ...arrangement, x, sharedX: undefined, charts: charts.filter(differsFromNew) };
}

export function shareZoom(arrangement: Arrangement, sharesZoom: boolean): Arrangement {
  return { ...arrangement, sharesZoom, sharedX: undefined };
}

export function chartOf(arrangement: Arrangement, metric: string): ChartArrangement {
  return arrangement.charts.find((chart) => chart.metric === metric) ?? { metric };
}

export function changeChart(
  arrangement: Arrangement,
  metric: string,
  change: Partial<Omit<ChartArrangement, 'metric'>>,
): Arrangement {
  const changed = { ...chartOf(arrangement, metric), ...change };
  const others = arrangement.charts.filter((chart) => chart.metric !== metric);
  return { ...arrangement, charts: differsFromNew(changed) ? [...others, changed] : others };
}

/** The range of x that the chart shows; undefined for all. */
export function xRangeOf(arrangement: Arrangement, metric: string): Range | undefined {
  return arrangement.sharesZoom ? arrangement.sharedX : chartOf(arrangement, metric).x;
}

/** Zooms a chart, and with it all others in x while they share their zoom. */
export function zoomChart(
  arrangement: Arrangement,
  metric: string,
  x: Range | undefined,
  y: Range | undefined,
): Arrangement {
  if (!arrangement.sharesZoom) return changeChart(arrangement, metric, { x, y });
  return { ...changeChart(arrangement, metric, { y }), sharedX: x };
}

export function isZoomed(arrangement: Arrangement, metric: string): boolean {
  return xRangeOf(arrangement, metric) !== undefined || chartOf(arrangement, metric).y !== undefined;
}

export function isLogYOf(arrangement: Arrangement, metric: string): boolean {
  return chartOf(arrangement, metric).isLogY ?? arrangement.isLogY;
}

/** All charts alike: what single ones had otherwise is gone. */
export function setLogY(arrangement: Arrangement, isLogY: boolean): Arrangement {
  const charts = arrangement.charts.map((chart) => ({ ...chart, isLogY: undefined }));
  return { ...arrangement, isLogY, charts: charts.filter(differsFromNew) };
}

function differsFromNew({ isLogY, x, y, isTableShown = false }: ChartArrangement): boolean {
  return isLogY !== undefined || x !== undefined || y !== undefined || isTableShown;
}
