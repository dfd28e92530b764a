import type { Mark } from '../../protocol/metrics';
import { toPixel, type AxisMap } from './axisMap';
import type { PlotTheme } from '../../shared/palette';
import type { PlotLine } from './plotView';
import { traceBand, traceLine } from './trace';

/** The plotting area, in CSS pixels. */
export interface PlotArea {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

export interface PlotMaps {
  readonly area: PlotArea;
  readonly x: AxisMap;
  readonly y: AxisMap;
}

/** How strong the logged points are behind a smoothed line. */
export const rawOpacity = 0.28;
export const bandOpacity = 0.18;

/** With fewer points than one in this many pixels, each gets a dot. */
const pixelsPerDot = 14;

export function widthOf(theme: PlotTheme): number {
  return theme.isHighContrast ? 2 : 1.5;
}

/** Saves the context, and lets nothing be drawn outside of the area. */
function beginWithin(context: CanvasRenderingContext2D, { left, right, top, bottom }: PlotArea): void {
  context.save();
  context.beginPath();
  context.rect(left, top, right - left, bottom - top);
  context.clip();
  context.lineJoin = 'bevel';
}

/** All lines, their bands below them and their marks at the edges. */
export function drawLines(
  context: CanvasRenderingContext2D,
  maps: PlotMaps,
  lines: readonly PlotLine[],
  theme: PlotTheme,
): void {
  beginWithin(context, maps.area);
  for (const line of lines) drawBand(context, maps, line, theme);
  for (const line of lines) drawLine(context, maps, line, widthOf(theme));
  context.setLineDash([]);
  context.globalAlpha = 1;
  for (const line of lines) for (const mark of line.marks) drawMark(context, maps, mark, line.color);
  drawMarkCounts(context, maps.area, lines, theme);
  context.restore();
}

const markNames: Readonly<Record<Mark['kind'], string>> = {
  nan: 'NaN',
  infinity: '∞',
  negativeInfinity: '−∞',
  nonPositive: '≤ 0',
};

/** How many points have no place on the axes, by kind: `NaN × 3   ∞ × 1`. */
export function describeMarks(lines: readonly PlotLine[]): string {
  const counts = new Map<Mark['kind'], number>();
  for (const { marks } of lines) {
    for (const { kind, count } of marks) counts.set(kind, (counts.get(kind) ?? 0) + count);
  }
  return [...counts].map(([kind, count]) => `${markNames[kind]} × ${count}`).join('   ');
}

function drawMarkCounts(
  context: CanvasRenderingContext2D,
  { right, top }: PlotArea,
  lines: readonly PlotLine[],
  theme: PlotTheme,
): void {
  context.font = `${theme.fontSize - 1}px ${theme.fontFamily}`;
  context.textAlign = 'right';
  context.textBaseline = 'top';
  context.fillStyle = theme.foreground;
  context.fillText(describeMarks(lines), right - 6, top + 4);
}

/** One line over all others, with a margin around it. */
export function drawEmphasis(
  context: CanvasRenderingContext2D,
  maps: PlotMaps,
  line: PlotLine,
  theme: PlotTheme,
): void {
  beginWithin(context, maps.area);
  const width = widthOf(theme);
  const plain = line.smooth ? { ...line, points: line.smooth } : line;
  drawLine(context, maps, { ...plain, color: theme.background, dash: [] }, width + 4);
  drawLine(context, maps, plain, width + 1);
  context.restore();
}

function drawLine(context: CanvasRenderingContext2D, maps: PlotMaps, line: PlotLine, width: number): void {
  const { points, smooth, color, dash } = line;
  context.strokeStyle = color;
  context.fillStyle = color;
  context.lineWidth = width;
  const stroke = (): void => {
    context.stroke();
    context.beginPath();
  };
  if (smooth) {
    context.globalAlpha = rawOpacity;
    context.setLineDash([]);
    context.beginPath();
    traceLine(points, maps.x, maps.y, context, stroke);
  }
  context.globalAlpha = 1;
  context.setLineDash([...dash]);
  context.beginPath();
  traceLine(smooth ?? points, maps.x, maps.y, context, stroke);
  context.setLineDash([]);
  if (isSparse(line, maps.area)) drawDots(context, maps, line, width + 1);
}

/** Whether there is room to show each point by itself. */
export function isSparse({ points }: PlotLine, { left, right }: PlotArea): boolean {
  return points.x.length * pixelsPerDot <= Math.max(right - left, pixelsPerDot);
}

function drawDots(
  context: CanvasRenderingContext2D,
  maps: PlotMaps,
  { points }: PlotLine,
  radius: number,
): void {
  context.beginPath();
  points.x.forEach((x, index) => {
    const [px, py] = [toPixel(maps.x, x), toPixel(maps.y, points.y[index] ?? 0)];
    context.moveTo(px + radius, py);
    context.arc(px, py, radius, 0, 2 * Math.PI);
  });
  context.fill();
}

function drawBand(context: CanvasRenderingContext2D, maps: PlotMaps, line: PlotLine, theme: PlotTheme): void {
  if (!line.band) return;
  context.beginPath();
  traceBand(line.band, maps.x, maps.y, context);
  context.globalAlpha = bandOpacity;
  context.fillStyle = line.color;
  context.fill();
  if (theme.isHighContrast) {
    context.globalAlpha = 0.6;
    context.lineWidth = 1;
    context.strokeStyle = line.color;
    context.stroke();
  }
  context.globalAlpha = 1;
}

const markSize = 4;

/** Points of a mark's outline around its place at the edge, in pixels; NaN has a cross. */
const outlines: Readonly<Record<Exclude<Mark['kind'], 'nan'>, readonly (readonly [number, number])[]>> = {
  infinity: [
    [-markSize, 2 * markSize],
    [0, 0],
    [markSize, 2 * markSize],
  ],
  negativeInfinity: [
    [-markSize, -2 * markSize],
    [0, 0],
    [markSize, -2 * markSize],
  ],
  nonPositive: [
    [0, 0],
    [-markSize, -markSize],
    [0, -2 * markSize],
    [markSize, -markSize],
  ],
};

/** Where marks of a kind lie: +∞ at the upper edge, all others at the lower. */
export function markEdge(kind: Mark['kind'], { top, bottom }: PlotArea): number {
  return kind === 'infinity' ? top + 1 : bottom - 1;
}

/** The strokes of one mark around its place: polygons to fill, or for NaN two lines to stroke. */
export function markStrokes(kind: Mark['kind']): readonly (readonly (readonly [number, number])[])[] {
  if (kind !== 'nan') return [outlines[kind]];
  const [low, high] = [0, -2 * markSize];
  return [
    [
      [-markSize, low],
      [markSize, high],
    ],
    [
      [-markSize, high],
      [markSize, low],
    ],
  ];
}

function drawMark(context: CanvasRenderingContext2D, maps: PlotMaps, { kind, x }: Mark, color: string): void {
  const edge = markEdge(kind, maps.area);
  context.beginPath();
  for (const value of x) {
    const center = toPixel(maps.x, value);
    for (const stroke of markStrokes(kind)) {
      stroke.forEach(([dx, dy], index) => {
        if (index === 0) context.moveTo(center + dx, edge + dy);
        else context.lineTo(center + dx, edge + dy);
      });
    }
  }
  context.strokeStyle = color;
  context.fillStyle = color;
  context.lineWidth = 1.5;
  if (kind === 'nan') context.stroke();
  else context.fill();
}
