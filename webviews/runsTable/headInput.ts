import { openMenu } from '../shared/menu';
import { columnMenuItems, isSortable, sortIdOf, type ColumnMenuContext } from './columnMenu';
import { clampWidth, nameId, type LaidColumn } from './columnLayout';
import { cycleSort, moveColumn } from './columnOrder';
import { followHeadDrags } from './headDrag';
import { labelOf } from './columnLabel';
import type { TableGrid } from './tableGrid';
import type { ArrangementChange } from './tableHost';
import { element } from '../shared/dom';

export interface HeadActions {
  arrange(change: ArrangementChange): void;
  chooseColumns(): void;
  readonly proposeFilter: ColumnMenuContext['proposeFilter'];
  say(text: string): void;
}

const widthStep = 16;
/** Around a text: the cell's padding, and what stands in a head beside its name. */
const padding = 22;

/** What the user does with columns: sorts by them, makes them wider, moves them, opens their menu. */
export class HeadInput {
  private readonly mark = element('div', { class: 'drop-mark', hidden: true });
  private readonly drags;

  constructor(
    private readonly grid: TableGrid,
    private readonly actions: HeadActions,
  ) {
    grid.headElement.append(this.mark);
    this.drags = followHeadDrags(grid.headElement, {
      columnOf: (target) => columnOf(target.closest('.head-cell')),
      resize: (column, by, isDone) => this.resizeBy(column, by, isDone),
      move: (column, x, isDone) => this.dragTo(column, x, isDone),
      cancel: () => this.cancel(),
    });
    grid.headElement.addEventListener('click', (event) => this.click(event));
    grid.headElement.addEventListener('dblclick', ({ target }) => {
      const edge = target instanceof Element ? target.closest('.edge') : null;
      if (edge) this.fit(columnOf(edge.closest('.head-cell')));
    });
  }

  sort(column: number, isAdded: boolean): void {
    const laid = this.grid.layout.columns[column];
    if (!laid || !isSortable(laid.column)) return;
    const id = sortIdOf(laid.column);
    const sort = cycleSort(this.grid.arrangement.sort, id, isAdded);
    this.actions.arrange({ sort });
    const key = sort.find((one) => one.column === id);
    const how = !key ? 'no longer sorted' : key.isDescending ? 'sorted descending' : 'sorted ascending';
    this.actions.say(`${nameOf(laid)}: ${how}`);
  }

  openMenu(column: number, point?: { readonly x: number; readonly y: number }): void {
    const cell = this.grid.cellAt({ row: -1, column });
    const laid = this.grid.layout.columns[column];
    if (!cell || !laid) return;
    const anchor = point ? cell : (cell.querySelector<HTMLElement>('.head-menu') ?? cell);
    openMenu(anchor, `Column ${nameOf(laid)}`, columnMenuItems(laid.column, this.menuContext()), point);
  }

  /** Moves a column by one place; tells where it is then. */
  move(column: number, by: -1 | 1): void {
    const { arrangement, shownColumns } = this.grid;
    if (column === 0) return;
    const ids = shownColumns.map(({ id }) => id);
    const change = moveColumn(arrangement, ids, column - 1, column - 1 + by);
    this.actions.arrange(change);
    const { pinnedCount, columns } = this.grid.layout;
    const [first, last] = column < pinnedCount ? [1, pinnedCount - 1] : [pinnedCount, columns.length - 1];
    const to = Math.min(Math.max(column + by, first), last);
    this.grid.setActive({ row: -1, column: to });
    this.actions.say(`Column ${to + 1}`);
  }

  resize(column: number, by: -1 | 1): void {
    this.resizeBy(column, by * widthStep, true);
  }

  private menuContext(): ColumnMenuContext {
    const { actions, grid } = this;
    return {
      arrangement: grid.arrangement,
      shown: grid.shownColumns,
      arrange: (change) => actions.arrange(change),
      fit: (column) => this.fit(grid.layout.columns.findIndex((laid) => laid.column === column)),
      chooseColumns: () => actions.chooseColumns(),
      proposeFilter: actions.proposeFilter,
    };
  }

  private click(event: MouseEvent): void {
    if (!(event.target instanceof Element) || this.drags.wasDrag()) return;
    const column = columnOf(event.target.closest('.head-cell'));
    if (column === -1) return;
    this.grid.setActive({ row: -1, column }, false);
    if (event.target.closest('.head-menu')) this.openMenu(column);
    else if (!event.target.closest('.edge')) this.sort(column, event.shiftKey);
  }

  private startWidth: number | undefined;

  private resizeBy(column: number, by: number, isDone: boolean): void {
    const laid = this.grid.layout.columns[column];
    if (!laid) return;
    this.startWidth ??= laid.width;
    const id = laid.column?.id ?? nameId;
    const width = clampWidth(this.startWidth + by);
    this.grid.tryWidth(id, width);
    if (!isDone) return;
    this.startWidth = undefined;
    this.actions.arrange({ widths: this.grid.arrangement.widths });
  }

  private fit(column: number): void {
    const laid = this.grid.layout.columns[column];
    if (!laid) return;
    const width = clampWidth(widestOf(this.grid.drawnCells(column), column === 0));
    const { widths } = this.grid.arrangement;
    this.actions.arrange({ widths: { ...widths, [laid.column?.id ?? nameId]: width } });
  }

  private dragTo(column: number, x: number, isDone: boolean): void {
    const target = this.columnAt(x, column);
    const laid = this.grid.layout.columns[target];
    this.mark.hidden = isDone || !laid || target === column;
    if (laid && !this.mark.hidden)
      this.mark.style.left = `${target > column ? laid.left + laid.width : laid.left}px`;
    if (!isDone || target === column) return;
    const ids = this.grid.shownColumns.map(({ id }) => id);
    this.actions.arrange(moveColumn(this.grid.arrangement, ids, column - 1, target - 1));
  }

  /** The column at this place of the window, among those that the dragged one may change places with. */
  private columnAt(x: number, dragged: number): number {
    const { layout, element: scroller } = this.grid;
    const inView = x - scroller.getBoundingClientRect().left;
    const at = inView < layout.stuckWidth ? inView : inView + scroller.scrollLeft;
    const found = layout.columns.findLastIndex(({ left }) => left <= at);
    const isPinned = dragged < layout.pinnedCount;
    const [first, last] = isPinned
      ? [1, layout.pinnedCount - 1]
      : [layout.pinnedCount, layout.columns.length - 1];
    return Math.min(Math.max(found, first), last);
  }

  private cancel(): void {
    this.mark.hidden = true;
    this.startWidth = undefined;
    // What is shown comes from the arrangement again.
    this.actions.arrange({});
  }
}

function columnOf(cell: Element | null): number {
  return Number(cell?.getAttribute('aria-colindex') ?? 0) - 1;
}

function nameOf({ column }: LaidColumn): string {
  return column ? labelOf(column) : 'Run';
}

/** How wide these cells want to be: measured on a canvas, since the layout has cut them off. */
function widestOf(cells: readonly HTMLElement[], isName: boolean): number {
  const context = element('canvas').getContext('2d');
  const [first] = cells;
  if (!context || !first) return 0;
  context.font = getComputedStyle(first).font;
  const widths = cells.map((cell) => {
    const name = cell.querySelector<HTMLElement>('.name, .label');
    const beside = isName && name ? name.offsetLeft + 24 : cell.classList.contains('head-cell') ? 36 : 0;
    return context.measureText((name ?? cell).textContent).width + beside + padding;
  });
  return Math.ceil(Math.max(...widths));
}
