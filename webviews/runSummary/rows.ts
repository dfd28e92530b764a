import type { DatasetRow, Entry, MetricRow, ModelRow } from '../protocol/runSummary';
import { formatExactTime, formatNumber, formatTime } from '../shared/text';

/** A row of a table, ready to be searched and copied, and to be shown when it comes into sight. */
export interface Row {
  /** Stays the same over updates. */
  readonly id: string;
  readonly copyText: string;
  /** In lower case: what a filter looks into. */
  readonly haystack: string;
  /** Differs when anything that is shown differs. */
  readonly version: string;
  /** Written when the row is drawn: of thousands, few ever are. */
  readonly cells: () => readonly Cell[];
}

export interface Cell {
  readonly text: string;
  /** What the text leaves out. */
  readonly title?: string;
}

export function metricRow({ key, value, step, loggedAt }: MetricRow): Row {
  return {
    id: key,
    copyText: value,
    haystack: `${key}\n${value}`.toLowerCase(),
    version: `${value} ${step} ${loggedAt}`,
    cells: () => [{ text: key }, numberCell(value), { text: step }, timeCell(loggedAt)],
  };
}

export function entryRow({ key, value }: Entry): Row {
  return {
    id: key,
    copyText: value,
    haystack: `${key}\n${value}`.toLowerCase(),
    version: value,
    cells: () => [{ text: key }, { text: value }],
  };
}

export function modelRow(model: ModelRow, index: number): Row {
  const { id = '', name = '', status = '', type = '', role, createdAt } = model;
  const kind = [role === 'input' ? 'input' : '', type].filter((part) => part !== '').join(' · ');
  return {
    id: `${index} ${id}`,
    copyText: id === '' ? name : id,
    haystack: [name, id, type, status, role].join('\n').toLowerCase(),
    version: JSON.stringify(model),
    cells: () => [
      { text: name },
      { text: nameStatus(status) },
      { text: kind },
      { text: id },
      createdAt === undefined ? { text: '' } : timeCell(createdAt),
    ],
  };
}

function numberCell(value: string): Cell {
  const text = formatNumber(value);
  return text === value ? { text } : { text, title: value };
}

function timeCell(time: number): Cell {
  return { text: formatTime(time), title: formatExactTime(time) };
}

export function datasetHaystack(dataset: DatasetRow): string {
  const { name, digest, context = '', sourceType, source, schema = '' } = dataset;
  return [name, digest, context, sourceType, source, schema].join('\n').toLowerCase();
}

/** `UPLOAD_FAILED` as `Upload failed`. */
function nameStatus(status: string): string {
  const words = status.replaceAll('_', ' ').toLowerCase();
  return words.charAt(0).toUpperCase() + words.slice(1);
}
