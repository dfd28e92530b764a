import { moveFrom, type Place, type Shape } from './cellKeys';

/** A grid as the keyboard knows it. */
export interface FocusModel extends Shape {
  /** The element that takes the focus for a cell; draws it if it was not in sight. */
  readonly elementAt: (place: Place) => HTMLElement | undefined;
  readonly placeOf: (element: Element) => Place | undefined;
  /** Whether the line is the heading of a part, which has no columns but things to press. */
  readonly isHeading: (line: number) => boolean;
}

/** What takes the focus in a grid: one of these is its tab stop. */
export const stop = 'data-stop';

/** Walks a grid by arrow keys. It has one tab stop: the cell that had the focus last. */
export function walkByKeys(grid: HTMLElement, model: () => FocusModel): void {
  /** The column that one walks down, over the headings in it. */
  let column = 0;
  grid.addEventListener('focusin', ({ target }) => {
    const element = stopOf(target);
    if (element) makeStop(grid, element);
  });
  grid.addEventListener('keydown', (event) => {
    const element = stopOf(event.target);
    const shape = model();
    const place = element && shape.placeOf(element);
    if (!place) return;
    if (event.key === 'Enter' && element === event.target && !(element instanceof HTMLButtonElement)) {
      // The button may open a menu, whose first item would take the key next.
      event.preventDefault();
      element.querySelector('button')?.click();
      return;
    }
    if (!shape.isHeading(place.line)) column = place.column;
    const next = moveFrom(place, shape, event);
    if (!next) return;
    event.preventDefault();
    if (next.line === place.line) shape.elementAt(next)?.focus();
    else if (shape.isHeading(next.line)) shape.elementAt({ ...next, column: 0 })?.focus();
    else shape.elementAt({ ...next, column: isEdge(event.key) ? next.column : column })?.focus();
  });
}

/** Whether the key means a column of its own. */
function isEdge(key: string): boolean {
  return key === 'Home' || key === 'End';
}

/** Leaves the grid with a tab stop when the one it had is gone. */
export function keepStop(grid: HTMLElement): void {
  if (grid.querySelector(`[${stop}][tabindex="0"]`)) return;
  const first = grid.querySelector<HTMLElement>(`[${stop}]`);
  if (first) first.tabIndex = 0;
}

function stopOf(target: EventTarget | null): HTMLElement | undefined {
  const element = target instanceof Element ? target.closest(`[${stop}]`) : null;
  return element instanceof HTMLElement ? element : undefined;
}

function makeStop(grid: HTMLElement, element: HTMLElement): void {
  for (const other of grid.querySelectorAll<HTMLElement>(`[${stop}][tabindex="0"]`)) other.tabIndex = -1;
  element.tabIndex = 0;
}
