import type { MetricHistory } from '../tracking/model';
import {
  type ChartData,
  type ChartQuery,
  type Direction,
  type LineData,
  type LineQuery,
  type Statistics,
  type XAxis,
} from '../../webviews/protocol/metrics';
import { envelopeIn, floorOf } from '../histories/envelope';
import { groupLine, type GroupLine } from './groups';
import type { KnownPoints } from '../histories/historyCache';
import { findMarks, joinMarks } from './marks';
import type { Pace } from '../histories/pace';
import { percentiles } from './percentiles';
import { findRange, lowerBound, PixelColumns, type XRange } from '../histories/pixelColumns';
import { seriesAlong, type Series } from '../histories/series';
import { smooth } from './smoothing';
import { statisticsOf } from '../histories/statistics';

/** What is known of a metric of a run. */
export type FindPoints = (runId: string, metric: string) => KnownPoints;

export const mostColumns = 16_384;
const mostSmoothing = 0.999;

/** A run of a line with its points as far as they are known. */
interface Member {
  readonly history: MetricHistory;
  readonly isPreview: boolean;
  readonly series: Series;
}

/** A line that has points. */
interface Line {
  readonly id: string;
  readonly members: readonly Member[];
}

interface Reading {
  readonly lines: readonly Line[];
  readonly pending: number;
  readonly failures: ChartData['failures'];
}

/**
 * What a chart can show of what is known. Rests between lines, so that hundreds of them hold nobody up. Throws when nothing
 * could be read and nothing is on its way.
 */
export async function makeChartData(
  asked: ChartQuery,
  find: FindPoints,
  direction: Direction,
  pace: Pace,
): Promise<ChartData> {
  const query = withinBounds(asked);
  const { lines, pending, failures } = await collectLines(query, find, pace);
  const [failure] = failures;
  if (failure && lines.length === 0 && pending === 0) throw new Error(failure.cause);
  const extent = extentOf(lines, query.isLogX);
  const rest = {
    isPreview: lines.some(({ members }) => members.some(({ isPreview }) => isPreview)),
    pending,
    failures,
  };
  if (!extent) return { lines: bareLines(lines, query, direction), ...rest };
  const columns = new PixelColumns(rangeOf(query, extent), query.columns, query.isLogX);
  const drawn: LineData[] = [];
  for (const line of lines) {
    drawn.push(await drawLine(line, query, columns, direction, pace));
    await pace.rest();
  }
  const ends = await outlierEnds(lines, query, columns, pace);
  return { lines: drawn, extent, ...(ends && { percentiles: ends }), ...rest };
}

function withinBounds(query: ChartQuery): ChartQuery {
  return {
    ...query,
    columns: Math.round(Math.min(Math.max(query.columns, 1), mostColumns)),
    smoothing: Math.min(Math.max(query.smoothing, 0), mostSmoothing),
  };
}

async function collectLines(query: ChartQuery, find: FindPoints, pace: Pace): Promise<Reading> {
  const lines: Line[] = [];
  const pending = new Set<string>();
  const failures = new Map<string, string>();
  for (const line of query.lines) {
    const members: Member[] = [];
    for (const runId of line.runIds) {
      for (const { kind, ...known } of knownOf(runId, query, find)) {
        if ('cause' in known) failures.set(runId, known.cause);
        else if (kind === 'reading' || kind === 'preview') pending.add(runId);
      }
      const member = findMember(runId, query, find);
      if (member) members.push(member);
      await pace.rest();
    }
    if (members.some(({ series }) => series.x.length > 0)) lines.push({ id: line.id, members });
  }
  return {
    lines,
    pending: pending.size,
    failures: [...failures].map(([runId, cause]) => ({ runId, cause })),
  };
}

/** What is known of each metric that a run's points come from. */
function knownOf(
  runId: string,
  { metric, x }: Pick<ChartQuery, 'metric' | 'x'>,
  find: FindPoints,
): readonly KnownPoints[] {
  const known = find(runId, metric);
  return known.kind !== 'none' && x.kind === 'metric' && x.metric !== undefined
    ? [known, find(runId, x.metric)]
    : [known];
}

function findMember(
  runId: string,
  query: Pick<ChartQuery, 'metric' | 'x'>,
  find: FindPoints,
): Member | undefined {
  const [known, other] = knownOf(runId, query, find);
  if (!known || !('history' in known)) return undefined;
  if (other && !('history' in other)) return undefined;
  // Samples of two metrics are of different steps: joined, hardly any would be left.
  const isSampled = known.kind === 'preview' || other?.kind === 'preview';
  if (other && isSampled) return undefined;
  const series = seriesAlong(known.history, query.x, other?.history);
  return { history: known.history, isPreview: isSampled, series };
}

/** The points of each run of a line along the axis, for whoever looks for single ones. */
export function seriesOfLine(
  line: LineQuery,
  query: { readonly metric: string; readonly x: XAxis },
  find: FindPoints,
): readonly { readonly runId: string; readonly history: MetricHistory; readonly series: Series }[] {
  return line.runIds.flatMap((runId) => {
    const member = findMember(runId, query, find);
    return member ? [{ runId, history: member.history, series: member.series }] : [];
  });
}

