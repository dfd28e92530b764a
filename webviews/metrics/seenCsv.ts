import type { Points, XAxis } from '../protocol/metrics';
import { nameAxis } from './formatX';
import type { DrawnLine } from './picture';

/** The points that a chart draws, as CSV: one point a row, with what it is of its line. */
export function toSeenCsv(metric: string, x: XAxis, lines: readonly DrawnLine[]): string {
  const rows = [['line', 'name', 'series', nameAxis(x), metric].map(textCell).join(',')];
  for (const { line, data } of lines) {
    const begin = `${textCell(line.isRun ? line.id : line.name)},${textCell(line.name)}`;
    const add = (series: string, points: Points) => {
      points.x.forEach((at, index) => rows.push(`${begin},${series},${at},${points.y[index] ?? ''}`));
    };
    add(line.isRun ? 'value' : 'mean', data.points);
    if (data.smooth) add('smoothed', data.smooth);
    if (!data.band) continue;
    add('low', data.band);
    add('high', { x: data.band.x, y: data.band.high });
  }
  return `${rows.join('\r\n')}\r\n`;
}

/** A cell of text: quoted where it must be, and never a formula for the program that opens it. */
function textCell(text: string): string {
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** A name for a file of this metric, on any system. */
export function fileNameOf(metric: string): string {
  const name = metric.replace(/[^\p{L}\p{N}._-]+/gu, '-').replace(/^[-.]+|[-.]+$/g, '');
  return name.slice(0, 80) || 'metric';
}
