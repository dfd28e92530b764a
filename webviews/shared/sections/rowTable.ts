import { ChunkedRows } from '../chunkedRows';
import { copyButton, type Copy } from '../copyButton';
import { button, element } from '../dom';
import { icon } from '../icons';
import { clampText, formatCount, visibleText } from '../text';
import { moveIn } from './gridKeys';
import type { Cell, Row, RowPlace } from './rows';

export interface Column {
  readonly title: string;
  readonly kind: 'name' | 'text' | 'number';
}

export interface RowTableOptions {
  readonly label: string;
  readonly columns: readonly Column[];
  readonly copy: Copy;
  /** Opens or folds what lies under a row, where rows lie under others. */
  readonly fold?: (row: Row) => void;
}

const rowsInChunk = 50;

/** A grid of many rows. One tab stop: arrow keys walk the rows. */
export class RowTable {
  readonly element: HTMLElement;
  private readonly body = new ChunkedRows({
    rowsInChunk,
    role: 'rowgroup',
    drawRow: (index) => this.drawRow(index),
  });
  private readonly unfolded = new Set<string>();
  private rows: readonly Row[] = [];
  private activeId: string | undefined;

  constructor(private readonly options: RowTableOptions) {
    const { label, columns, fold } = options;
    const aria = { label, colcount: String(columns.length) };
    this.element = element(
      'div',
      { class: 'table', role: fold ? 'treegrid' : 'grid', aria },
      headerRow(columns),
      this.body.element,
    );
    this.listen();
  }

  /** Shows these rows; those that were there before keep their place, focus and unfolded texts. */
  update(rows: readonly Row[]): void {
    const before = this.rows;
    this.rows = rows;
    this.element.setAttribute('aria-rowcount', String(rows.length + 1));
    const isSameOrder =
      before.length === rows.length && rows.every((row, index) => row.id === before[index]?.id);
    if (isSameOrder) this.renewCells(before);
    else this.rebuild();
  }

  private rebuild(): void {
    const hadFocus = this.body.element.contains(document.activeElement);
    const active = this.rows.findIndex((row) => row.id === this.activeId);
    if (active === -1) this.activeId = undefined;
    this.body.rebuild(this.rows.length);
    if (hadFocus) this.focusRow(Math.max(active, 0));
  }

  private drawRow(index: number): HTMLElement {
    const row = this.rows[index];
    const isTabStop = row?.id === (this.activeId ?? this.rows[0]?.id);
    const drawn = element('div', {
      class: 'row',
      role: 'row',
      tabIndex: isTabStop ? 0 : -1,
      aria: { rowindex: String(index + 2) },
      data: { index: String(index) },
    });
    if (row) this.fillRow(drawn, row);
    return drawn;
  }

  private fillRow(drawn: HTMLElement, row: Row): void {
    const { columns, fold } = this.options;
    const cells = row.cells().map((cell, index) => this.drawCell(row, cell, columns[index]));
    if (fold && row.place) placeRow(drawn, cells[0], row.place);
    drawn.replaceChildren(...cells);
  }

  private drawCell(row: Row, cell: Cell, column: Column | undefined): HTMLElement {
    const kind = column?.kind ?? 'text';
    const isUnfolded = this.unfolded.has(row.id);
    const clamped = clampText(cell.text);
    const shown = visibleText(isUnfolded ? cell.text : clamped.text);
    const drawn = element(
      'div',
      {
        class: `cell ${kind}${cell.isWrong ? ' is-wrong' : ''}`,
        role: kind === 'name' ? 'rowheader' : 'gridcell',
      },
      element('span', { class: 'stranger' }, shown),
    );
    if (cell.title !== undefined) drawn.title = visibleText(cell.title);
    if (clamped.isClamped) {
      const label = isUnfolded ? 'Show less' : `Show all ${formatCount(cell.text.length, 'character')}`;
      drawn.append(button({ class: 'link unfold', tabIndex: -1 }, label));
    }
    return drawn;
  }

  /** Draws again the rows that changed, among those that are drawn. */
  private renewCells(before: readonly Row[]): void {
    for (const drawn of this.body.drawn()) {
      const row = this.rowOf(drawn);
      const old = before[Number(drawn.dataset['index'])];
      if (row && old && row.version !== old.version) this.refillRow(drawn, row);
    }
  }

  private refillRow(drawn: HTMLElement, row: Row): void {
    const hadFocus = drawn.contains(document.activeElement);
    this.fillRow(drawn, row);
    if (hadFocus) drawn.focus({ preventScroll: true });
  }

