import type { ChartData, ChartQuery, LineData, Points, XAxis } from '../protocol/metrics';
import { chartOf, isLogYOf, xRangeOf, type Arrangement, type Range } from './arrangement';
import { formatShort, formatTick } from './formatX';
import type { ChartLine } from './lines';
import { dashOf } from '../shared/palette';
import type { PlotAxis, PlotLine, PlotView } from './plot/plotView';
import { logTicks, valueTicks } from './valueTicks';
import { clockTicks, durationTicks, stepTicks } from './plot/ticks';

/** What a chart asks for, and what it draws of the answer. */

export function queryOf(
  metric: string,
  lines: readonly ChartLine[],
  arrangement: Arrangement,
  columns: number,
): ChartQuery {
  const range = xRangeOf(arrangement, metric);
  return {
    metric,
    lines: lines.filter(({ isDrawn }) => isDrawn).map(({ id, runIds }) => ({ id, runIds })),
    x: arrangement.x,
    isLogX: arrangement.isLogX,
    isLogY: isLogYOf(arrangement, metric),
    ...(range && { from: range[0], to: range[1] }),
    columns,
    smoothing: arrangement.smoothing,
    band: arrangement.grouping ? arrangement.band : 'none',
  };
}

/** The answer's lines that are still wanted, with what the legend knows of them; the answer may be older than that. */
export interface DrawnLine {
  readonly line: ChartLine;
  readonly data: LineData;
}

export function drawnLines(data: ChartData, lines: readonly ChartLine[]): readonly DrawnLine[] {
  const answered = new Map(data.lines.map((line) => [line.id, line]));
  return lines.flatMap((line) => {
    const found = line.isDrawn ? answered.get(line.id) : undefined;
    return found ? [{ line, data: found }] : [];
  });
}

export type Picture =
  | { readonly kind: 'plot'; readonly view: PlotView }
  /** Nothing to draw, and why: nothing was logged, nothing of it lies in the range, or has a place on a log axis. */
  | { readonly kind: 'empty'; readonly reason: 'noPoints' | 'outOfRange' | 'notPositive' };

/** What of the arrangement a chart's picture is drawn by. */
export interface Frame {
  readonly axis: XAxis;
  readonly isLogX: boolean;
  readonly isLogY: boolean;
  readonly ignoresOutliers: boolean;
  /** Undefined where the axis follows the lines. */
  readonly x: Range | undefined;
  readonly y: Range | undefined;
}

export function frameOf(arrangement: Arrangement, metric: string): Frame {
  const { x: axis, isLogX, ignoresOutliers } = arrangement;
  const isLogY = isLogYOf(arrangement, metric);
  const x = xRangeOf(arrangement, metric);
  return { axis, isLogX, isLogY, ignoresOutliers, x, y: chartOf(arrangement, metric).y };
}

/** Whether both make the same picture of the same lines. */
export function isSameFrame(a: Frame, b: Frame): boolean {
  const isAlike = a.axis === b.axis && a.isLogX === b.isLogX && a.isLogY === b.isLogY;
  return isAlike && a.ignoresOutliers === b.ignoresOutliers && a.x === b.x && a.y === b.y;
}

export interface PictureParts {
  readonly metric: string;
  readonly drawn: readonly DrawnLine[];
  readonly data: ChartData;
  readonly frame: Frame;
  readonly colorOf: (color: number) => string;
}

/** Also of an answer to an older question: in the range that is wanted now, until the new one comes. */
export function pictureOf(parts: PictureParts): Picture {
  const { drawn, frame, metric, data } = parts;
  if (drawn.length === 0) return { kind: 'empty', reason: 'noPoints' };
  const isBars = drawn.every((one) => one.data.total <= 1);
  const x = xAxisOf(parts);
  const { isLogY } = frame;
  const hasMarks = drawn.some((one) => one.data.marks.some(({ count }) => count > 0));
  const lowHigh = lineRange(drawn, isBars ? undefined : [x.from, x.to], isLogY);
  if (!lowHigh && !hasMarks) {
    const isShown = drawn.some((one) => one.data.shown > 0);
    return { kind: 'empty', reason: isLogY && isShown ? 'notPositive' : 'outOfRange' };
  }
  const y = frame.y ?? yRange(lowHigh ?? [isLogY ? 1 : 0, 1], parts, isBars);
  const format = (value: number, span: number) => formatShort(value, isLogY ? 0 : span);
  const view: PlotView = {
    kind: isBars ? 'bars' : 'lines',
    lines: drawn.map((one) => plotLine(one, parts.colorOf)),
    x,
    y: { from: y[0], to: y[1], isLog: isLogY, format, ticks: isLogY ? logHeightTicks : heightTicks },
    title: metric,
  };
  return data.extent || isBars ? { kind: 'plot', view } : { kind: 'empty', reason: 'noPoints' };
}

