import type { Direction, Extreme } from '../protocol/metrics';
import { formatReal, formatStepText } from './formatX';
import { compareNames } from './layout';
import type { DrawnLine } from './picture';
import { compareReals } from './ranking';

/** The table behind a chart: one row a line, over the full history. */

export const columns = [
  { id: 'name', title: 'Run' },
  { id: 'last', title: 'Last' },
  { id: 'best', title: 'Best' },
  { id: 'min', title: 'Min' },
  { id: 'max', title: 'Max' },
  { id: 'points', title: 'Points' },
] as const;
export type ColumnId = (typeof columns)[number]['id'];

export interface TableOrder {
  readonly column: ColumnId;
  readonly isDescending: boolean;
}

/** The best line is on top. */
export function initialOrder(direction: Direction): TableOrder {
  return { column: 'best', isDescending: direction === 'higher' };
}

/** The same column again turns the order; numbers begin with the highest. */
export function orderBy(order: TableOrder, column: ColumnId): TableOrder {
  const isDescending = order.column === column ? !order.isDescending : column !== 'name';
  return { column, isDescending };
}

/** Lines without the value come last in either order. */
export function sortRows(rows: readonly DrawnLine[], order: TableOrder): readonly DrawnLine[] {
  return rows.toSorted((a, b) => compareRows(a, b, order) || compareNames(a.line.name, b.line.name));
}

function compareRows(a: DrawnLine, b: DrawnLine, { column, isDescending }: TableOrder): number {
  if (column === 'name') return (isDescending ? -1 : 1) * compareNames(a.line.name, b.line.name);
  const direction = isDescending ? 'higher' : 'lower';
  if (column === 'points') return compareReals(a.data.total, b.data.total, direction);
  const value = ({ data }: DrawnLine) => data.statistics[column]?.value ?? 'NaN';
  return compareReals(value(a), value(b), direction);
}

/** `0.123`, and the step beside it. */
export function formatExtreme(extreme: Extreme | undefined): readonly [value: string, step: string] {
  return extreme ? [formatReal(extreme.value), formatStepText(extreme.step)] : ['–', ''];
}

/** The table as Markdown, with the step of each value in brackets. */
export function toMarkdown(metric: string, rows: readonly DrawnLine[]): string {
  const cell = (extreme: Extreme | undefined) => {
    const [value, step] = formatExtreme(extreme);
    return step === '' ? value : `${value} (${step})`;
  };
  const lines = rows.map(({ line, data: { statistics, total } }) => [
    line.name,
    cell(statistics.last),
    cell(statistics.best),
    cell(statistics.min),
    cell(statistics.max),
    String(total),
  ]);
  const head = columns.map(({ id, title }) => (id === 'name' ? metric : title));
  const rule = columns.map(({ id }) => (id === 'name' ? '---' : '---:'));
  return `${[head, rule, ...lines].map(markdownRow).join('\n')}\n`;
}

function markdownRow(cells: readonly string[]): string {
  return `| ${cells.map(escapeMarkdown).join(' | ')} |`;
}

/** A name stays one cell and plain text, whatever it holds. */
function escapeMarkdown(text: string): string {
  return text.replace(/[\\|`*_<>[\]]/g, '\\$&').replace(/\s+/g, ' ');
}

/** The value that stands out: the chart's only line's, or the best of all lines. */
export function bestLine(rows: readonly DrawnLine[], direction: Direction): DrawnLine | undefined {
  const withBest = rows.filter(({ data }) => data.statistics.best !== undefined);
  return sortRows(withBest, initialOrder(direction))[0];
}
