import type { Scale } from 'chart.js';
import { toPixel } from './axisMap';
import {
  bandOpacity,
  describeMarks,
  isSparse,
  markEdge,
  markStrokes,
  rawOpacity,
  widthOf,
  type PlotMaps,
} from './drawLines';
import type { PlotTheme } from '../../shared/palette';
import type { PlotLine, PlotView } from './plotView';
import { traceBand, traceLine, type PathSink } from './trace';
import { shorten } from './shorten';

/** What an exported picture shows. */
export interface PictureContent {
  readonly view: PlotView;
  readonly theme: PlotTheme;
  /** Of the plot, in CSS pixels. */
  readonly width: number;
  readonly height: number;
  /** Undefined for bars. */
  readonly maps: PlotMaps | undefined;
  readonly scales: readonly Scale[];
}

const titleHeight = 32;
const rowHeight = 20;
/** Lines that are named below the picture; the rest is counted. */
const mostNames = 24;
const nameWidth = 220;
const longestName = 30;

interface LegendEntry {
  readonly x: number;
  readonly y: number;
  readonly text: string;
  readonly line: PlotLine | undefined;
}

/** The canvas with its title above and its lines' names below, as PNG. Throws where the browser makes none. */
export async function toPicture(canvas: HTMLCanvasElement, content: PictureContent): Promise<Uint8Array> {
  const { theme, view, width, height } = content;
  const legend = layOutLegend(content);
  const picture = new OffscreenCanvas(
    canvas.width,
    Math.round((titleHeight + height + legend.height) * (canvas.width / width)),
  );
  const context = picture.getContext('2d');
  if (!context) throw new Error('The browser gave no canvas to draw the picture on.');
  const ratio = canvas.width / width;
  context.fillStyle = theme.background;
  context.fillRect(0, 0, picture.width, picture.height);
  context.drawImage(canvas, 0, Math.round(titleHeight * ratio));
  context.scale(ratio, ratio);
  context.fillStyle = theme.foreground;
  context.font = `600 ${theme.fontSize + 1}px ${theme.fontFamily}`;
  context.fillText(view.title, 12, 20, width - 24);
  context.font = `${theme.fontSize}px ${theme.fontFamily}`;
  for (const { x, y, text, line } of legend.entries) {
    const top = titleHeight + height + y;
    if (line) strokeSample(context, line, x, top, widthOf(theme));
    context.fillStyle = theme.foreground;
    context.fillText(text, x + 30, top + 4, nameWidth - 36);
  }
  const blob = await picture.convertToBlob({ type: 'image/png' });
  return new Uint8Array(await blob.arrayBuffer());
}

function strokeSample(
  context: OffscreenCanvasRenderingContext2D,
  line: PlotLine,
  x: number,
  y: number,
  width: number,
): void {
  context.strokeStyle = line.color;
  context.lineWidth = width;
  context.setLineDash([...line.dash]);
  context.beginPath();
  context.moveTo(x, y);
  context.lineTo(x + 24, y);
  context.stroke();
  context.setLineDash([]);
}

function layOutLegend({ view, width }: PictureContent): { entries: readonly LegendEntry[]; height: number } {
  if (view.kind === 'bars') return { entries: [], height: 8 };
  const columns = Math.max(1, Math.floor((width - 16) / nameWidth));
  const named = view.lines.slice(0, mostNames);
  const entries: LegendEntry[] = named.map((line, index) => ({
    ...placeOf(index),
    text: shorten(line.name, longestName),
    line,
  }));
  const others = view.lines.length - named.length;
  if (others > 0) entries.push({ ...placeOf(named.length), text: `and ${others} more`, line: undefined });
  return { entries, height: Math.ceil(entries.length / columns) * rowHeight + 16 };

  function placeOf(index: number): { x: number; y: number } {
    return { x: 12 + (index % columns) * nameWidth, y: 10 + Math.floor(index / columns) * rowHeight };
  }
}

/** The same picture as SVG text, drawn anew from the points. */
export function toSvgText(content: PictureContent): string {
  const { view, theme, width, height, maps } = content;
  const legend = layOutLegend(content);
  const total = titleHeight + height + legend.height;
  const parts = [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${total}" viewBox="0 0 ${width} ${total}" font-family="${escape(theme.fontFamily)}" font-size="${theme.fontSize}" fill="${theme.foreground}">`,
    `<rect width="${width}" height="${total}" fill="${theme.background}"/>`,
    `<text x="12" y="20" font-weight="600">${escape(view.title)}</text>`,
    `<g transform="translate(0 ${titleHeight})">`,
    ...content.scales.map((scale) => svgScale(scale, content)),
    ...(maps ? svgLines(content, maps) : svgBars(content)),
    '</g>',
    ...legend.entries.map((entry) => svgLegendEntry(entry, titleHeight + height, theme)),
    '</svg>',
  ];
  return parts.join('\n');
}

function svgLegendEntry({ x, y, text, line }: LegendEntry, top: number, theme: PlotTheme): string {
  const sample = line ? `<path d="M${x} ${top + y}h24" ${strokeOf(line, widthOf(theme))} fill="none"/>` : '';
  return `${sample}<text x="${x + 30}" y="${top + y + 4}">${escape(text)}</text>`;
}