function plotLine({ line, data }: DrawnLine, colorOf: (index: number) => string): PlotLine {
  return {
    id: line.id,
    name: line.name,
    color: colorOf(line.color),
    dash: dashOf(line.color),
    points: data.points,
    marks: data.marks,
    ...(data.smooth && { smooth: data.smooth }),
    ...(data.band && { band: data.band }),
  };
}

/** Lines of text stand closer than words do. */
const heightTicks: PlotAxis['ticks'] = (from, to, count) => valueTicks(from, to, count * 2);
const logHeightTicks: PlotAxis['ticks'] = (from, to, count) => logTicks(from, to, count * 2);

const axisTicks: Readonly<Record<XAxis['kind'], PlotAxis['ticks']>> = {
  step: stepTicks,
  relative: durationTicks,
  time: clockTicks,
  metric: valueTicks,
};

function xAxisOf({ frame, data, drawn }: PictureParts): PlotAxis {
  const { axis, isLogX } = frame;
  const range = frame.x ?? fullRange(data.extent ?? [0, 1], drawn, isLogX);
  const format = (value: number, span: number) => formatTick(axis.kind, value, isLogX ? 0 : span);
  const ticks = isLogX ? logTicks : axisTicks[axis.kind];
  return { from: range[0], to: range[1], isLog: isLogX, format, ticks };
}

/** From the first x to the last; on a log axis from the first that has a place there. */
function fullRange([low, high]: Range, drawn: readonly DrawnLine[], isLog: boolean): Range {
  const from = isLog && low <= 0 ? lowestPositive(drawn.map(({ data }) => data.points.x)) : low;
  return widen([Math.min(from, high), high], isLog);
}

function lowestPositive(arrays: readonly Float64Array[]): number {
  const found = arrays.map((values) => values.find((value) => value > 0) ?? Infinity);
  const lowest = found.reduce((a, b) => Math.min(a, b), Infinity);
  return lowest === Infinity ? 1 : lowest;
}

/** A range has a length, and on a log axis no part below zero. */
function widen([low, high]: Range, isLog: boolean): Range {
  if (isLog) {
    const to = high > 0 ? high : 1;
    const from = low > 0 ? low : to / 1000;
    return from < to ? [from, to] : [from / 2, to * 2];
  }
  if (low < high) return [low, high];
  const margin = low === 0 ? 0.5 : Math.abs(low) * 0.05 || 0.5;
  return [low - margin, high + margin];
}

const margin = 0.05;

function yRange(lines: Range, { frame, data }: PictureParts, isBars: boolean): Range {
  const { isLogY: isLog } = frame;
  const percentiles = frame.ignoresOutliers ? data.percentiles : undefined;
  const usable = percentiles && percentiles[0] < percentiles[1] && (!isLog || percentiles[0] > 0);
  const [low, high] = widen(usable ? percentiles : lines, isLog);
  if (isLog) {
    const factor = (high / low) ** margin;
    return [low / factor, high * factor];
  }
  const space = (high - low) * margin;
  if (isBars) return [Math.min(0, low - (low < 0 ? space : 0)), Math.max(0, high + (high > 0 ? space : 0))];
  return [low - space, high + space];
}

/** Lowest and highest value that is drawn between those x, or of all when there is none; undefined without any. */
function lineRange(drawn: readonly DrawnLine[], x: Range | undefined, isLog: boolean): Range | undefined {
  const inside = x ? valueRange(drawn, x, isLog) : undefined;
  return inside ?? valueRange(drawn, [-Infinity, Infinity], isLog);
}

function valueRange(drawn: readonly DrawnLine[], x: Range, isLog: boolean): Range | undefined {
  const found = { low: Infinity, high: -Infinity };
  for (const { data } of drawn) {
    include(found, data.points, x, isLog);
    if (data.smooth) include(found, data.smooth, x, isLog);
    if (!data.band) continue;
    include(found, data.band, x, isLog);
    include(found, { x: data.band.x, y: data.band.high }, x, isLog);
  }
  return found.low <= found.high ? [found.low, found.high] : undefined;
}

function include(
  found: { low: number; high: number },
  points: Points,
  [from, to]: Range,
  isLog: boolean,
): void {
  const floor = isLog ? Number.MIN_VALUE : -Number.MAX_VALUE;
  for (let index = 0; index < points.x.length; index++) {
    const x = points.x[index] ?? NaN;
    const y = points.y[index] ?? NaN;
    if (!(x >= from && x <= to && y >= floor && y <= Number.MAX_VALUE)) continue;
    if (y < found.low) found.low = y;
    if (y > found.high) found.high = y;
  }
}