/** From the lowest to the highest x; on a logarithmic axis of those above 0. */
function extentOf(lines: readonly Line[], isLogX: boolean): readonly [number, number] | undefined {
  let low = Infinity;
  let high = -Infinity;
  for (const { series } of lines.flatMap(({ members }) => members)) {
    const start = isLogX ? lowerBound(series.x, Number.MIN_VALUE) : 0;
    if (start >= series.x.length) continue;
    low = Math.min(low, series.x[start] ?? Infinity);
    high = Math.max(high, series.x.at(-1) ?? -Infinity);
  }
  return low <= high ? [low, high] : undefined;
}

function rangeOf({ from, to, isLogX }: ChartQuery, [low, high]: readonly [number, number]): XRange {
  const start = from === undefined || (isLogX && from <= 0) ? low : from;
  return { from: start, to: Math.max(start, to ?? high) };
}

/** Lines whose points all lie where the logarithmic axis does not reach. */
function bareLines(lines: readonly Line[], query: ChartQuery, direction: Direction): readonly LineData[] {
  const none = { x: new Float64Array(), y: new Float64Array() };
  return lines.map(({ id, members }) => ({
    id,
    points: none,
    marks: query.from === undefined ? leftMarks(members, 1) : [],
    shown: 0,
    total: totalOf(members),
    statistics: statisticsOfLine(members, direction),
  }));
}

async function drawLine(
  { id, members }: Line,
  query: ChartQuery,
  columns: PixelColumns,
  direction: Direction,
  pace: Pace,
): Promise<LineData> {
  const { points, band } = await drawMembers(members, query, columns, query.band, pace);
  const isSmooth = query.smoothing > 0;
  const smoothed = isSmooth ? await smoothMembers(members, query.smoothing, pace) : [];
  return {
    id,
    points,
    ...(isSmooth && { smooth: (await drawMembers(smoothed, query, columns, 'none', pace)).points }),
    ...(band && { band }),
    marks: marksOf(members, query, columns),
    shown: members.reduce((sum, { series }) => sum + countIn(series, columns), 0),
    total: totalOf(members),
    statistics: statisticsOfLine(members, direction),
  };
}

/** One run as it is; several as their mean. */
async function drawMembers(
  members: readonly Pick<Member, 'series'>[],
  { isLogY }: ChartQuery,
  columns: PixelColumns,
  band: ChartQuery['band'],
  pace: Pace,
): Promise<GroupLine> {
  const [only] = members;
  if (only && members.length === 1) {
    return { points: envelopeIn(only.series.x, only.series.y, columns, isLogY) };
  }
  const all = members.map(({ series }) => series);
  return await groupLine(all, columns, isLogY, band, pace);
}

async function smoothMembers(
  members: readonly Member[],
  weight: number,
  pace: Pace,
): Promise<readonly Pick<Member, 'series'>[]> {
  const smoothed: Pick<Member, 'series'>[] = [];
  for (const { series } of members) {
    smoothed.push({ series: { ...series, y: smooth(series.y, weight) } });
    await pace.rest();
  }
  return smoothed;
}

function marksOf(members: readonly Member[], query: ChartQuery, columns: PixelColumns): LineData['marks'] {
  const marks = members.flatMap(({ series: { x, y } }) => findMarks(x, y, columns, query.isLogY));
  const left = query.isLogX && query.from === undefined ? leftMarks(members, columns.range.from) : [];
  return joinMarks([...left, ...marks], columns);
}

/** Points at x ≤ 0 have no place on a logarithmic axis: they are marked at its left end. */
function leftMarks(members: readonly Member[], x: number): LineData['marks'] {
  const count = members.reduce((sum, { series }) => sum + lowerBound(series.x, Number.MIN_VALUE), 0);
  return count === 0 ? [] : [{ kind: 'nonPositive', x: Float64Array.of(x), count }];
}

function countIn({ x }: Series, columns: PixelColumns): number {
  const { start, end } = findRange(x, columns);
  return end - start;
}

function totalOf(members: readonly Member[]): number {
  return members.reduce((sum, { series }) => sum + series.x.length, 0);
}

/** A sample has the last point of a run, but may lack its lowest and highest. */
function statisticsOfLine(members: readonly Member[], direction: Direction): Statistics {
  const all = statisticsOf(
    members.map(({ history }) => history),
    direction,
  );
  if (!members.some(({ isPreview }) => isPreview)) return all;
  return all.last ? { last: all.last } : {};
}

/** Of what has a place on the axes. */
async function outlierEnds(
  lines: readonly Line[],
  { isLogY }: ChartQuery,
  columns: PixelColumns,
  pace: Pace,
): Promise<readonly [number, number] | undefined> {
  const slices = lines.flatMap(({ members }) =>
    members.map(({ series }) => ({ values: series.y, ...findRange(series.x, columns) })),
  );
  const found = await percentiles(slices, [0.05, 0.95], floorOf(isLogY), pace);
  return found && [found[0] ?? NaN, found[1] ?? NaN];
}
