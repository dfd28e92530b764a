import { formatExactTime, formatNumber, formatTime } from '../text';

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
  /** Where it stands among rows that lie under others. */
  readonly place?: RowPlace;
}

export interface RowPlace {
  /** 0 for what lies under nothing. */
  readonly level: number;
  /** Absent where nothing lies under it. */
  readonly isOpen?: boolean;
}

export interface Cell {
  readonly text: string;
  /** What the text leaves out. */
  readonly title?: string;
  /** It asks for attention. */
  readonly isWrong?: boolean;
}

interface Entry {
  readonly key: string;
  readonly value: string;
}

/** A metric's last value; value and step as text, `loggedAt` in milliseconds since the epoch. */
export function metricRow(metric: Entry & { readonly step: string; readonly loggedAt: number }): Row {
  const { key, value, step, loggedAt } = metric;
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

function numberCell(value: string): Cell {
  const text = formatNumber(value);
  return text === value ? { text } : { text, title: value };
}

export function timeCell(time: number): Cell {
  return { text: formatTime(time), title: formatExactTime(time) };
}
