import {
  elementScroll,
  observeElementOffset,
  observeElementRect,
  Virtualizer,
  type VirtualizerOptions,
} from '@tanstack/virtual-core';
import { element } from '../shared/dom';
import type { ColumnLayout } from './columnLayout';
import type { Place } from './gridKeys';

/** What is drawn beyond the edges, so that a slow frame shows no gap. */
const spareRows = 4;
const spareColumns = 1;

export interface ViewportShape {
  readonly rowCount: number;
  /** Rows at the top that stay below the head. */
  readonly stuckRows: number;
  readonly rowHeight: number;
  /** Without the rows that stay below it. */
  readonly headHeight: number;
  readonly layout: ColumnLayout;
}

/** From `from` to `to`, exclusive. */
export interface IndexRange {
  readonly from: number;
  readonly to: number;
}

type Scrolled = Virtualizer<HTMLElement, HTMLElement>;

/** The box that scrolls both ways, and which rows and columns are in sight of it. Nothing in here reads the layout while it scrolls. */
export class Viewport {
  readonly head = element('div', { class: 'head', role: 'rowgroup' });
  readonly body = element('div', { class: 'body', role: 'rowgroup' });
  private readonly sheet = element('div', { class: 'sheet', role: 'presentation' }, this.head, this.body);
  readonly scroller = element('div', { class: 'scroller', role: 'grid', tabIndex: 0 }, this.sheet);
  private readonly rows: Scrolled;
  private readonly columns: Scrolled;
  private shape: ViewportShape | undefined;

  constructor(private readonly onMove: () => void) {
    this.rows = new Virtualizer(this.rowOptions());
    this.columns = new Virtualizer(this.columnOptions());
  }

  /** Begins to follow the box, which is in the document by now; again after it was taken out. */
  connect(): void {
    this.rows._willUpdate();
    this.columns._willUpdate();
  }

  setShape(shape: ViewportShape): void {
    const before = this.shape;
    if (before && isSame(before, shape)) return;
    this.shape = shape;
    this.rows.setOptions(this.rowOptions());
    this.columns.setOptions(this.columnOptions());
    if (before?.rowHeight !== shape.rowHeight) this.rows.measure();
    if (before?.layout !== shape.layout) this.columns.measure();
    const { style } = this.sheet;
    style.setProperty('--row', `${shape.rowHeight}px`);
    style.setProperty('--head', `${shape.headHeight}px`);
    style.setProperty('--stuck', `${shape.layout.stuckWidth}px`);
    style.width = `${shape.layout.width}px`;
    this.body.style.height = `${(shape.rowCount - shape.stuckRows) * shape.rowHeight}px`;
    this.connect();
  }

  /** CSS pixels. */
  get width(): number {
    return this.columns.scrollRect?.width ?? 0;
  }

  get height(): number {
    return this.rows.scrollRect?.height ?? 0;
  }

  get scrollTop(): number {
    return this.rows.scrollOffset ?? 0;
  }

  get scrollLeft(): number {
    return this.columns.scrollOffset ?? 0;
  }

  /** Rows to be drawn in the body: the stuck ones are not among them. */
  rowRange(): IndexRange {
    return shifted(this.rows.getVirtualIndexes(), this.shape?.stuckRows ?? 0);
  }

  /** Columns to be drawn beside those that stay at the left. */
  columnRange(): IndexRange {
    return shifted(this.columns.getVirtualIndexes(), this.shape?.layout.stuckCount ?? 0);
  }

  /** The first row in sight below the head. */
  firstRow(): number {
    if (!this.shape) return 0;
    return this.shape.stuckRows + Math.floor(this.scrollTop / this.shape.rowHeight);
  }

  /** How many whole rows fit below the head. */
  pageRows(): number {
    if (!this.shape) return 1;
    return Math.max(1, Math.floor((this.height - this.topHeight(this.shape)) / this.shape.rowHeight) - 1);
  }

  /** Scrolls as little as shows the cell. */
  reveal({ row, column }: Place): void {
    if (!this.shape) return;
    const { stuckRows, rowHeight, layout } = this.shape;
    const { scroller } = this;
    if (row >= stuckRows) {
      const top = (row - stuckRows) * rowHeight;
      const room = this.height - this.topHeight(this.shape);
      const to = leastMove(scroller.scrollTop, top, rowHeight, room);
      if (to !== scroller.scrollTop) scroller.scrollTop = to;
    }
    const laid = layout.columns[column];
    if (!laid || column < layout.stuckCount) return;
    const room = this.width - layout.stuckWidth;
    const to = leastMove(scroller.scrollLeft, laid.left - layout.stuckWidth, laid.width, room);
    if (to !== scroller.scrollLeft) scroller.scrollLeft = to;
  }

  private topHeight({ headHeight, stuckRows, rowHeight }: ViewportShape): number {
    return headHeight + stuckRows * rowHeight;
  }

  private rowOptions(): VirtualizerOptions<HTMLElement, HTMLElement> {
    const { shape } = this;
    return {
      ...this.commonOptions(),
      count: shape ? Math.max(0, shape.rowCount - shape.stuckRows) : 0,
      estimateSize: () => shape?.rowHeight ?? 1,
      paddingStart: shape ? this.topHeight(shape) : 0,
      overscan: spareRows,
    };
  }

  private columnOptions(): VirtualizerOptions<HTMLElement, HTMLElement> {
    const layout = this.shape?.layout;
    const stuck = layout?.stuckCount ?? 0;
    return {
      ...this.commonOptions(),
      horizontal: true,
      count: layout ? layout.columns.length - stuck : 0,
      estimateSize: (index) => layout?.columns[stuck + index]?.width ?? 1,
      paddingStart: layout?.stuckWidth ?? 0,
      overscan: spareColumns,
    };
  }

  private commonOptions() {
    return {
      getScrollElement: () => (this.scroller.isConnected ? this.scroller : null),
      scrollToFn: elementScroll,
      observeElementRect,
      observeElementOffset,
      onChange: this.onMove,
    };
  }
}

function isSame(a: ViewportShape, b: ViewportShape): boolean {
  const isAlike = a.rowCount === b.rowCount && a.stuckRows === b.stuckRows && a.layout === b.layout;
  return isAlike && a.rowHeight === b.rowHeight && a.headHeight === b.headHeight;
}

function shifted(indexes: readonly number[], by: number): IndexRange {
  const [first] = indexes;
  const last = indexes.at(-1);
  return first === undefined || last === undefined
    ? { from: by, to: by }
    : { from: by + first, to: by + last + 1 };
}

function leastMove(offset: number, start: number, size: number, room: number): number {
  if (start < offset || size > room) return start;
  return start + size > offset + room ? start + size - room : offset;
}