  private listen(): void {
    const { element: grid } = this;
    grid.addEventListener('keydown', (event) => {
      this.onKey(event);
    });
    grid.addEventListener('copy', (event) => {
      this.onCopy(event);
    });
    grid.addEventListener('click', ({ target }) => {
      const drawn = rowElementOf(target);
      if (!drawn || !(target instanceof Element)) return;
      if (target.closest('.unfold')) this.toggle(drawn);
      else if (target.closest('.cell.name')) this.fold(drawn);
    });
    grid.addEventListener('focusin', ({ target }) => {
      const drawn = rowElementOf(target);
      if (drawn) this.activate(drawn);
    });
    grid.addEventListener('pointerover', ({ target }) => {
      const drawn = rowElementOf(target);
      if (drawn) this.offerCopy(drawn);
    });
  }

  private onKey(event: KeyboardEvent): void {
    const drawn = rowElementOf(event.target);
    if (!drawn) return;
    if (event.key === 'Enter' && event.target === drawn) {
      if (!this.fold(drawn)) this.toggle(drawn);
      return;
    }
    const index = Number(drawn.dataset['index']);
    const next = this.foldByKey(drawn, index, event.key) ?? moveIn(this.rows.length, index, event);
    if (next === undefined) return;
    event.preventDefault();
    this.focusRow(next);
  }

  /** Opens or folds what lies under a row; false where nothing does. */
  private fold(drawn: HTMLElement): boolean {
    const row = this.rowOf(drawn);
    if (row?.place?.isOpen === undefined || !this.options.fold) return false;
    this.activeId = row.id;
    this.options.fold(row);
    return true;
  }

  /** What the arrows mean in a tree; answers where the focus goes. */
  private foldByKey(drawn: HTMLElement, index: number, key: string): number | undefined {
    const place = this.rows[index]?.place;
    if (!place || (key !== 'ArrowRight' && key !== 'ArrowLeft')) return undefined;
    if (key === 'ArrowRight' && place.isOpen) return index + 1;
    const isFoldable = place.isOpen === (key === 'ArrowLeft');
    if (isFoldable && this.fold(drawn)) return index;
    if (key === 'ArrowRight') return index;
    const above = this.rows.slice(0, index).findLastIndex((row) => (row.place?.level ?? 0) < place.level);
    return Math.max(above, 0);
  }

  /** VS Code turns its copy key into this event; without a selection it means the row. */
  private onCopy(event: ClipboardEvent): void {
    const drawn = rowElementOf(document.activeElement);
    const row = drawn && this.rowOf(drawn);
    if (!row || document.getSelection()?.isCollapsed === false) return;
    event.preventDefault();
    void this.options.copy(row.copyText);
  }

  private toggle(drawn: HTMLElement): void {
    const row = this.rowOf(drawn);
    if (!row?.cells().some((cell) => clampText(cell.text).isClamped)) return;
    if (!this.unfolded.delete(row.id)) this.unfolded.add(row.id);
    this.fillRow(drawn, row);
    this.offerCopy(drawn);
    drawn.focus({ preventScroll: true });
  }

  /** Makes the row the table's tab stop, and its buttons the next ones. */
  private activate(drawn: HTMLElement): void {
    this.activeId = this.rowOf(drawn)?.id;
    for (const other of this.body.element.querySelectorAll<HTMLElement>('[tabindex="0"]'))
      other.tabIndex = -1;
    this.offerCopy(drawn);
    drawn.tabIndex = 0;
    for (const inner of drawn.querySelectorAll('button')) inner.tabIndex = 0;
  }

  /** The copy button comes with the pointer or the focus: thousands of them would only weigh. */
  private offerCopy(drawn: HTMLElement): void {
    const row = this.rowOf(drawn);
    if (!row || drawn.querySelector('.copy')) return;
    const label = `Copy ${visibleText(clampText(row.cells()[0]?.text ?? '', 80, 1).text)}`;
    drawn.append(copyButton(this.options.copy, label, () => row.copyText, { tabIndex: -1 }));
  }

  private focusRow(index: number): void {
    this.body.rowAt(index)?.focus();
  }

  private rowOf(drawn: HTMLElement): Row | undefined {
    return this.rows[Number(drawn.dataset['index'])];
  }
}

/** Says where a row stands in its tree, to the eye and to the ear. */
function placeRow(drawn: HTMLElement, name: HTMLElement | undefined, { level, isOpen }: RowPlace): void {
  drawn.setAttribute('aria-level', String(level + 1));
  drawn.style.setProperty('--level', String(level));
  if (isOpen !== undefined) drawn.setAttribute('aria-expanded', String(isOpen));
  name?.prepend(isOpen === undefined ? element('span', { class: 'icon' }) : icon('chevron'));
}

function headerRow(columns: readonly Column[]): HTMLElement {
  const cells = columns.map(({ title, kind }) =>
    element('div', { class: `cell ${kind}`, role: 'columnheader' }, title),
  );
  return element('div', { class: 'table-header', role: 'row', aria: { rowindex: '1' } }, ...cells);
}

function rowElementOf(target: EventTarget | null): HTMLElement | undefined {
  const row = target instanceof Element ? target.closest('.row') : null;
  return row instanceof HTMLElement ? row : undefined;
}