function svgScale(scale: Scale, { theme, scales }: PictureContent): string {
  const area = scale.chart.chartArea;
  const isHorizontal = scale.isHorizontal();
  const labels = scale.ticks.map(({ label }, index) => {
    const at = round(scale.getPixelForTick(index));
    const text = escape(String(label ?? ''));
    const line = isHorizontal
      ? `<path d="M${at} ${area.top}V${area.bottom + 4}" stroke="${theme.grid}"/>`
      : `<path d="M${area.left - 4} ${at}H${area.right}" stroke="${theme.grid}"/>`;
    return isHorizontal
      ? `${line}<text x="${at}" y="${area.bottom + 18}" text-anchor="middle">${text}</text>`
      : `${scales.length > 0 ? line : ''}<text x="${area.left - 8}" y="${at + 4}" text-anchor="end">${text}</text>`;
  });
  return `<g>${labels.join('')}</g>`;
}

function svgLines({ view, theme }: PictureContent, maps: PlotMaps): readonly string[] {
  const { left, right, top, bottom } = maps.area;
  const clip = `<clipPath id="area"><rect x="${left}" y="${top}" width="${right - left}" height="${bottom - top}"/></clipPath>`;
  const bands = view.lines.flatMap(({ band, color }) => {
    if (!band) return [];
    const path = new SvgPath();
    traceBand(band, maps.x, maps.y, path);
    return [`<path d="${path.text}Z" fill="${color}" fill-opacity="${bandOpacity}"/>`];
  });
  const lines = view.lines.map((line) => svgLine(line, maps, theme));
  const counts = `<text x="${right - 6}" y="${top + theme.fontSize + 2}" text-anchor="end">${describeMarks(view.lines)}</text>`;
  return [clip, '<g clip-path="url(#area)">', ...bands, ...lines, counts, '</g>'];
}

function svgLine(line: PlotLine, maps: PlotMaps, theme: PlotTheme): string {
  const width = widthOf(theme);
  const pathOf = (points: PlotLine['points']): string => {
    const path = new SvgPath();
    traceLine(points, maps.x, maps.y, path, () => undefined);
    return path.text;
  };
  const raw = line.smooth
    ? `<path d="${pathOf(line.points)}" fill="none" stroke="${line.color}" stroke-width="${width}" stroke-opacity="${rawOpacity}"/>`
    : '';
  const main = `<path d="${pathOf(line.smooth ?? line.points)}" fill="none" ${strokeOf(line, width)}/>`;
  const dots = isSparse(line, maps.area)
    ? Array.from(line.points.x, (x, index) => {
        const [cx, cy] = [toPixel(maps.x, x), toPixel(maps.y, line.points.y[index] ?? NaN)];
        return `<circle cx="${round(cx)}" cy="${round(cy)}" r="${width + 1}" fill="${line.color}"/>`;
      })
    : [];
  return [raw, main, ...dots, ...svgMarks(line, maps)].join('');
}

function svgMarks({ marks, color }: PlotLine, maps: PlotMaps): readonly string[] {
  return marks.map(({ kind, x }) => {
    const edge = markEdge(kind, maps.area);
    const path = new SvgPath();
    for (const value of x) {
      for (const stroke of markStrokes(kind)) {
        stroke.forEach(([dx, dy], index) => {
          const [px, py] = [toPixel(maps.x, value) + dx, edge + dy];
          if (index === 0) path.moveTo(px, py);
          else path.lineTo(px, py);
        });
      }
    }
    return `<path d="${path.text}" ${kind === 'nan' ? `fill="none" stroke="${color}"` : `fill="${color}"`}/>`;
  });
}

function svgBars({ view, scales }: PictureContent): readonly string[] {
  const value = scales.find((scale) => scale.isHorizontal());
  const names = scales.find((scale) => !scale.isHorizontal());
  if (!value || !names) return [];
  const room = (names.bottom - names.top) / Math.max(view.lines.length, 1);
  const thickness = Math.min(22, room * 0.7);
  return view.lines.map(({ points, color }, index) => {
    const [zero, end] = [
      value.getPixelForValue(Math.max(0, value.min)),
      value.getPixelForValue(points.y[0] ?? NaN),
    ];
    if (!Number.isFinite(end)) return '';
    const y = names.getPixelForValue(index) - thickness / 2;
    return `<rect x="${round(Math.min(zero, end))}" y="${round(y)}" width="${round(Math.abs(end - zero))}" height="${round(thickness)}" fill="${color}"/>`;
  });
}

function strokeOf({ color, dash }: PlotLine, width: number): string {
  return `stroke="${color}" stroke-width="${width}" stroke-linejoin="bevel"${dash.length > 0 ? ` stroke-dasharray="${dash.join(' ')}"` : ''}`;
}

class SvgPath implements PathSink {
  private readonly parts: string[] = [];

  get text(): string {
    return this.parts.join('');
  }

  moveTo(x: number, y: number): void {
    this.parts.push(`M${round(x)} ${round(y)}`);
  }

  lineTo(x: number, y: number): void {
    this.parts.push(`L${round(x)} ${round(y)}`);
  }
}

function round(pixel: number): number {
  return Math.round(pixel * 100) / 100;
}

function escape(text: string): string {
  return text.replace(/[<>&"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
