import {
  matchesWords,
  missingCell,
  unknownCell,
  wordsOf,
  type DiffRow,
  type DiffSection,
  type RowChoice,
  type RunColumn,
  type RunDiff,
  type SectionId,
} from '../../webviews/protocol/runDiff';
import { formatDuration, formatMetric } from '../ui/numbers';
import { plainText } from '../ui/text';

/** A comparison as text for documents and spreadsheets. */

export interface RenderOptions extends RowChoice {
  /** Runs as rows. */
  readonly isTransposed: boolean;
}

const titles: Readonly<Record<SectionId, string>> = {
  details: 'Details',
  params: 'Parameters',
  metrics: 'Metrics',
  tags: 'Tags',
  datasets: 'Datasets',
  models: 'Models',
};

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
    return [`### ${titles[id]}`, '', ...lines].join('\n');
  });
  return parts.length === 0 ? 'No differences.\n' : `${parts.join('\n\n')}\n`;
}

/** One table of all sections, as RFC 4180 has it. A text that a spreadsheet would take for a formula is kept from it by a `'`. */
export function renderCsv(diff: RunDiff, options: RenderOptions): string {
  const rows = chooseRows(diff, options).flatMap(({ id, rows: chosen }) =>
    chosen.map((row) => [
      titles[id],
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

/** The sections with the rows that are wanted; those without any are left out. */
export function chooseRows(diff: RunDiff, { query, withEqual }: RowChoice): readonly DiffSection[] {
  const words = wordsOf(query);
  const sections = diff.sections.map((section) => ({
    ...section,
    rows: section.rows.filter(
      (row) => (row.state !== 'equal' || withEqual.includes(section.id)) && matchesWords(row, words),
    ),
  }));
  return sections.filter(({ rows }) => rows.length > 0);
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
  const shown = row.format === 'duration' ? formatDuration(Number(text)) : escapeMarkdown(text);
  if (!change || change.verdict === 'same') return shown;
  const sign = change.delta.startsWith('-') ? '' : '+';
  const verdict = change.verdict === 'neutral' ? '' : `, ${change.verdict}`;
  const percent =
    change.percent === undefined ? '' : `, ${sign}${formatMetric(round(Number(change.percent)))} %`;
  return `${shown} (${sign}${formatMetric(Number(change.delta))}${percent}${verdict})`;
}

function round(percent: number): number {
  return Number(percent.toPrecision(3));
}

function toIsoTime(text: string): string {
  const time = new Date(Number(text));
  return Number.isNaN(time.getTime()) ? text : time.toISOString();
}

/** As long as a cell of a table makes sense. */
const longestCell = 10_000;

/** On one line, and nothing in it is markup: no link, no picture, no HTML, no end of the cell. */
function escapeMarkdown(text: string): string {
  return plainText(text, longestCell)
    .replace(/[\\`*_[\]<>|~$]/g, '\\$&')
    .replace(/&/g, '&amp;')
    .replace(/:(?=\/\/)/g, '&#58;')
    .replace(/@/g, '&#64;');
}

const number = /^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/;

function escapeCsv(text: string): string {
  const isFormula = /^\s*[=+\-@\t\r]/.test(text) && !number.test(text);
  const safe = isFormula ? `'${text}` : text;
  return /[",\r\n]|^\s|\s$/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
