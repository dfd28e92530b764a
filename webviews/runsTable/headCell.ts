import type { SortKey } from '../protocol/arrangement';
import { button, element } from '../shared/dom';
import { icon } from '../shared/icons';
import { isNumeric } from './cellText';
import { kindLabels, labelOf } from './columnLabel';
import type { LaidColumn } from './columnLayout';
import { sortIdOf } from './columnMenu';
import { setAria } from './rowView';

/** The head of a column: its name, how the rows are sorted by it, its menu, and an edge to drag. */
export class HeadCell {
  private readonly label = element('span', { class: 'label' });
  private readonly arrow = element('span', { class: 'arrow', aria: { hidden: 'true' } });
  private readonly menu = button(
    { class: 'icon-button head-menu', tabIndex: -1, aria: { hidden: 'true' } },
    icon('chevron'),
  );
  private readonly edge = element('span', { class: 'edge', aria: { hidden: 'true' } });
  readonly element = element(
    'div',
    { class: 'cell head-cell', role: 'columnheader' },
    this.label,
    this.arrow,
    this.menu,
    this.edge,
  );
  private laid: LaidColumn | undefined;
  private index = -1;

  /** `isStuck` cells stand one beside the other, the others at their place. */
  show(index: number, laid: LaidColumn, sort: readonly SortKey[]): void {
    if (index !== this.index) this.element.setAttribute('aria-colindex', String(index + 1));
    this.index = index;
    if (laid !== this.laid) this.showColumn(laid);
    this.laid = laid;
    this.showSort(laid, sort);
  }

  private showColumn({ column, left, width }: LaidColumn): void {
    this.element.style.left = `${left}px`;
    this.element.style.width = `${width}px`;
    const label = column ? labelOf(column) : 'Run';
    if (this.label.textContent !== label) this.label.textContent = label;
    this.element.title = column ? titleOf(column.valueCount, label, column.differs) : label;
    this.element.classList.toggle('is-number', column !== undefined && isNumeric(column));
    setAria(this.element, 'description', column ? kindLabels[column.kind] : undefined);
  }

  private showSort({ column }: LaidColumn, sort: readonly SortKey[]): void {
    const place = sort.findIndex((key) => key.column === sortIdOf(column));
    const key = sort[place];
    const order = sort.length > 1 ? String(place + 1) : '';
    const text = key ? `${key.isDescending ? '↓' : '↑'}${order}` : '';
    if (this.arrow.textContent !== text) this.arrow.textContent = text;
    setAria(this.element, 'sort', key ? (key.isDescending ? 'descending' : 'ascending') : undefined);
  }
}

function titleOf(valueCount: number, label: string, differs: boolean): string {
  return `${label}\n${valueCount} with a value${differs ? '' : ', all alike'}`;
}
