import { Emitter } from '../catalog/emitter';
import { causeOf, isCancellation, TrackingError } from '../tracking/errors';
import { plainArrangement, type Arrangement, type ColumnId } from '../../webviews/protocol/arrangement';
import type { Column, Facets, TableRow, Trend, TrendsQuery } from '../../webviews/protocol/runsTable';
import { chooseColumns, choiceOf, listColumns, type ColumnSource } from './chooseColumns';
import { listHistoryMetrics } from './columnIds';
import { areSameRows, type RunGroup } from './displayRows';
import { exportRuns } from './exportRuns';
import { collectFacets, listValues } from './facets';
import { GroupCells } from './groupCells';
import { groupRuns } from './groupRuns';
import { HistoryFill } from './historyFill';
import { listSortKeys, listStoreOrder, needsAllRuns } from './orderRuns';
import { ReadLoop } from './readLoop';
import { findNamedRow, listRunSlots, readRows, type TableView } from './readRows';
import type { ExportedRun, TableModel, TableState } from './tableModel';
import { TableRuns, type TableRunsOptions } from './tableRuns';

export interface RunsTableOptions extends TableRunsOptions {
  /** Which of the palette's colours and dashes the runs have that are shown together. */
  readonly colorsOf: (runIds: readonly string[]) => readonly number[];
}

/** Rows below what was asked for that are read ahead. */
const rowsAhead = 100;

/** While all runs are read, they are laid out again when there are so many times as many: the work stays in proportion. */
const growth = 1.25;

/** The runs of some experiments as a table: what is read, and how it is laid out. See TableModel. */
export class RunsTable implements TableModel {
  private readonly changed = new Emitter();
  readonly onDidChange = this.changed.event;

  private arrangement: Arrangement = plainArrangement;
  /** What is being read; shown as soon as it has runs. */
  private runs: TableRuns | undefined;
  private loop: ReadLoop | undefined;
  private view: TableView | undefined;
  private version = 0;
  private columnsVersion = 0;
  private asked = { from: 0, to: 0 };
  private isAllAsked = false;
  /** The user wants no more to be read for what is arranged. */
  private isStopped = false;
  /** The arrangement is not shown yet. */
  private isArranging = false;
  private building: Promise<void> | undefined;
  private isBuildDue = false;
  private readonly histories = new HistoryFill(() => {
    this.tell();
  });
  private isToldSoon = false;
  private isDisposed = false;
  private chosen: { readonly version: number; readonly columns: readonly Column[] } | undefined;

  constructor(private readonly options: RunsTableOptions) {}

  get state(): TableState {
    const { view, loop, runs } = this;
    const failure = loop?.failure;
    if (failure && runs?.reader.isStarted === false)
      return { kind: 'failed', error: nameStop(failure.error) };
    if (!view) return { kind: 'loading' };
    const { reader } = view.runs;
    const reading = this.describeReading();
    return {
      kind: 'ready',
      version: this.version,
      columnsVersion: this.columnsVersion,
      rowCount: view.display.count,
      pinnedCount: view.display.pinnedCount,
      runCount: view.order.length,
      hasMore: reader.hasMore,
      ...(reading && { reading }),
      notes: this.listNotes(),
    };
  }

  arrange(arrangement: Arrangement): void {
    const before = this.arrangement;
    this.arrangement = arrangement;
    if (wayOf(before) !== wayOf(arrangement)) this.isStopped = false;
    if (choiceOf(before) !== choiceOf(arrangement)) this.columnsVersion++;
    this.isArranging = true;
    this.chooseRuns();
    void this.rebuild();
    this.loop?.demand();
    this.tell();
  }

  rows(from: number, to: number, columns: readonly ColumnId[]): readonly TableRow[] {
    const { view } = this;
    if (!view) return [];
    if (view.runs === this.runs) this.asked = { from, to };
    this.loop?.demand();
    return readRows(view, from, to, columns, this.options.colorsOf, this.source(view.runs));
  }

  columns(): readonly Column[] {
    const { view, columnsVersion } = this;
    if (!view) return [];
    if (this.chosen?.version !== columnsVersion) {
      const source = this.source(view.runs);
      const columns = chooseColumns(listColumns(source), this.arrangement, source);
      this.chosen = { version: columnsVersion, columns };
    }
    return this.chosen.columns;
  }

  allColumns(): readonly Column[] {
    return this.view ? listColumns(this.source(this.view.runs)) : [];
  }

  runIds(from: number, to: number): readonly string[] {
    const { view } = this;
    return view
      ? listRunSlots(view, from, to).flatMap((slot) => view.runs.columns.facts(slot)?.id ?? [])
      : [];
  }

  findRow(prefix: string, from: number): number {
    return this.view ? findNamedRow(this.view, prefix, from) : -1;
  }

