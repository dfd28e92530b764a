import { unknownCell, type PartId } from '../protocol/runDiff';
import { ChunkedRows } from '../shared/chunkedRows';
import { element } from '../shared/dom';
import { fillCell, longestText } from './cells';
import { idOf, type GridActions, type GridView, type ShownRow } from './grid';
import { stop } from './gridFocus';
import { createHeading, type Heading } from './heading';
import type { ShownPart } from './shownRows';
import { addOpener, fillTreeKey, openerOf } from './treeCells';

const rowsInChunk = 20;

type Columns = Pick<GridView, 'runs' | 'baseline'>;

/** A part with a row for each key. */
export class PartBlock {
  readonly element: HTMLElement;
  readonly heading: Heading;
  private readonly body: ChunkedRows;
  private readonly unfolded = new Set<string>();
  private rows: readonly ShownRow[] = [];
  private columns: Columns = { runs: [], baseline: 0 };
  private firstLine = 0;

  constructor(
    id: PartId,
    private readonly actions: GridActions,
    scroller: HTMLElement,
  ) {
    this.heading = createHeading(id, actions);
    const drawRow = (index: number) => this.drawRow(index);
    this.body = new ChunkedRows({ rowsInChunk, role: 'presentation', scroller, drawRow });
    this.element = element(
      'div',
      { class: `part part-${id}`, role: 'rowgroup', data: { part: id } },
      this.heading.element,
      this.body.element,
    );
    this.body.element.addEventListener('click', ({ target }) => this.onClick(target));
  }

  get lineCount(): number {
    return this.rows.length;
  }

  /** Shows the part; rows that were there before keep their place, focus and unfolded texts. `line` is that of its heading. */
  update(part: ShownPart<ShownRow>, columns: Columns, line: number): void {
    const before = { rows: this.rows, columns: this.columns };
    this.rows = part.isOpen ? part.rows : [];
    this.columns = columns;
    this.heading.update(part);
    this.heading.element.setAttribute('aria-rowindex', String(line + 1));
    const isMoved = this.firstLine !== line + 1;
    this.firstLine = line + 1;
    if (isSameShape(before.rows, this.rows) && isSameRuns(before.columns, columns))
      this.renew(before, isMoved);
    else this.body.rebuild(this.rows.length);
  }

  /** The element that takes the focus for a cell; column 0 is the key. */
  elementAt(index: number, column: number): HTMLElement | undefined {
    const cell = this.body.rowAt(index)?.children[column];
    return cell instanceof HTMLElement ? cell : undefined;
  }

  private renew(before: { rows: readonly ShownRow[]; columns: Columns }, isMoved: boolean): void {
    const isMeasuredAnew = before.columns.baseline !== this.columns.baseline;
    for (const drawn of this.body.drawn()) {
      const index = Number(drawn.dataset['index']);
      const row = this.rows[index];
      if (!row) continue;
      if (isMoved) drawn.setAttribute('aria-rowindex', String(this.firstLine + index + 1));
      const isNews = isMeasuredAnew || JSON.stringify(before.rows[index]) !== JSON.stringify(row);
      if (isNews) this.fillRow(drawn, row);
    }
  }

  private drawRow(index: number): HTMLElement {
    const row = this.rows[index];
    const cells = this.columns.runs.map((_, column) => cellElement('cell', 'gridcell', column + 2));
    const drawn = element(
      'div',
      {
        class: 'row',
        role: 'row',
        aria: { rowindex: String(this.firstLine + index + 1) },
        data: { index: String(index) },
      },
      cellElement('key', 'rowheader', 1),
      ...cells,
    );
    if (row) this.fillRow(drawn, row);
    return drawn;
  }

  private fillRow(drawn: HTMLElement, row: ShownRow): void {
    const [key, ...cells] = [...drawn.children];
    drawn.classList.toggle('is-equal', row.state === 'equal');
    drawn.classList.toggle('is-number', row.format === 'number');
    if (key instanceof HTMLElement) fillTreeKey(key, row, false);
    for (const [index, cell] of cells.entries()) {
      if (cell instanceof HTMLElement) this.fillCell(cell, row, index);
    }
  }

  private fillCell(cell: HTMLElement, row: ShownRow, index: number): void {
    const isUnfolded = this.unfolded.has(this.cellId(row, index));
    const { runs, baseline } = this.columns;
    fillCell(cell, row, index, { baseline, isUnfolded, longest: longestText(runs.length) });
    addOpener(cell, row, row.cells[index] !== unknownCell);
  }

  private onClick(target: EventTarget | null): void {
    if (!(target instanceof Element)) return;
    const drawn = target.closest('.row');
    const row = drawn instanceof HTMLElement ? this.rows[Number(drawn.dataset['index'])] : undefined;
    if (!drawn || !row) return;
    if (row.tree?.isOpen !== undefined && target.closest('.key')) this.actions.toggleFolder(row.tree.path);
    const opener = openerOf(target);
    const cell = (opener ?? target.closest('.unfold'))?.closest('.cell');
    if (!(cell instanceof HTMLElement)) return;
    const index = [...drawn.children].indexOf(cell) - 1;
    if (opener) {
      this.actions.openFileMenu(row, index, opener);
      return;
    }
    const id = this.cellId(row, index);
    if (!this.unfolded.delete(id)) this.unfolded.add(id);
    this.fillCell(cell, row, index);
    cell.focus({ preventScroll: true });
  }

  private cellId(row: ShownRow, index: number): string {
    return `${this.columns.runs[index]?.id ?? ''} ${idOf(row)}`;
  }
}

function cellElement(kind: string, role: string, column: number): HTMLElement {
  const cell = element('div', { class: kind, role, tabIndex: -1, aria: { colindex: String(column) } });
  cell.setAttribute(stop, '');
  return cell;
}

function isSameShape(before: readonly ShownRow[], after: readonly ShownRow[]): boolean {
  return (
    before.length === after.length && after.every((row, index) => idOf(row) === idOf(before[index] ?? row))
  );
}

function isSameRuns(before: Columns, after: Columns): boolean {
  return (
    before.runs.length === after.runs.length &&
    after.runs.every(({ id }, index) => id === before.runs[index]?.id)
  );
}
