import type { Cell, Column, GroupCell, Trend } from '../protocol/runsTable';
import {
  formatCount,
  formatDuration,
  formatExactTime,
  formatNumber,
  formatTime,
  visibleText,
} from '../shared/text';

/** How values look in a cell and in its tooltip. Pure. */

/** No more of a text is in a cell than fits in the widest one. */
const longestShown = 300;
const longestTitle = 2000;

/** What a cell holds once it is read; a trend has its statistics too. */
export type CellValue = Cell | Trend;

export function isTrend(value: CellValue | undefined): value is Trend {
  return typeof value === 'object' && value !== null && 'runId' in value;
}

/** What a cell holds, in one line. */
export function cellText(column: Column, value: CellValue): string {
  if (value === null) return '';
  if (isTrend(value)) return formatNumber(statisticOf(column, value) ?? '');
  return typeof value === 'string' ? formatValue(column, value) : groupText(column, value);
}

/** What the cell's text leaves out; as a tooltip has it. */
export function cellTitle(column: Column, value: CellValue): string {
  if (value === null) return '';
  if (isTrend(value)) return trendTitle(value);
  if (typeof value !== 'string') return groupTitle(column, value);
  const whole = value.length > longestTitle ? `${value.slice(0, longestTitle)}…` : value;
  if (column.format === 'time') return value === '' ? '' : formatExactTime(Number(value));
  return visibleText(column.format === 'duration' ? `${whole} ms` : whole);
}

/** The number that a trend's column shows of it. */
export function statisticOf({ statistic }: Column, trend: Trend): string | undefined {
  return statistic === 'min' || statistic === 'max' || statistic === 'best' ? trend[statistic] : undefined;
}

export function isNumeric({ format }: Column): boolean {
  return format === 'number' || format === 'duration';
}

function formatValue({ format }: Column, value: string): string {
  switch (format) {
    case 'number':
      return safe(formatNumber(value.slice(0, longestShown)));
    case 'time':
      return value === '' ? '' : safe(formatTime(Number(value)));
    case 'duration':
      return Number.isNaN(Number(value)) ? safe(value) : formatDuration(Number(value));
    case 'status':
      return statusWord(value);
    case 'text':
    case 'trend':
      return safe(value.slice(0, longestShown));
  }
}

/** `Finished`. */
export function statusWord(status: string): string {
  return safe(status.slice(0, 1) + status.slice(1, longestShown).toLowerCase());
}

/** Most texts have nothing to make visible, which is quicker to see than to do. A cell has one line. */
function safe(text: string): string {
  return /^[ -~]*$/.test(text) ? text : visibleText(text.replace(/\s+/g, ' '));
}

/** `0.931 ± 0.012 (5)`, the text that all have, or how many values there are. */
function groupText(column: Column, cell: GroupCell): string {
  const { count, mean, deviation, text } = cell;
  if (text !== undefined) return formatValue(column, text);
  if (mean === undefined) return count === 0 ? '' : formatCount(count, 'value');
  const spread = deviation === undefined ? '' : ` ± ${formatMean(column, deviation)}`;
  return `${formatMean(column, mean)}${spread} (${count})`;
}

/** Fewer digits than a value has: a mean is no measurement. */
function formatMean({ format }: Column, value: number): string {
  if (format === 'duration') return formatDuration(value);
  return formatNumber(String(Number(value.toPrecision(4))));
}

function groupTitle(column: Column, { count, mean, deviation, text }: GroupCell): string {
  if (text !== undefined) return cellTitle(column, text);
  if (mean === undefined) return count === 0 ? '' : formatCount(count, 'different value');
  const spread = deviation === undefined ? '' : `, standard deviation ${deviation}`;
  return `Mean ${mean}${spread}, of ${formatCount(count, 'run')}`;
}

function trendTitle({ min, max, best, cause }: Trend): string {
  if (cause !== undefined) return visibleText(cause.slice(0, longestTitle));
  const parts = [
    min === undefined ? undefined : `Lowest ${min}`,
    max === undefined ? undefined : `highest ${max}`,
    best === undefined ? undefined : `best ${best}`,
  ];
  return visibleText(parts.filter((part) => part !== undefined).join(', '));
}