  facets(): Facets {
    return this.view ? collectFacets(this.view.runs.columns) : { statuses: [], users: [], datasets: [] };
  }

  values(column: ColumnId, limit: number): readonly string[] {
    const { view } = this;
    if (!view) return [];
    const values =
      column === 'datasets.name'
        ? this.facets().datasets.map(({ value }) => value)
        : listValues(view.runs.values(column), view.order);
    return values.slice(0, limit);
  }

  async trends(query: TrendsQuery, signal: AbortSignal): Promise<readonly Trend[]> {
    const runs = this.view?.runs;
    if (!runs) return [];
    const describe = (): string => JSON.stringify(runs.statistics.extremes(query.metric));
    const before = describe();
    const trends = await runs.statistics.trends(query, signal);
    // The colours of cells depend on the range of all that is known.
    if (describe() !== before) {
      this.columnsVersion++;
      this.tell();
    }
    return trends;
  }

  exportRows(
    runIds: readonly string[],
    columns: readonly ColumnId[],
    signal: AbortSignal,
  ): AsyncIterable<readonly ExportedRun[]> {
    const { view } = this;
    const slots = runIds.length === 0 ? [...(view?.order ?? [])] : (view?.runs.slotsOf(runIds) ?? []);
    return view ? exportRuns(slots, columns, view.runs, signal) : nothing();
  }

  readAll(): void {
    this.isAllAsked = true;
    this.isStopped = false;
    this.loop?.demand();
    this.tell();
  }

  stopReading(): void {
    this.isAllAsked = false;
    this.isStopped = true;
    this.loop?.stop();
    this.histories.stop();
    void this.rebuild();
  }

  async refresh(): Promise<void> {
    this.chooseRuns();
    await this.loop?.refresh();
  }

  follow(runIds?: readonly string[]): void {
    if (!runIds) {
      this.chooseRuns();
      this.loop?.follow();
      return;
    }
    const { columns } = this.runs ?? {};
    for (const id of runIds) {
      const run = this.options.catalog.findRun(id);
      if (run && columns?.slotOf(id) !== undefined) columns.put(run);
    }
    if (columns && columns.revision !== this.view?.revision) void this.rebuild();
  }

  unfinished(): readonly { readonly experimentId: string; readonly runId: string }[] {
    const { view, asked } = this;
    if (!view) return [];
    const facts = listRunSlots(view, asked.from, asked.to).map((slot) => view.runs.columns.facts(slot));
    return facts.flatMap((one) =>
      one?.isUnfinished === true ? [{ experimentId: one.experimentId, runId: one.id }] : [],
    );
  }

  dispose(): void {
    this.isDisposed = true;
    this.endReading();
    this.view?.groupCells.dispose();
    this.changed.dispose();
  }

  private source(runs: TableRuns): ColumnSource {
    const { directionOf, experimentIds } = this.options;
    const { columns, statistics } = runs;
    return { columns, statistics, directionOf, experimentCount: experimentIds.length };
  }

  /** Reads other runs from now on, where those that are read are not what is arranged. What is shown stays meanwhile. */
  private chooseRuns(): void {
    const storeOrder = listStoreOrder(listSortKeys(this.arrangement));
    if (this.runs?.fits(this.arrangement, this.options.catalog.view, storeOrder)) return;
    this.endReading();
    const runs = new TableRuns(this.options, this.arrangement, storeOrder ?? []);
    this.runs = runs;
    this.asked = { from: 0, to: 0 };
    this.isAllAsked = false;
    this.loop = new ReadLoop({
      reader: runs.reader,
      wantsMore: () => this.wantsMore(runs),
      onRead: () => this.takeReading(runs),
      onDidChange: () => {
        this.tell();
      },
      onStopped: () => {
        this.isAllAsked = false;
        this.isStopped = true;
      },
      now: this.options.now ?? Date.now,
    });
    this.loop.demand();
  }

  private endReading(): void {
    this.loop?.dispose();
    this.runs?.dispose();
    this.histories.stop();
  }

  private wantsMore({ reader }: TableRuns): boolean {
    if (!reader.isStarted || this.wantsAll()) return true;
    const { view, asked } = this;
    return (
      view !== undefined &&
      view.runs === this.runs &&
      asked.to > 0 &&
      asked.to + rowsAhead > view.display.count
    );
  }

  private wantsAll(): boolean {
    return !this.isStopped && (this.isAllAsked || needsAllRuns(this.arrangement));
  }

  private async takeReading(runs: TableRuns): Promise<void> {
    void this.bringPinned(runs);
    const { found, hasMore } = runs.reader;
    const shown = this.view?.runs === runs ? this.view.order.length : 0;
    if (!hasMore || !this.wantsAll() || found.size >= growth * shown) await this.rebuild();
    this.tell();
  }

