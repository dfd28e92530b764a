import { button } from '../shared/dom';
import { icon } from '../shared/icons';
import { visibleText } from '../shared/text';
import { fillKey } from './cells';
import type { ShownRow } from './grid';

/** The cells of artifacts, which are a tree. */

/** Fills the cell that names a row; among columns, where no indent shows what it lies in, by its whole path. */
export function fillTreeKey(cell: HTMLElement, row: ShownRow, isColumn: boolean): void {
  const { tree } = row;
  if (!tree) {
    fillKey(cell, row);
    return;
  }
  fillKey(cell, isColumn ? { ...row, key: tree.path } : row);
  if (!isColumn) cell.style.setProperty('--depth', String(tree.depth));
  if (tree.isOpen === undefined) {
    cell.prepend(icon('file'));
    return;
  }
  cell.setAttribute('aria-expanded', String(tree.isOpen));
  const label = `${tree.isOpen ? 'Close' : 'Open'} folder`;
  cell.prepend(button({ class: 'folder', tabIndex: -1, aria: { label } }, icon('chevron'), icon('folder')));
}

/** Makes what a run has of a file a button that opens its menu; not so where nothing is known of the run. */
export function addOpener(cell: HTMLElement, { tree }: ShownRow, isKnown: boolean): void {
  if (!tree || tree.isOpen !== undefined || !isKnown) return;
  const opener = button(
    {
      class: 'file-opener',
      tabIndex: -1,
      title: `Compare ${visibleText(tree.path.slice(-200))}`,
      aria: { haspopup: 'menu' },
    },
    ...cell.childNodes,
    icon('chevron'),
  );
  cell.replaceChildren(opener);
}

/** The opener of a file's menu that was pressed, if one was. */
export function openerOf(target: Element): HTMLElement | undefined {
  return target.closest<HTMLElement>('.file-opener') ?? undefined;
}
