import type { Column } from '../protocol/runsTable';
import { element } from '../shared/dom';
import type { RowHead } from './blockCache';
import { CellView, type CellContent } from './cellView';
import type { ColumnLayout } from './columnLayout';
import { NameCell } from './nameCell';
import { Recycled } from './recycled';
import type { IndexRange } from './viewport';

/** What all rows of a frame have in common. */
export interface RowFrame {
  /** Another whenever anything but the place is another than in the frame before. */
  readonly epoch: number;
  readonly layout: ColumnLayout;
  readonly columns: IndexRange;
  /** CSS pixels. */
  readonly rowHeight: number;
  /** The first row of the body, which stands at its top. */
  readonly topRow: number;
  contentOf(row: number, head: RowHead, column: Column): CellContent;
}

export interface RowState {
  /** Undefined while it is not read. */
  readonly head: RowHead | undefined;
  readonly isSelected: boolean;
  /** The column of the cell that keys act on; -1 if it is in another row. */
  readonly activeColumn: number;
}

const pending: CellContent = { value: undefined, shade: 0, color: 0 };

/** A row that stands for one run or group after the other. */
export class RowView {
  private readonly pinned = element('div', { class: 'pinned', role: 'presentation' });
  readonly element = element('div', { class: 'row', role: 'row' }, this.pinned);
  private readonly name = new NameCell();
  private readonly stuck = new Recycled(this.pinned, () => new CellView());
  private readonly cells = new Recycled(this.element, () => new CellView());
  private index = -1;
  private drawn: { readonly epoch: number; readonly from: number; readonly to: number } | undefined;
  private className = '';
  private active: HTMLElement | undefined;

  constructor() {
    this.pinned.append(this.name.element);
  }

  /** Stands for this row; `state` is asked only where something may be another. */
  show(index: number, frame: RowFrame, stateOf: (row: number) => RowState): void {
    const { epoch, columns } = frame;
    const isSame = index === this.index && this.drawn?.epoch === epoch;
    if (isSame && this.drawn?.from === columns.from && this.drawn.to === columns.to) return;
    if (index !== this.index || this.drawn?.epoch !== epoch) this.showPlace(index, frame);
    this.drawn = { epoch, from: columns.from, to: columns.to };
    this.showState(frame, stateOf(index));
  }

  /** The element of a cell, if it is drawn. */
  cellAt(column: number): HTMLElement | undefined {
    if (column === 0) return this.name.element;
    return (this.stuck.at(column) ?? this.cells.at(column))?.element;
  }

  /** Shows what the cell leaves out. */
  showTitle(column: number): void {
    if (column === 0) this.name.showTitle();
    else (this.stuck.at(column) ?? this.cells.at(column))?.showTitle();
  }

  private showPlace(index: number, { rowHeight, topRow }: RowFrame): void {
    if (index !== this.index) this.element.setAttribute('aria-rowindex', String(index + 2));
    this.index = index;
    const top = `${(index - topRow) * rowHeight}px`;
    if (index >= topRow && top !== this.element.style.top) this.element.style.top = top;
  }

  private showState(frame: RowFrame, { head, isSelected, activeColumn }: RowState): void {
    const { layout, columns } = frame;
    this.setClass(classOf(head, isSelected));
    this.name.show(head, layout.columns[0]?.width ?? 0);
    this.stuck.fit(1, layout.stuckCount);
    this.cells.fit(columns.from, columns.to);
    this.showCells(this.stuck, frame, head);
    this.showCells(this.cells, frame, head);
    this.setActive(activeColumn === -1 ? undefined : this.cellAt(activeColumn), activeColumn);
    setAria(this.element, 'selected', head?.kind === 'run' ? String(isSelected) : undefined);
    setAria(this.element, 'busy', head ? undefined : 'true');
  }

  private showCells(views: Recycled<CellView>, frame: RowFrame, head: RowHead | undefined): void {
    let index = views.first;
    for (const cell of views.all) {
      const laid = frame.layout.columns[index];
      if (laid?.column) {
        cell.place(index, laid);
        cell.show(laid.column, head ? frame.contentOf(this.index, head, laid.column) : pending);
      }
      index++;
    }
  }

  private setActive(cell: HTMLElement | undefined, column: number): void {
    const id = cell && cellId(this.index, column);
    if (cell === this.active && cell?.id === id) return;
    this.active?.removeAttribute('id');
    delete this.active?.dataset['active'];
    this.active = cell;
    if (!cell || id === undefined) return;
    cell.id = id;
    cell.dataset['active'] = '';
  }

  private setClass(name: string): void {
    if (name === this.className) return;
    this.className = name;
    this.element.className = name;
  }
}

/** What `aria-activedescendant` names a cell by. */
export function cellId(row: number, column: number): string {
  return `cell-${row}-${column}`;
}

function classOf(head: RowHead | undefined, isSelected: boolean): string {
  if (head?.kind === 'group') return 'row is-group';
  const name = head?.isDeleted ? 'row is-deleted' : 'row';
  return isSelected ? `${name} is-selected` : name;
}

/** Sets the attribute where it is another, or takes it away. */
export function setAria(target: Element, name: string, value: string | undefined): void {
  const attribute = `aria-${name}`;
  if (value === undefined) {
    if (target.hasAttribute(attribute)) target.removeAttribute(attribute);
  } else if (target.getAttribute(attribute) !== value) target.setAttribute(attribute, value);
}
