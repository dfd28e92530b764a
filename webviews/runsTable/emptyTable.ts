import type { Arrangement } from '../protocol/arrangement';
import type { TableFacts } from '../protocol/runsTable';
import { button, element } from '../shared/dom';
import { icon, type IconName } from '../shared/icons';

export interface EmptyActions {
  clearSearch(): void;
  refresh(): void;
  chooseColumns(): void;
  showAllColumns(): void;
}

/** Why the grid is empty, and what to do about it. */
export type Emptiness = 'noRuns' | 'nothingFound' | 'reading' | 'noColumns';

/** What a table lacks; undefined where it has something to show. `columnCount` is undefined while that is not read. */
export function emptinessOf(
  { rowCount, hasMore, reading }: Pick<TableFacts, 'rowCount' | 'hasMore' | 'reading'>,
  { search, hidden, onlyDiffering }: Pick<Arrangement, 'search' | 'hidden' | 'onlyDiffering'>,
  columnCount: number | undefined,
): Emptiness | undefined {
  if (rowCount > 0) {
    const areAway = columnCount === 0 && (hidden.length > 0 || onlyDiffering);
    return areAway ? 'noColumns' : undefined;
  }
  if (reading || hasMore) return 'reading';
  const { text, ...facets } = search;
  const isSearched = text.trim() !== '' || Object.values(facets).some((facet) => facet !== false);
  return isSearched ? 'nothingFound' : 'noRuns';
}

/** Says it, with the next step. */
export function drawEmptiness(kind: Emptiness, actions: EmptyActions): HTMLElement {
  switch (kind) {
    case 'noRuns':
      return notice(
        'table',
        'No runs yet',
        'They appear here as soon as they are logged: mlflow.start_run() begins one.',
        step('Refresh', () => actions.refresh()),
      );
    case 'nothingFound':
      return notice(
        'search',
        'No run is like that',
        'None of the runs is what the filter asks for.',
        step('Clear Filter', () => actions.clearSearch()),
      );
    case 'reading':
      return notice('search', 'Reading runs…', 'None was found so far.');
    case 'noColumns':
      return notice(
        'table',
        'All columns are hidden',
        'Runs still have their names.',
        step('Choose Columns…', () => actions.chooseColumns()),
        step('Show All Columns', () => actions.showAllColumns()),
      );
  }
}

function notice(glyph: IconName, title: string, text: string, ...steps: readonly HTMLElement[]): HTMLElement {
  const heading = element('h2', {}, title);
  const buttons = element('div', { class: 'steps' }, ...steps);
  return element(
    'div',
    { class: 'emptiness' },
    icon(glyph),
    heading,
    element('p', { class: 'quiet' }, text),
    buttons,
  );
}

function step(label: string, onClick: () => void): HTMLElement {
  return button({ class: 'button secondary', onClick }, label);
}
