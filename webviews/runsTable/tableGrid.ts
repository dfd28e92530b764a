import { plainArrangement, type Arrangement } from '../protocol/arrangement';
import type { Column, TableFacts } from '../protocol/runsTable';
import { BlockCache, type RowHead } from './blockCache';
import type { CellContent } from './cellView';
import { layOutColumns, type ColumnLayout } from './columnLayout';
import type { GridShape, Place } from './gridKeys';
import { GridSelection } from './gridSelection';
import { HeadView } from './headView';
import { shadeOf } from './heat';
import { Recycled } from './recycled';
import { RowLoader } from './rowLoader';
import { cellId, RowView, setAria, type RowFrame, type RowState } from './rowView';
import type { TableSource } from './source';
import { TrendLoader } from './trendLoader';
import { Viewport, type IndexRange } from './viewport';

export interface GridEvents {
  /** So many runs are selected now. */
  selected(count: number): void;
  /** Something could not be read; undefined takes it back. */
  failed(error: unknown): void;
  scrolled(position: { readonly top: number; readonly left: number }): void;
}

/** Columns are asked for in so many at a time, so that a step to the side asks for nothing. */
const chunk = 16;
const mostColumns = 300;
/** How many pinned runs stay below the head at most, and how much of the view they may take. */
const mostStuck = 8;
const stuckShare = 0.35;
const bandHeight = 18;

/** The runs as a grid of which only what is in sight is drawn, and read. */
export class TableGrid {
  private readonly cache = new BlockCache();
  private readonly viewport = new Viewport(() => this.requestFrame());
  private readonly head = new HeadView();
  private readonly stuckRows = new Recycled(this.viewport.head, () => new RowView());
  private readonly rows = new Recycled(this.viewport.body, () => new RowView());
  private readonly loader: RowLoader;
  private readonly trends: TrendLoader;
  readonly selection: GridSelection;
  private facts: TableFacts | undefined;
  private present: Arrangement = plainArrangement;
  private columns: readonly Column[] = [];
  private layoutNow: ColumnLayout = layOutColumns([], plainArrangement, 0);
  private layoutWidth = 0;
  private rowHeight = 24;
  /** Another whenever drawn rows may look otherwise than before. */
  private epoch = 0;
  private frame = 0;
  private activeNow: Place = { row: 0, column: 0 };
  private hasFailed = false;
  /** The runs at the active row and at the top of the view: rows follow them when others come and go. */
  private activeId: string | undefined;
  private top: { readonly row: number; readonly id: string } | undefined;

  constructor(
    source: TableSource,
    private readonly events: GridEvents,
  ) {
    this.viewport.head.prepend(...this.head.elements);
    setAria(this.element, 'label', 'Runs');
    setAria(this.element, 'multiselectable', 'true');
    const failed = (error: unknown) => {
      this.hasFailed = true;
      events.failed(error);
    };
    const changed = () => this.redraw();
    this.loader = new RowLoader(this.cache, {
      load: (query, signal) => source.loadRows(query, signal),
      loaded: (block) => this.blockCame(block),
      failed,
    });
    const load = (...args: Parameters<TableSource['loadTrends']>) => source.loadTrends(...args);
    this.trends = new TrendLoader({ load, loaded: changed, failed });
    this.selection = new GridSelection(this.cache, {
      loadRunIds: (range) => source.loadRunIds(range),
      changed: () => {
        this.redraw();
        events.selected(this.selection.count);
      },
      failed,
    });
    this.element.addEventListener('scrollend', () =>
      events.scrolled({ top: this.viewport.scrollTop, left: this.viewport.scrollLeft }),
    );
  }

  get element(): HTMLElement {
    return this.viewport.scroller;
  }

  get headElement(): HTMLElement {
    return this.viewport.head;
  }

  get layout(): ColumnLayout {
    return this.layoutNow;
  }

  get arrangement(): Arrangement {
    return this.present;
  }

  /** As they are shown, without the name. */
  get shownColumns(): readonly Column[] {
    return this.columns;
  }

  get active(): Place {
    return this.activeNow;
  }

  get shape(): GridShape {
    const rows = this.facts?.rowCount ?? 0;
    return { rows, columns: this.layoutNow.columns.length, page: this.viewport.pageRows() };
  }

  show(facts: TableFacts, arrangement: Arrangement): void {
    this.facts = facts;
    setAria(this.element, 'rowcount', facts.hasMore ? '-1' : String(facts.rowCount + 1));
    if (this.activeNow.row >= facts.rowCount) this.activeNow = { ...this.activeNow, row: facts.rowCount - 1 };
    this.arrange(arrangement);
  }

