import type { Locator } from 'playwright-core';
import type { Arrangement } from '../../../webviews/protocol/arrangement';
import { copyText, ready } from '../../../webviews/protocol/panel';
import {
  actOnRuns,
  arrange,
  exportRuns,
  findRow,
  loadAllColumns,
  loadColumns,
  loadRows,
  loadRunIds,
  loadTrends,
  refresh,
  show,
  type Rows,
  type RowsQuery,
  type RunsTableSnapshot,
} from '../../../webviews/protocol/runsTable';
import { OpenedView } from '../support/openedView';
import type { OpenOptions, ViewBench, ViewPage } from '../support/viewPage';
import { answer, snapshotOf, trendOf, type FakeTable } from './tables';

export interface TableOptions extends OpenOptions {
  /** Comes between a question for rows and its answer. */
  readonly answerRows?: (query: RowsQuery, reply: () => Rows, signal: AbortSignal) => Rows | Promise<Rows>;
  /** What else the extension answers. */
  readonly answerMore?: (channel: ViewPage['channel']) => void;
}

/** A table of runs in a browser, and what it asked of the extension. */
export class TableView extends OpenedView {
  /** What was done with runs, copied and asked for, in words. */
  readonly asked: string[] = [];
  readonly copied: string[] = [];
  readonly arranged: Arrangement[] = [];
  readonly rowQueries: RowsQuery[] = [];
  readonly cancelled: RowsQuery[] = [];

  private constructor(
    view: ViewPage,
    private table: FakeTable,
  ) {
    super(view);
  }

  /** Opens the view on a table, and waits until its first row is read. */
  static async open(bench: ViewBench, table: FakeTable, options: TableOptions = {}): Promise<TableView> {
    const opened = await TableView.openWith(bench, snapshotOf(table), table, options);
    await opened.page.waitForSelector('[role=rowheader] .name:not(:empty)');
    return opened;
  }

  static async openWith(
    bench: ViewBench,
    snapshot: RunsTableSnapshot,
    table: FakeTable,
    options: TableOptions = {},
  ): Promise<TableView> {
    const view = await bench.open(options);
    const opened = new TableView(view, table);
    opened.answer(options);
    view.channel.listen(ready, () => opened.show(snapshot));
    await view.load();
    return opened;
  }

  get grid(): Locator {
    return this.page.getByRole('grid');
  }

  show(snapshot: RunsTableSnapshot): void {
    this.view.channel.send(show, snapshot);
  }

  /** Shows another table from now on. */
  showTable(table: FakeTable): void {
    this.table = table;
    this.show(snapshotOf(table));
  }

  /** The row at this place, counted from 0. */
  row(index: number): Locator {
    return this.page.locator(`[role=row][aria-rowindex="${index + 2}"]`);
  }

  /** A cell; column 0 is the run's name. */
  cell(row: number, column: number): Locator {
    return this.row(row).locator(`[aria-colindex="${column + 1}"]`);
  }

  head(label: string): Locator {
    return this.page.locator('[role=columnheader]', { has: this.page.locator(`.label:text-is("${label}")`) });
  }

  /** The row and column of the cell that keys act on, as a screen reader has it; row -1 is the head. */
  async active(): Promise<string> {
    const read = `(() => {
      const id = document.querySelector('[role=grid]').getAttribute('aria-activedescendant');
      const cell = id && document.getElementById(id);
      if (!cell) return 'none';
      const row = cell.closest('[aria-rowindex]').getAttribute('aria-rowindex');
      return (row - 2) + ' ' + (cell.getAttribute('aria-colindex') - 1);
    })()`;
    await this.frame();
    return String(await this.page.evaluate(read));
  }

  /** The names of the selected rows that are drawn. */
  async selected(): Promise<readonly string[]> {
    await this.frame();
    return await this.page.locator('[role=row][aria-selected=true] .name').allTextContents();
  }

  async press(...keys: readonly string[]): Promise<void> {
    for (const key of keys) await this.page.keyboard.press(key);
  }

  async scrollTo(top: number, left = 0): Promise<void> {
    await this.page.evaluate(
      ([x, y]) => document.querySelector('.scroller')?.scrollTo({ left: x, top: y, behavior: 'instant' }),
      [left, top] as const,
    );
    await this.frame();
  }

  private answer({ answerRows, answerMore }: TableOptions): void {
    const { channel } = this.view;
    answerMore?.(channel);
    channel.listen(arrange, (arrangement) => this.arranged.push(arrangement));
    channel.handle(loadColumns, () => this.table.columns);
    channel.handle(loadAllColumns, () => this.table.columns);
    channel.handle(loadRows, (query, signal) => {
      this.rowQueries.push(query);
      signal.addEventListener('abort', () => this.cancelled.push(query));
      const reply = () => answer(this.table, query);
      return answerRows ? answerRows(query, reply, signal) : reply();
    });
    channel.handle(loadTrends, (query) => {
      this.asked.push(`trends ${query.metric} ${query.runIds.length}`);
      return query.runIds.map((id) => trendOf(id, query));
    });
    channel.handle(loadRunIds, ({ from, to }) => {
      this.asked.push(`runIds ${from} ${to}`);
      return Array.from({ length: to - from }, (_, index) => this.table.rowAt(from + index))
        .filter(({ kind }) => kind === 'run')
        .map(({ id }) => id);
    });
    channel.handle(findRow, ({ prefix, from }) => this.findRow(prefix, from));
    channel.handle(actOnRuns, ({ action, runIds }) => {
      this.asked.push(`${action} ${runIds.slice(0, 5).join(' ')}`);
      return null;
    });
    channel.handle(exportRuns, ({ runIds, ...wanted }) => {
      this.asked.push(`${wanted.format} ${wanted.to} ${runIds.length}`);
      return { runCount: runIds.length };
    });
    channel.handle(copyText, ({ text }) => {
      this.copied.push(text);
      return null;
    });
    channel.handle(refresh, () => {
      this.asked.push('refresh');
      return null;
    });
  }

  private findRow(prefix: string, from: number): number {
    const { rowCount } = this.table.facts;
    for (let step = 0; step < rowCount; step++) {
      const index = (from + step) % rowCount;
      const row = this.table.rowAt(index);
      if (row.kind === 'run' && row.name.toLowerCase().startsWith(prefix.toLowerCase())) return index;
    }
    return -1;
  }
}
