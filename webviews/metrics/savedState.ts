import { isMetricsSubject, type Band, type MetricsSubject, type XAxis } from '../protocol/metrics';
import {
  clamp,
  initialArrangement,
  legendWidths,
  maxSmoothing,
  sizes,
  sorts,
  type Arrangement,
  type ChartArrangement,
  type Grouping,
  type Range,
} from './arrangement';

/** What is kept while the view is hidden and over a restart: which runs, and the arrangement; never data. */
export interface SavedState extends MetricsSubject {
  readonly arrangement: Arrangement;
  readonly scrollTop: number;
}

/** A saved state as far as it can be trusted: whatever is ill-formed falls back to how the view begins. */
export function readSavedState(value: unknown): SavedState | undefined {
  if (!isMetricsSubject(value)) return undefined;
  const { connectionUri, experimentId, runIds } = value;
  const { arrangement, scrollTop } = value as MetricsSubject & Fields<SavedState>;
  return {
    connectionUri,
    experimentId,
    runIds,
    arrangement: readArrangement(arrangement),
    scrollTop: clamp(readNumber(scrollTop, 0), [0, Number.MAX_SAFE_INTEGER]),
  };
}

type Fields<T extends object> = Readonly<Partial<Record<keyof T, unknown>>>;

const axes = ['step', 'relative', 'time', 'metric'] as const satisfies readonly XAxis['kind'][];
const bands = ['none', 'range', 'deviation'] as const satisfies readonly Band[];

export function readArrangement(value: unknown): Arrangement {
  const saved = fieldsOf<Arrangement>(value);
  const begin = initialArrangement;
  return {
    search: readText(saved.search) ?? begin.search,
    isRegex: readBoolean(saved.isRegex, begin.isRegex),
    sort: readChoice(saved.sort, sorts, begin.sort),
    folded: readTexts(saved.folded),
    pinned: readTexts(saved.pinned),
    hidden: readTexts(saved.hidden),
    chosen: readTexts(saved.chosen),
    isUnlimited: readBoolean(saved.isUnlimited, begin.isUnlimited),
    isolated: readText(saved.isolated),
    grouping: readGrouping(saved.grouping),
    band: readChoice(saved.band, bands, begin.band),
    x: readXAxis(saved.x),
    isLogX: readBoolean(saved.isLogX, begin.isLogX),
    isLogY: readBoolean(saved.isLogY, begin.isLogY),
    smoothing: clamp(readNumber(saved.smoothing, begin.smoothing), [0, maxSmoothing]),
    ignoresOutliers: readBoolean(saved.ignoresOutliers, begin.ignoresOutliers),
    sharesZoom: readBoolean(saved.sharesZoom, begin.sharesZoom),
    sharedX: readRange(saved.sharedX),
    size: readChoice(saved.size, sizes, begin.size),
    fullSize: readText(saved.fullSize),
    isLegendFolded: readBoolean(saved.isLegendFolded, begin.isLegendFolded),
    legendWidth: clamp(readNumber(saved.legendWidth, begin.legendWidth), legendWidths),
    charts: readCharts(saved.charts),
  };
}

function fieldsOf<T extends object>(value: unknown): Fields<T> {
  return Object(value) as Fields<T>;
}

function readText(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

function readTexts(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((item) => typeof item === 'string') : [];
}

function readBoolean(value: unknown, otherwise: boolean): boolean {
  return typeof value === 'boolean' ? value : otherwise;
}

function readNumber(value: unknown, otherwise: number): number {
  return typeof value === 'number' && Number.isFinite(value) ? value : otherwise;
}

function readChoice<T extends string>(value: unknown, choices: readonly T[], otherwise: T): T {
  return choices.find((choice) => choice === value) ?? otherwise;
}

function readRange(value: unknown): Range | undefined {
  if (!Array.isArray(value) || value.length !== 2) return undefined;
  const [from, to] = value as readonly unknown[];
  const isRange = Number.isFinite(from) && Number.isFinite(to) && (from as number) < (to as number);
  return isRange ? [from as number, to as number] : undefined;
}

function readXAxis(value: unknown): XAxis {
  const { kind, metric } = fieldsOf<XAxis>(value);
  const read = readChoice(kind, axes, initialArrangement.x.kind);
  if (read !== 'metric') return { kind: read };
  return typeof metric === 'string' ? { kind: read, metric } : initialArrangement.x;
}

function readGrouping(value: unknown): Grouping | undefined {
  const { source, key } = fieldsOf<Grouping>(value);
  return (source === 'param' || source === 'tag') && typeof key === 'string' ? { source, key } : undefined;
}

function readCharts(value: unknown): readonly ChartArrangement[] {
  if (!Array.isArray(value)) return [];
  return value.map(readChart).filter((chart) => chart !== undefined);
}

function readChart(value: unknown): ChartArrangement | undefined {
  const { metric, isLogY, x, y, isTableShown } = fieldsOf<ChartArrangement>(value);
  if (typeof metric !== 'string') return undefined;
  return {
    metric,
    isLogY: typeof isLogY === 'boolean' ? isLogY : undefined,
    x: readRange(x),
    y: readRange(y),
    isTableShown: readBoolean(isTableShown, false),
  };
}
