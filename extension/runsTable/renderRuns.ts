import { escapeCsv, escapeMarkdown } from '../ui/escapeText';
import { formatDuration } from '../ui/numbers';
import type { Column, ExportFormat } from '../../webviews/protocol/runsTable';
import type { ExportedRun } from './tableModel';

/** The columns that a file has beside the id and the name, which come first. Sparklines are no text. */
export function chooseColumns(columns: readonly Column[]): readonly Column[] {
  return columns.filter(({ format, id }) => format !== 'trend' && id !== 'attributes.run_id');
}

/**
 * Runs as text, piece by piece: CSV as RFC 4180 has it, JSON as an array of objects by column, or a table in Markdown. Times
 * are ISO 8601, durations milliseconds but in Markdown; what a run does not have is empty, in JSON null.
 */
export async function* renderRuns(
  format: ExportFormat,
  columns: readonly Column[],
  batches: AsyncIterable<readonly ExportedRun[]>,
): AsyncGenerator<string> {
  const { head, row, between, tail } = renderers[format](columns);
  let isFirst = true;
  yield head;
  for await (const batch of batches) {
    const lines = batch.map(row).join(between);
    if (lines === '') continue;
    yield isFirst ? lines : between + lines;
    isFirst = false;
  }
  yield tail;
}

interface Renderer {
  readonly head: string;
  readonly row: (run: ExportedRun) => string;
  readonly between: string;
  readonly tail: string;
}

const renderers: Readonly<Record<ExportFormat, (columns: readonly Column[]) => Renderer>> = {
  csv: (columns) => {
    const toLine = (cells: readonly string[]) => `${cells.map(escapeCsv).join(',')}\r\n`;
    return {
      head: toLine(['run_id', 'run_name', ...columns.map(({ id }) => id)]),
      row: (run) => toLine([run.id, run.name, ...columns.map((column, at) => toText(column, run.cells[at]))]),
      between: '',
      tail: '',
    };
  },
  json: (columns) => ({
    head: '[\n',
    row: (run) =>
      JSON.stringify(
        Object.fromEntries([
          ['run_id', run.id],
          ['run_name', run.name],
          ...columns.map((column, at): [string, unknown] => [column.id, toValue(column, run.cells[at])]),
        ]),
      ),
    between: ',\n',
    tail: '\n]\n',
  }),
  markdown: (columns) => {
    const toLine = (cells: readonly string[]) => `| ${cells.join(' | ')} |\n`;
    const names = ['run_id', 'run_name', ...columns.map(({ id }) => id)];
    const shown = (column: Column, cell: string | null | undefined) =>
      column.format === 'duration' && cell
        ? formatDuration(Number(cell))
        : escapeMarkdown(toText(column, cell));
    return {
      head: toLine(names.map(escapeMarkdown)) + toLine(names.map(() => '---')),
      row: (run) =>
        toLine([
          escapeMarkdown(run.id),
          escapeMarkdown(run.name),
          ...columns.map((column, at) => shown(column, run.cells[at])),
        ]),
      between: '',
      tail: '',
    };
  },
};

function toText({ format }: Column, cell: string | null | undefined): string {
  if (cell === null || cell === undefined) return '';
  return format === 'time' ? toIsoTime(cell) : cell;
}

/** Numbers as numbers where JSON has them. */
function toValue(column: Column, cell: string | null | undefined): string | number | null {
  if (cell === null || cell === undefined) return null;
  const isNumeric = column.format === 'number' || column.format === 'duration';
  const number = isNumeric && cell.trim() !== '' ? Number(cell) : NaN;
  return Number.isFinite(number) ? number : toText(column, cell);
}

function toIsoTime(milliseconds: string): string {
  const time = new Date(Number(milliseconds));
  return Number.isNaN(time.getTime()) ? milliseconds : time.toISOString();
}
