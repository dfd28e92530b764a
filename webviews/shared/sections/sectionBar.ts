import { button, element, onChangeOf, replaceChildren } from '../dom';
import { icon } from '../icons';
import { describeCount, wordsOf, type SectionCount } from './arrangement';

export interface SectionBarActions<Id extends string> {
  /** What the filter looks into: `parameters, metrics, tags, datasets and models`. */
  readonly searched: string;
  /** The same as it stands in the empty box: `Filter parameters, metrics, tags…`. */
  readonly placeholder: string;
  filter(query: string): void;
  goTo(section: Id): void;
}

/** A section as the bar names it. */
export interface Destination<Id extends string> {
  readonly id: Id;
  readonly title: string;
  /** Absent where nothing is counted. */
  readonly count?: SectionCount;
}

export interface SectionBar<Id extends string> {
  readonly element: HTMLElement;
  readonly query: string;
  setQuery(query: string): void;
  setDestinations(destinations: readonly Destination<Id>[]): void;
  focusFilter(): void;
}

/** The filter for all that a page holds, and the way to each section. */
export function createSectionBar<Id extends string>(actions: SectionBarActions<Id>): SectionBar<Id> {
  const input = filterInput(actions);
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
  const render = onChangeOf(({ items, query }: { items: readonly Destination<Id>[]; query: string }) => {
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

function filterInput({ searched, placeholder }: Pick<SectionBarActions<string>, 'searched' | 'placeholder'>) {
  const input = element('input', {
    title: 'Filter ( / )',
    aria: { label: `Filter ${searched}` },
    data: { focus: 'filter' },
  });
  input.type = 'text';
  input.spellcheck = false;
  input.autocomplete = 'off';
  input.placeholder = placeholder;
  return input;
}

function destinationButton(
  { id, title, count }: Destination<string>,
  query: string,
  go: () => void,
): HTMLElement {
  const words = wordsOf(query);
  const isEmpty = count?.shown === 0;
  return button(
    { class: `destination${isEmpty ? ' is-empty' : ''}`, data: { focus: `go ${id}` }, onClick: go },
    title,
    count === undefined ? undefined : element('span', { class: 'count' }, describeCount(count, words)),
  );
}
