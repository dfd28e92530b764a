import { matchesWords, type DiffRow } from '../protocol/runDiff';
import { formatInteger } from '../shared/text';
import type { PartId } from '../protocol/runDiff';

/** A part of the comparison with the rows that are shown of it. */
export interface ShownPart<Row extends DiffRow = DiffRow> {
  readonly id: PartId;
  readonly rows: readonly Row[];
  readonly count: RowCount;
  readonly isOpen: boolean;
  readonly trouble: string | undefined;
  /** Said in place of the count. */
  readonly note?: string;
}

export interface RowCount {
  readonly total: number;
  readonly equal: number;
  /** Equal rows that the filter lets through and that are hidden all the same. */
  readonly hidden: number;
  readonly shown: number;
  readonly withEqual: boolean;
  readonly isFiltered: boolean;
}

/** The rows that are wanted, with a count of what is hidden. */
export function chooseShown<Row extends DiffRow>(
  rows: readonly Row[],
  words: readonly string[],
  withEqual: boolean,
): { readonly rows: readonly Row[]; readonly count: RowCount } {
  const found = words.length === 0 ? rows : rows.filter((row) => matchesWords(row, words));
  const shown = withEqual ? found : found.filter(({ state }) => state !== 'equal');
  const equal = rows.filter(({ state }) => state === 'equal').length;
  const count = {
    ...{ total: rows.length, equal, withEqual },
    ...{ hidden: found.length - shown.length, shown: shown.length, isFiltered: words.length > 0 },
  };
  return { rows: shown, count };
}

const nouns: Readonly<Record<PartId, readonly [one: string, many: string]>> = {
  details: ['detail', 'details'],
  params: ['parameter', 'parameters'],
  metrics: ['metric', 'metrics'],
  tags: ['tag', 'tags'],
  datasets: ['fact of datasets', 'facts of datasets'],
  models: ['fact of models', 'facts of models'],
  artifacts: ['file', 'files'],
};

/** `12 of 129 parameters differ · 117 equal hidden`. */
export function describeRows(id: PartId, count: RowCount): string {
  const { total, equal, hidden, shown, isFiltered } = count;
  const [one, many] = nouns[id];
  if (total === 0) return `no ${many}`;
  const parts = [describeDifferences(total, equal, total === 1 ? one : many)];
  if (isFiltered) parts.push(`${formatInteger(shown)} found`);
  if (hidden > 0) parts.push(`${formatInteger(hidden)} equal hidden`);
  return parts.join(' · ');
}

function describeDifferences(total: number, equal: number, noun: string): string {
  const all = formatInteger(total);
  if (equal === total) return total === 1 ? `1 ${noun}, which is equal` : `all ${all} ${noun} are equal`;
  const differing = total - equal;
  return `${formatInteger(differing)} of ${all} ${noun} ${differing === 1 ? 'differs' : 'differ'}`;
}