  /** Draws what is known already of another arrangement; where rows become others, it begins at the top. */
  arrange(arrangement: Arrangement): void {
    const before = this.present;
    this.present = arrangement;
    const isOther = (key: 'search' | 'sort' | 'groupBy') =>
      JSON.stringify(before[key]) !== JSON.stringify(arrangement[key]);
    if (isOther('search') || isOther('sort') || isOther('groupBy')) this.beginAnew();
    // While runs are read, the same arrangement comes with each page of them.
    if (JSON.stringify(before) === JSON.stringify(arrangement)) this.requestFrame();
    else this.layOut();
  }

  setColumns(columns: readonly Column[]): void {
    const { isShaded } = this.present;
    const isNews = looksOf(this.columns, isShaded) !== looksOf(columns, isShaded);
    this.columns = columns;
    if (isNews) this.layOut();
  }

  /** Follows VS Code's font: the height of rows. */
  setFont(fontSize: number): void {
    this.rowHeight = Math.max(24, Math.round(fontSize * 1.85));
    this.layOut();
  }

  /** Shows a column in this width until the next arrangement. */
  tryWidth(id: string, width: number): void {
    this.present = { ...this.present, widths: { ...this.present.widths, [id]: width } };
    this.layOut();
  }

  scrollTo({ top, left }: { readonly top: number; readonly left: number }): void {
    this.draw();
    this.element.scrollTo({ top, left, behavior: 'instant' });
  }

  /** Makes this the cell that keys act on. */
  setActive(place: Place, isRevealed = true): void {
    this.activeNow = place;
    this.activeId = this.headAt(place.row)?.id;
    if (isRevealed) this.viewport.reveal(place);
    this.redraw();
  }

  headAt(row: number): RowHead | undefined {
    return this.cache.headAt(row);
  }

  /** What is in a cell, as the store has it; undefined where there is nothing to copy. */
  valueAt({ row, column }: Place): string | undefined {
    const shown = this.layoutNow.columns[column]?.column;
    const head = this.headAt(row);
    if (!head) return undefined;
    if (!shown) return head.kind === 'run' ? head.name || head.id : (head.value ?? undefined);
    const { value } = this.contentOf(row, head, shown);
    return typeof value === 'string' ? value : undefined;
  }

  /** The element of a cell, if it is drawn. */
  cellAt({ row, column }: Place): HTMLElement | undefined {
    return row === -1 ? this.head.cellAt(column) : this.rowViewAt(row)?.cellAt(column);
  }

  rowViewAt(row: number): RowView | undefined {
    return this.stuckRows.at(row) ?? this.rows.at(row);
  }

  /** What is drawn of a column, for its width. */
  drawnCells(column: number): readonly HTMLElement[] {
    const rows = [...this.stuckRows.all, ...this.rows.all].map((row) => row.cellAt(column));
    return [this.head.cellAt(column), ...rows].filter((cell) => cell !== undefined);
  }

  /** Reads again what could not be read. */
  retry(): void {
    this.loader.retry();
  }

  private get stuckCount(): number {
    const room = Math.floor((this.viewport.height * stuckShare) / this.rowHeight);
    return Math.max(0, Math.min(this.facts?.pinnedCount ?? 0, mostStuck, room));
  }

  private beginAnew(): void {
    this.top = undefined;
    this.activeId = undefined;
    if (this.activeNow.row > 0) this.activeNow = { ...this.activeNow, row: 0 };
    this.element.scrollTop = 0;
  }

  private layOut(): void {
    this.layoutWidth = this.viewport.width;
    this.layoutNow = layOutColumns(this.columns, this.present, this.layoutWidth);
    setAria(this.element, 'colcount', String(this.layoutNow.columns.length));
    if (this.activeNow.column >= this.layoutNow.columns.length)
      this.activeNow = { ...this.activeNow, column: this.layoutNow.columns.length - 1 };
    this.redraw();
  }

  private redraw(): void {
    this.epoch++;
    this.requestFrame();
  }

  private requestFrame(): void {
    if (this.frame !== 0) return;
    this.frame = requestAnimationFrame(() => {
      this.frame = 0;
      this.draw();
    });
  }

  private draw(): void {
    const { facts, viewport } = this;
    if (!facts || !this.element.isConnected) return;
    this.fitShape(facts);
    const { layoutNow: layout, activeNow: active, stuckCount } = this;
    const rows = viewport.rowRange();
    const columns = viewport.columnRange();
    const { epoch, rowHeight } = this;
    const contentOf: RowFrame['contentOf'] = (...cell) => this.contentOf(...cell);
    const frame: RowFrame = { epoch, layout, columns, rowHeight, topRow: stuckCount, contentOf };
    this.head.show(layout, columns, this.present.sort, active.row === -1 ? active.column : -1);
    this.showRows(this.stuckRows, { from: 0, to: stuckCount }, frame);
    this.showRows(this.rows, { from: rows.from, to: Math.min(rows.to, facts.rowCount) }, frame);
    const cell = this.cellAt(active);
    setAria(this.element, 'activedescendant', cell && cellId(active.row, active.column));
    this.rememberTop();
    this.look(facts, rows, columns);
  }

