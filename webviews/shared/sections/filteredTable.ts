import type { Copy } from '../copyButton';
import { element } from '../dom';
import { formatInteger } from '../text';
import { hasWords, type SectionCount, type Words } from './arrangement';
import type { Row } from './rows';
import { RowTable, type Column, type RowTableOptions } from './rowTable';

export interface FilteredTableOptions extends Omit<RowTableOptions, 'label'> {
  /** Names the table for style. */
  readonly id: string;
  readonly title: string;
  /** What its rows are, in the plural. */
  readonly noun: string;
  readonly columns: readonly Column[];
  readonly copy: Copy;
  /** Said where there are none at all. */
  readonly none: string;
}

/** Draws the rows that match into a table, or a word where there are none. */
export function createFilteredTable(
  body: HTMLElement,
  options: FilteredTableOptions,
): (rows: readonly Row[], words: Words) => SectionCount {
  const { id, title, noun, none } = options;
  const table = new RowTable({ ...options, label: title });
  const empty = element('p', { class: 'empty' });
  table.element.classList.add(`table-${id}`);
  body.append(table.element, empty);
  return (rows, words) => {
    const matching = words.length === 0 ? rows : rows.filter((row) => hasWords(row.haystack, words));
    table.update(matching);
    table.element.hidden = matching.length === 0;
    showEmpty(empty, { noun, none, shown: matching.length, total: rows.length });
    return { shown: matching.length, total: rows.length };
  };
}

export interface Emptiness {
  readonly noun: string;
  readonly none: string;
  readonly shown: number;
  readonly total: number;
}

/** Says why nothing is shown, where nothing is. */
export function showEmpty(line: HTMLElement, { noun, none, shown, total }: Emptiness): void {
  line.hidden = shown > 0;
  const text = total === 0 ? none : `None of the ${formatInteger(total)} ${noun} match the filter.`;
  if (line.textContent !== text) line.textContent = text;
}
