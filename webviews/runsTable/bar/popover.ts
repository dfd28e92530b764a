import { element } from '../../shared/dom';
import { placeBeside } from '../../shared/placing';

/** Something to work in that floats below its button until Escape or a click elsewhere; the button then has the focus again. */
export interface Popover {
  readonly element: HTMLElement;
  close(): void;
}

export function openPopover(
  anchor: HTMLElement,
  label: string,
  className: string,
  closed: () => void,
): Popover {
  const made = element('div', { class: `popover ${className}`, role: 'dialog', aria: { label } });
  made.popover = 'auto';
  made.addEventListener('toggle', (event) => {
    if (event.newState !== 'closed') return;
    const hadFocus = made.contains(document.activeElement) || document.activeElement === document.body;
    anchor.setAttribute('aria-expanded', 'false');
    made.remove();
    if (hadFocus) anchor.focus();
    closed();
  });
  made.addEventListener('keydown', (event) => {
    // Keys typed here are nobody else's.
    event.stopPropagation();
  });
  document.body.append(made);
  made.showPopover();
  anchor.setAttribute('aria-expanded', 'true');
  // What it holds comes after this, and decides how much room it needs.
  requestAnimationFrame(() => placeBeside(made, anchor.getBoundingClientRect()));
  return { element: made, close: () => made.hidePopover() };
}
