import { button, element, onChangeOf, replaceChildren } from '../shared/dom';
import { icon } from '../shared/icons';
import { describeCount, wordsOf, type SectionCount, type SectionId } from './state';

export interface ToolbarActions {
  filter(query: string): void;
  goTo(section: SectionId): void;
}

/** A section as the toolbar names it. */
export interface Destination {
  readonly id: SectionId;
  readonly title: string;
  /** Absent where nothing is counted. */
  readonly count?: SectionCount;
}

export interface Toolbar {
  readonly element: HTMLElement;
  readonly query: string;
  setQuery(query: string): void;
  setDestinations(destinations: readonly Destination[]): void;
  focusFilter(): void;
}

/** The filter for all that the run holds, and the way to each section. */
export function createToolbar(actions: ToolbarActions): Toolbar {
  const input = filterInput();
  const clear = button(
    { class: 'icon-button', title: 'Clear Filter (Esc)', aria: { label: 'Clear filter' }, hidden: true },
    icon('clear'),
  );
  const destinations = element('nav', { class: 'destinations', aria: { label: 'Sections' } });
  const apply = () => {
    clear.hidden = input.value === '';
    actions.filter(input.value);
  };
  input.addEventListener('input', apply);
  clear.addEventListener('click', () => {
    input.value = '';
    apply();
    input.focus();
  });
  const render = onChangeOf(({ items, query }: { items: readonly Destination[]; query: string }) => {
    const buttons = items.map((item) =>
      destinationButton(item, query, () => {
        actions.goTo(item.id);
      }),
    );
    replaceChildren(destinations, ...buttons);
  });
  return {
    element: element(
      'div',
      { class: 'toolbar' },
      element('div', { class: 'filter', role: 'search' }, icon('search'), input, clear),
      destinations,
    ),
    get query() {
      return input.value;
    },
    setQuery: (query) => {
      input.value = query;
      clear.hidden = query === '';
    },
    setDestinations: (items) => {
      render({ items, query: input.value });
    },
    focusFilter: () => {
      input.focus();
      input.select();
    },
  };
}

function filterInput(): HTMLInputElement {
  const input = element('input', {
    title: 'Filter ( / )',
    aria: { label: 'Filter parameters, metrics, tags, datasets and models' },
    data: { focus: 'filter' },
  });
  input.type = 'text';
  input.spellcheck = false;
  input.autocomplete = 'off';
  input.placeholder = 'Filter parameters, metrics, tags…';
  return input;
}

function destinationButton({ id, title, count }: Destination, query: string, go: () => void): HTMLElement {
  const words = wordsOf(query);
  const isEmpty = count?.shown === 0;
  return button(
    { class: `destination${isEmpty ? ' is-empty' : ''}`, data: { focus: `go ${id}` }, onClick: go },
    title,
    count === undefined ? undefined : element('span', { class: 'count' }, describeCount(count, words)),
  );
}