  /** Lays out anew where the view is of another size; the head is as high as what it holds. */
  private fitShape({ rowCount }: TableFacts): void {
    this.viewport.connect();
    if (this.viewport.width !== this.layoutWidth) this.layOut();
    const headHeight = bandHeight + this.rowHeight + 4;
    const { rowHeight, stuckCount: stuckRows, layoutNow: layout } = this;
    this.viewport.setShape({ rowCount, stuckRows, rowHeight, headHeight, layout });
  }

  private showRows(views: Recycled<RowView>, { from, to }: IndexRange, frame: RowFrame): void {
    views.fit(from, to);
    const stateOf = (row: number) => this.stateOf(row);
    let index = from;
    for (const view of views.all) view.show(index++, frame, stateOf);
  }

  private stateOf(row: number): RowState {
    const head = this.headAt(row);
    const isSelected = head?.kind === 'run' && this.selection.has(head.id);
    return { head, isSelected, activeColumn: row === this.activeNow.row ? this.activeNow.column : -1 };
  }

  private contentOf(row: number, head: RowHead, column: Column): CellContent {
    const isTrend = (column.statistic ?? 'last') !== 'last';
    const color = head.kind === 'run' ? head.color : 0;
    if (isTrend) {
      const value = head.kind === 'run' ? this.trends.trendOf(column.key, head.id) : null;
      return { value, shade: 0, color };
    }
    const value = this.cache.cellAt(row, column.id);
    const isShaded = this.present.isShaded && column.format === 'number' && typeof value === 'string';
    return { value, shade: isShaded ? shadeOf(column, value) : 0, color };
  }

  private look({ version, rowCount }: TableFacts, rows: IndexRange, columns: IndexRange): void {
    const near = nearColumns(this.layoutNow, columns);
    const ids = near.filter(({ statistic = 'last' }) => statistic === 'last').map(({ id }) => id);
    this.loader.look({
      rows,
      stuckRows: this.stuckCount,
      columns: ids.slice(0, mostColumns),
      rowCount,
      version,
    });
    this.trends.look({ version, metrics: this.metricsIn(columns), runIds: this.runsIn(rows) });
  }

  private metricsIn({ from, to }: IndexRange): readonly string[] {
    const { columns, stuckCount } = this.layoutNow;
    const seen = [...columns.slice(1, stuckCount), ...columns.slice(from, to)];
    const keys = seen.flatMap(({ column }) =>
      column && (column.statistic ?? 'last') !== 'last' ? [column.key] : [],
    );
    return [...new Set(keys)];
  }

  private runsIn({ from, to }: IndexRange): readonly string[] {
    const stuck = Array.from({ length: this.stuckCount }, (_, row) => row);
    const rows = Array.from({ length: to - from }, (_, index) => from + index);
    return [...stuck, ...rows].flatMap((row) => {
      const head = this.headAt(row);
      return head?.kind === 'run' ? [head.id] : [];
    });
  }

  private blockCame(block: number): void {
    if (this.hasFailed) this.events.failed(undefined);
    this.hasFailed = false;
    this.follow(block);
    this.redraw();
  }

  private rememberTop(): void {
    const row = this.viewport.firstRow();
    const id = this.viewport.scrollTop > 0 ? this.headAt(row)?.id : undefined;
    this.top = id === undefined ? undefined : { row, id };
    this.activeId ??= this.headAt(this.activeNow.row)?.id;
  }

  /** When runs came or went above, the same runs stay in sight, and the same one active. */
  private follow(block: number): void {
    const { activeId, activeNow: active, top } = this;
    const row = activeId === undefined ? -1 : this.cache.find(block, activeId);
    if (row !== -1 && active.row !== -1) this.activeNow = { ...active, row };
    const topRow = top ? this.cache.find(block, top.id) : -1;
    if (!top || topRow === -1 || topRow === top.row) return;
    this.element.scrollTop += (topRow - top.row) * this.rowHeight;
  }
}

/** The columns in sight in whole chunks, and those that stay at the left. */
function nearColumns({ columns, stuckCount }: ColumnLayout, { from, to }: IndexRange): readonly Column[] {
  const first = Math.max(stuckCount, Math.floor((from - chunk / 4) / chunk) * chunk);
  const last = Math.ceil((to + chunk / 4) / chunk) * chunk;
  const near = [...columns.slice(1, stuckCount), ...columns.slice(first, last)];
  return near.flatMap(({ column }) => (column ? [column] : []));
}

/** What of the columns can be seen: how many runs have something in them cannot, and their ranges only where they shade. */
function looksOf(columns: readonly Column[], isShaded: boolean): string {
  return JSON.stringify(
    columns.map(({ id, format, direction, range }) => [id, format, direction, isShaded && range]),
  );
}
