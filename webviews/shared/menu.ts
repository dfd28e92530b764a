import { button, element } from './dom';
import { icon, type IconName } from './icons';
import { placeBeside, type Box } from './placing';

export type MenuItem =
  | {
      readonly kind: 'action';
      readonly label: string;
      readonly icon?: IconName;
      readonly isDisabled?: boolean;
      readonly run: () => void;
    }
  | { readonly kind: 'check'; readonly label: string; readonly isChecked: boolean; readonly run: () => void }
  /** Leaves the menu open; answers whether it is checked now. */
  | {
      readonly kind: 'toggle';
      readonly label: string;
      readonly isChecked: boolean;
      readonly run: () => boolean;
    }
  | { readonly kind: 'separator' };

/** A point in the window. */
export interface MenuPoint {
  readonly x: number;
  readonly y: number;
}

/**
 * A menu below its button, or at the pointer: arrow keys, Home, End and first letters walk it, Enter picks, Escape or a click
 * elsewhere closes it and gives the focus back.
 */
export function openMenu(
  anchor: HTMLElement,
  label: string,
  items: readonly MenuItem[],
  point?: MenuPoint,
): void {
  const menu = element('div', { class: 'menu', role: 'menu', tabIndex: -1, aria: { label } });
  menu.popover = 'auto';
  const close = () => {
    menu.hidePopover();
  };
  menu.append(...items.map((item) => menuRow(item, close)));
  menu.addEventListener('keydown', (event) => {
    walk(menu, event, close);
  });
  menu.addEventListener('toggle', (event) => {
    if (event.newState !== 'closed') return;
    anchor.setAttribute('aria-expanded', 'false');
    const hadFocus = menu.contains(document.activeElement) || document.activeElement === document.body;
    menu.remove();
    if (hadFocus) anchor.focus();
  });
  document.body.append(menu);
  menu.showPopover();
  anchor.setAttribute('aria-expanded', 'true');
  placeBeside(menu, point ? boxBelow(point, menu) : anchor.getBoundingClientRect());
  rowsOf(menu)[0]?.focus();
}

/** A box without height at the point, as wide as the menu: its left edge is where the pointer is. */
function boxBelow({ x, y }: MenuPoint, menu: HTMLElement): Box {
  return { left: x, right: x + menu.offsetWidth, top: y, bottom: y };
}

function menuRow(item: MenuItem, close: () => void): HTMLElement {
  if (item.kind === 'separator') return element('div', { class: 'menu-separator', role: 'separator' });
  const isCheck = item.kind !== 'action';
  const glyph = isCheck ? icon('check') : item.icon && icon(item.icon);
  const row = button(
    {
      class: 'menu-item',
      role: isCheck ? 'menuitemcheckbox' : 'menuitem',
      tabIndex: -1,
      aria: isCheck ? { checked: String(item.isChecked) } : item.isDisabled ? { disabled: 'true' } : {},
      onClick: () => {
        if (item.kind === 'toggle') {
          row.setAttribute('aria-checked', String(item.run()));
          return;
        }
        if (!isCheck && item.isDisabled) return;
        close();
        item.run();
      },
    },
    glyph ?? element('span', { class: 'icon', aria: { hidden: 'true' } }),
    item.label,
  );
  row.addEventListener('pointermove', () => {
    row.focus({ preventScroll: true });
  });
  return row;
}

function rowsOf(menu: HTMLElement): readonly HTMLElement[] {
  return [...menu.querySelectorAll<HTMLElement>('.menu-item')];
}

function walk(menu: HTMLElement, event: KeyboardEvent, close: () => void): void {
  const rows = rowsOf(menu);
  const at = rows.findIndex((row) => row === document.activeElement);
  if (event.key === 'Tab') close();
  const target = targetOf(rows, at, event.key);
  event.stopPropagation();
  if (!target) return;
  event.preventDefault();
  target.focus();
}

function targetOf(rows: readonly HTMLElement[], at: number, key: string): HTMLElement | undefined {
  switch (key) {
    case 'ArrowDown':
      return rows[(at + 1) % rows.length];
    case 'ArrowUp':
      return rows.at(at <= 0 ? -1 : at - 1);
    case 'Home':
      return rows[0];
    case 'End':
      return rows.at(-1);
    default:
      return key.length === 1 && key !== ' ' ? startingWith(rows, at, key) : undefined;
  }
}

function startingWith(rows: readonly HTMLElement[], at: number, letter: string): HTMLElement | undefined {
  const fromHere = [...rows.slice(at + 1), ...rows.slice(0, at + 1)];
  return fromHere.find(({ textContent }) => textContent.toLowerCase().startsWith(letter.toLowerCase()));
}
