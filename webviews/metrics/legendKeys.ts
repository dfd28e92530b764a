/**
 * The keyboard in a list of many lines: one tab stop, up and down walk the lines, left and right what each line offers,
 * so that nobody tabs through three thousand runs.
 */
export function walkLines(list: HTMLElement): void {
  list.addEventListener('keydown', (event) => {
    const from = event.target;
    if (!(from instanceof HTMLElement) || event.ctrlKey || event.metaKey || event.altKey) return;
    const target = targetOf(list, from, event.key);
    if (!target) return;
    event.preventDefault();
    target.focus();
    target.scrollIntoView({ block: 'nearest' });
  });
  list.addEventListener('focusin', ({ target }) => {
    if (!(target instanceof HTMLElement)) return;
    for (const stop of list.querySelectorAll<HTMLElement>('[tabindex="0"]')) stop.tabIndex = -1;
    target.tabIndex = 0;
  });
}

/** Makes the first line the tab stop where none is. */
export function keepTabStop(list: HTMLElement): void {
  const stop = list.querySelector('li:not([hidden]) [tabindex="0"]');
  const first = list.querySelector<HTMLElement>('li:not([hidden]) .line-stop');
  if (!stop && first) first.tabIndex = 0;
}

function targetOf(list: HTMLElement, from: HTMLElement, key: string): HTMLElement | undefined {
  const row = from.closest<HTMLElement>('li');
  if (!row) return undefined;
  const stops = stopsOf(row);
  const column = stops.indexOf(from);
  switch (key) {
    case 'ArrowRight':
      return stops[column + 1];
    case 'ArrowLeft':
      return stops[column - 1];
    case 'ArrowDown':
    case 'ArrowUp':
    case 'Home':
    case 'End': {
      const other = rowFor(list, row, key);
      return other && (stopsOf(other)[column] ?? stopsOf(other)[0]);
    }
    default:
      return undefined;
  }
}

function rowFor(list: HTMLElement, row: HTMLElement, key: string): HTMLElement | undefined {
  const rows = [...list.querySelectorAll<HTMLElement>('li:not([hidden])')];
  if (key === 'Home') return rows[0];
  if (key === 'End') return rows.at(-1);
  return rows[rows.indexOf(row) + (key === 'ArrowDown' ? 1 : -1)];
}

function stopsOf(row: HTMLElement): readonly HTMLElement[] {
  return [...row.querySelectorAll<HTMLElement>('.line-stop:not([hidden])')];
}