  private async bringPinned(runs: TableRuns): Promise<void> {
    const { pinnedRuns } = this.arrangement;
    if (!runs.reader.isStarted || pinnedRuns.every((id) => runs.reader.isKept(id))) return;
    try {
      await runs.reader.bring(pinnedRuns, runs.signal);
    } catch {
      // They are asked for again with the next page, or when rows are laid out for another reason.
      return;
    }
    if (runs === this.runs) void this.rebuild();
  }

  /** Lays the rows out anew, one time after the other; settles when they are. */
  private rebuild(): Promise<void> {
    this.isBuildDue = true;
    this.building ??= this.buildWhileDue().finally(() => {
      this.building = undefined;
    });
    return this.building;
  }

  private async buildWhileDue(): Promise<void> {
    while (this.isBuildDue && !this.isDisposed) {
      this.isBuildDue = false;
      if (this.runs?.reader.isStarted) await this.build(this.runs);
    }
    this.tell();
  }

  private async build(runs: TableRuns): Promise<void> {
    const { arrangement } = this;
    const { groupBy } = arrangement;
    const keys = listSortKeys(arrangement);
    const order = await runs.order(arrangement, listStoreOrder(keys));
    const groups =
      groupBy === undefined
        ? undefined
        : await groupRuns(order, groupBy, runs.values(groupBy), keys.length === 0);
    if (runs !== this.runs || this.isDisposed) return;
    this.show(runs, order, groups);
    if (arrangement !== this.arrangement) return;
    this.isArranging = false;
    void this.bringPinned(runs);
    void this.fillHistories(runs, order);
  }

  private show(runs: TableRuns, order: Int32Array, groups: readonly RunGroup[] | undefined): void {
    const { view, arrangement } = this;
    const pinned = runs.slotsOf(arrangement.pinnedRuns);
    const display = runs.layOut(order, pinned, groups, arrangement);
    const isSameRuns = view?.runs === runs;
    if (isSameRuns) runs.reader.forgetLeftovers();
    const { revision } = runs.columns;
    const isSameData = isSameRuns && view.revision === revision;
    if (!isSameData) this.columnsVersion++;
    if (isSameData && areSameRows(view.display, display)) {
      this.view = { ...view, order };
      return;
    }
    this.version++;
    view?.groupCells.dispose();
    const groupCells = new GroupCells(display.groups, () => {
      this.version++;
      this.tell();
    });
    this.view = { runs, order, display, groupCells, pinned: new Set(pinned), revision };
  }

  /** Reads the histories that runs are sorted by, once all runs are there. */
  private async fillHistories({ statistics, columns, reader }: TableRuns, slots: Int32Array): Promise<void> {
    if (reader.hasMore || this.isStopped) return;
    const metrics = listHistoryMetrics(this.arrangement.sort.map(({ column }) => column));
    if (await this.histories.fill({ statistics, metrics, slots, revision: columns.revision })) {
      await this.rebuild();
    }
  }

  private describeReading(): { readonly all: boolean; readonly why: string } | undefined {
    const histories = this.histories.state;
    if (histories !== undefined) return { all: true, why: histories };
    if (this.loop?.isReading === true) {
      const count = this.runs?.reader.found.size ?? 0;
      if (this.wantsAll())
        return { all: true, why: `Reading all runs: ${count.toLocaleString('en-US')} so far` };
      return { all: false, why: 'Reading runs' };
    }
    return this.isArranging ? { all: false, why: 'Sorting runs' } : undefined;
  }

  private listNotes(): readonly string[] {
    const notes: string[] = [];
    const failure = this.loop?.failure;
    if (failure) {
      const what = failure.isMore ? 'More runs could not be read' : 'The runs could not be read again';
      notes.push(`${what}: ${causeOf(failure.error)}`);
    }
    if (this.isStopped && needsAllRuns(this.arrangement)) {
      notes.push('Reading was stopped: only what is loaded is sorted and grouped.');
    }
    return notes;
  }

  /** Tells soon that the state is another, once for all that happens until then. */
  private tell(): void {
    if (this.isToldSoon) return;
    this.isToldSoon = true;
    setImmediate(() => {
      this.isToldSoon = false;
      this.changed.fire();
    });
  }
}

/** What of an arrangement may need all runs to be read. */
function wayOf({ search, sort, groupBy }: Arrangement): string {
  return JSON.stringify([search, sort, groupBy]);
}

function nameStop(error: unknown): unknown {
  return isCancellation(error) ? new TrackingError('timeout', 'Loading was stopped.') : error;
}

async function* nothing(): AsyncIterable<readonly ExportedRun[]> {
  // There are no runs.
}
