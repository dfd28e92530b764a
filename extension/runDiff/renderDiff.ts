import {
  type ArtifactRow,
  matchesWords,
  missingCell,
  partTitles,
  unknownCell,
  wordsOf,
  type DiffRow,
  type RowChoice,
  type RunColumn,
  type RunDiff,
  type PartId,
} from '../../webviews/protocol/runDiff';
import { escapeCsv, escapeMarkdown } from '../ui/escapeText';
import { formatDuration, formatMetric, formatSize } from '../ui/numbers';

/** A comparison as text for documents and spreadsheets. */

export interface RenderOptions extends RowChoice {
  /** Runs as rows. */
  readonly isTransposed: boolean;
  /** Those that are read; none where undefined. */
  readonly artifacts?: readonly ArtifactRow[];
}

/** One table for each section, as Markdown that shows every text as what it is. */
export function renderMarkdown(diff: RunDiff, options: RenderOptions): string {
  const parts = chooseRows(diff, options).map(({ id, rows }) => {
    const table = [
      ['', ...diff.runs.map((run, index) => nameMarkdown(run, index === diff.baseline))],
      ...rows.map((row) => [
        escapeMarkdown(row.key),
        ...diff.runs.map((_, index) => cellMarkdown(row, index)),
      ]),
    ];
    const [head = [], ...body] = options.isTransposed ? transpose(table) : table;
    const lines = [head, head.map(() => '---'), ...body].map((cells) => `| ${cells.join(' | ')} |`);
    return [`### ${partTitles[id]}`, '', ...lines].join('\n');
  });
  return parts.length === 0 ? 'No differences.\n' : `${parts.join('\n\n')}\n`;
}

/** One table of all sections, as RFC 4180 has it. A text that a spreadsheet would take for a formula is kept from it by a `'`. */
export function renderCsv(diff: RunDiff, options: RenderOptions): string {
  const rows = chooseRows(diff, options).flatMap(({ id, rows: chosen }) =>
    chosen.map((row) => [
      partTitles[id],
      row.key,
      row.state,
      ...diff.runs.map((_, index) => cellText(row, index)),
    ]),
  );
  const heads = [
    ['', 'run', '', ...diff.runs.map(({ name, id }) => name || id)],
    ['', 'run ID', '', ...diff.runs.map(({ id }) => id)],
  ];
  const table = [...heads, ...rows];
  const lines = options.isTransposed ? transpose(table) : table;
  return lines.map((cells) => `${cells.map(escapeCsv).join(',')}\r\n`).join('');
}

interface Part {
  readonly id: PartId;
  readonly rows: readonly DiffRow[];
}

/** The parts with the rows that are wanted; those without any are left out. Artifacts go by their whole path. */
export function chooseRows(
  { sections }: RunDiff,
  { query, withEqual, artifacts = [] }: Omit<RenderOptions, 'isTransposed'>,
): readonly Part[] {
  const words = wordsOf(query);
  const files = artifacts.map((row) => ({ ...row, key: row.path }));
  const parts = [...sections, { id: 'artifacts' as const, rows: files }].map(({ id, rows }) => ({
    id,
    rows: rows.filter((row) => (row.state !== 'equal' || withEqual.includes(id)) && matchesWords(row, words)),
  }));
  return parts.filter(({ rows }) => rows.length > 0);
}

function transpose(table: readonly (readonly string[])[]): readonly (readonly string[])[] {
  const [head = []] = table;
  return head.map((_, column) => table.map((cells) => cells[column] ?? ''));
}

function nameMarkdown({ name, id }: RunColumn, isBaseline: boolean): string {
  const text = escapeMarkdown(name || id);
  return isBaseline ? `${text} (baseline)` : text;
}

/** What a run has in a row: nothing for what is missing. */
function cellText({ values, cells, format }: DiffRow, index: number): string {
  const place = cells[index] ?? missingCell;
  const text = values[place] ?? '';
  return format === 'time' && place >= 0 ? toIsoTime(text) : text;
}

function cellMarkdown(row: DiffRow, index: number): string {
  const place = row.cells[index] ?? missingCell;
  if (place === unknownCell) return '?';
  if (place === missingCell) return '';
  const text = cellText(row, index);
  if (text === '') return '_empty_';
  const change = row.changes?.[index];
  const shown = formatMarkdown(row, text);
  if (!change || change.verdict === 'same') return shown;
  const sign = change.delta.startsWith('-') ? '' : '+';
  const verdict = change.verdict === 'neutral' ? '' : `, ${change.verdict}`;
  const percent =
    change.percent === undefined ? '' : `, ${sign}${formatMetric(round(Number(change.percent)))} %`;
  return `${shown} (${sign}${formatMetric(Number(change.delta))}${percent}${verdict})`;
}

function formatMarkdown({ format }: DiffRow, text: string): string {
  if (format === 'duration') return formatDuration(Number(text));
  return format === 'size' && /^\d+$/.test(text) ? formatSize(Number(text)) : escapeMarkdown(text);
}

function round(percent: number): number {
  return Number(percent.toPrecision(3));
}

function toIsoTime(text: string): string {
  const time = new Date(Number(text));
  return Number.isNaN(time.getTime()) ? text : time.toISOString();
}
