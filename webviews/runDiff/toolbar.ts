import { button, element } from '../shared/dom';
import { icon } from '../shared/icons';

export interface ToolbarActions {
  filter(query: string): void;
  transpose(): void;
  togglePlots(): void;
  copy(format: 'markdown' | 'csv'): void;
  refresh(): void;
}

export interface Toolbar {
  readonly element: HTMLElement;
  setQuery(query: string): void;
  setTransposed(isTransposed: boolean): void;
  setPlots(isShown: boolean): void;
  /** Says what went wrong; undefined takes it back. */
  setTrouble(text: string | undefined): void;
  focusFilter(): void;
}

/** The filter, and what can be done with the comparison as a whole. */
export function createToolbar(actions: ToolbarActions): Toolbar {
  const { element: filter, input, clear } = createFilter();
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
  const transpose = button(
    { class: 'button secondary', aria: { pressed: 'false' }, onClick: () => actions.transpose() },
    'Runs as Rows',
  );
  const plots = button(
    { class: 'button secondary', aria: { pressed: 'false' }, onClick: () => actions.togglePlots() },
    icon('chart'),
    'Plots',
  );
  const trouble = element('span', { class: 'stranger trouble', role: 'alert', hidden: true });
  const refresh = button(
    { class: 'icon-button', title: 'Refresh', aria: { label: 'Refresh' }, onClick: () => actions.refresh() },
    icon('refresh'),
  );
  return {
    element: element(
      'div',
      { class: 'toolbar', role: 'toolbar', aria: { label: 'Comparison' } },
      filter,
      plots,
      transpose,
      copyAs('Copy as Markdown', () => actions.copy('markdown')),
      copyAs('Copy as CSV', () => actions.copy('csv')),
      refresh,
      trouble,
    ),
    setQuery: (query) => {
      input.value = query;
      clear.hidden = query === '';
    },
    setTransposed: (isTransposed) => transpose.setAttribute('aria-pressed', String(isTransposed)),
    setPlots: (isShown) => plots.setAttribute('aria-pressed', String(isShown)),
    setTrouble: (text) => {
      trouble.hidden = text === undefined;
      trouble.textContent = text ?? '';
    },
    focusFilter: () => {
      input.focus();
      input.select();
    },
  };
}

function copyAs(label: string, onClick: () => void): HTMLElement {
  const title = `${label}: the rows that are shown`;
  return button(
    { class: 'button secondary', title, onClick },
    icon('copy'),
    label.replace('Copy as ', ''),
    hidden(label),
  );
}

/** The whole name for who does not see the icon. */
function hidden(label: string): HTMLElement {
  return element('span', { class: 'visually-hidden' }, ` (${label})`);
}

function createFilter() {
  const input = element('input', {
    title: 'Filter ( / )',
    aria: { label: 'Filter names and values' },
    data: { focus: 'filter' },
  });
  input.type = 'text';
  input.spellcheck = false;
  input.autocomplete = 'off';
  input.placeholder = 'Filter names and values…';
  const clear = button(
    { class: 'icon-button', title: 'Clear Filter (Esc)', aria: { label: 'Clear filter' }, hidden: true },
    icon('clear'),
  );
  return {
    element: element('div', { class: 'filter', role: 'search' }, icon('search'), input, clear),
    input,
    clear,
  };
}
