import { plainArrangement, type Arrangement } from '../protocol/arrangement';
import type {
  Column,
  Completions,
  Facets,
  FilterCheck,
  RunAction,
  RunsTableSnapshot,
  SavedView,
  TableFacts,
} from '../protocol/runsTable';
import { createAnnouncer } from '../shared/announcer';
import { element } from '../shared/dom';
import { formatCount, visibleText } from '../shared/text';
import { drawEmptiness, emptinessOf, type Emptiness } from './emptyTable';
import { GridInput } from './gridInput';
import { HeadInput } from './headInput';
import type { ScrollPosition } from './savedState';
import type { TableSource } from './source';
import { TableGrid } from './tableGrid';
import type { ArrangementChange, CreateTableBar, TableBar, TableHost } from './tableHost';

/** What the page asks of the extension. */
export interface PageActions extends TableSource {
  arrange(arrangement: Arrangement): void;
  loadAllColumns(): Promise<readonly Column[]>;
  loadFacets(): Promise<Facets>;
  checkFilter(text: string): Promise<FilterCheck>;
  completeFilter(text: string, offset: number): Promise<Completions>;
  actOnView(view: SavedView, action: 'save' | 'open' | 'delete'): Promise<unknown>;
  refresh(): Promise<unknown>;
  readAll(): void;
  stopReading(): void;
  scrolled(position: ScrollPosition): void;
}

type Ready = Extract<RunsTableSnapshot, { kind: 'ready' }>;

/** The page of a table: the bar, and below it the grid, or why that is empty. */
export class Page {
  readonly element: HTMLElement;
  private readonly announcer = createAnnouncer();
  private readonly grid: TableGrid;
  private readonly bar: TableBar;
  private readonly notice = element('div', { class: 'notice', hidden: true });
  private arrangement: Arrangement = plainArrangement;
  private facts: TableFacts | undefined;
  private columnsVersion: number | undefined;
  private columns: readonly Column[] | undefined;
  private emptiness: Emptiness | undefined;
  private begin: ScrollPosition | undefined;

  constructor(
    private readonly actions: PageActions,
    createBar: CreateTableBar,
  ) {
    this.grid = new TableGrid(actions, {
      selected: (count) => this.bar.showSelection(count),
      failed: (error) => this.bar.setTrouble(error === undefined ? undefined : messageOf(error)),
      scrolled: (position) => actions.scrolled(position),
    });
    this.bar = createBar(this.tableHost());
    this.listen();
    this.element = element(
      'main',
      { class: 'page', tabIndex: -1 },
      this.bar.element,
      element('div', { class: 'place' }, this.grid.element, this.notice),
      this.announcer.element,
    );
  }

  show({ table, arrangement }: Ready): void {
    this.facts = table;
    this.arrangement = arrangement;
    this.bar.show(table, arrangement);
    this.grid.show(table, arrangement);
    if (table.columnsVersion !== this.columnsVersion) void this.loadColumns(table.columnsVersion);
    this.showEmptiness();
  }

  /** Goes there, and again once there are columns to go to. */
  scrollTo(position: ScrollPosition): void {
    this.begin = position;
    this.grid.scrollTo(position);
  }

  /** Follows VS Code's font, in CSS pixels. */
  setFont(fontSize: number): void {
    this.grid.setFont(fontSize);
  }

  focusFilter(): void {
    this.bar.focusFilter();
  }

  private listen(): void {
    const { bar, grid, actions } = this;
    const head = new HeadInput(grid, {
      arrange: (change) => this.arrange(change),
      chooseColumns: () => bar.chooseColumns(),
      proposeFilter: bar.proposeFilter && ((column) => bar.proposeFilter?.(`${filterNameOf(column)} `)),
      say: (text) => this.announcer.say(text),
    });
    new GridInput(grid, head, {
      arrange: (change) => this.arrange(change),
      act: (action, runIds) => void this.attempt(() => this.act(action, runIds)),
      findRow: (prefix, from) => actions.findRow(prefix, from),
      copy: (text) => void this.attempt(() => this.copy(actions.copy(text), 'Copied')),
      copyRuns: (runIds) => void this.attempt(() => this.copyRuns(runIds)),
      say: (text) => this.announcer.say(text),
    });
  }

  private tableHost(): TableHost {
    const { actions } = this;
    const arrangementOf = () => this.arrangement;
    return {
      get arrangement() {
        return arrangementOf();
      },
      arrange: (change) => this.arrange(change),
      loadColumns: () => actions.loadColumns(),
      loadAllColumns: () => actions.loadAllColumns(),
      loadFacets: () => actions.loadFacets(),
      checkFilter: (text) => actions.checkFilter(text),
      completeFilter: (text, offset) => actions.completeFilter(text, offset),
      actOnView: (view, action) => actions.actOnView(view, action),
      actOnSelection: (action) => this.act(action, this.grid.selection.ids),
      exportRuns: (wanted) => actions.exportRuns({ ...wanted, runIds: this.grid.selection.ids }),
      clearSelection: () => this.grid.selection.clear(),
      selectAll: () => this.grid.selection.all(this.facts?.rowCount ?? 0),
      refresh: () => this.refresh(),
      readAll: () => actions.readAll(),
      stopReading: () => actions.stopReading(),
      say: (text) => this.announcer.say(text),
      focusGrid: () => this.grid.element.focus(),
    };
  }

  /** Shows at once what can be; the rest comes when the extension arranged it so. */
  private arrange(change: ArrangementChange): void {
    const { groupBy, ...others } = { ...this.arrangement, ...change };
    this.arrangement = groupBy === undefined ? others : { ...others, groupBy };
    this.grid.arrange(this.arrangement);
    if (this.facts) this.bar.show(this.facts, this.arrangement);
    if (Object.keys(change).length > 0) this.actions.arrange(this.arrangement);
  }

  private async loadColumns(version: number): Promise<void> {
    this.columnsVersion = version;
    try {
      const columns = await this.actions.loadColumns();
      if (version !== this.columnsVersion) return;
      this.columns = columns;
      this.grid.setColumns(columns);
      if (this.begin) this.grid.scrollTo(this.begin);
      this.begin = undefined;
      this.showEmptiness();
    } catch (error) {
      if (version === this.columnsVersion) this.columnsVersion = undefined;
      this.bar.setTrouble(messageOf(error));
    }
  }

  private showEmptiness(): void {
    const kind = this.facts && emptinessOf(this.facts, this.arrangement, this.columns?.length);
    if (kind === this.emptiness) return;
    this.emptiness = kind;
    this.notice.hidden = kind === undefined;
    this.grid.element.hidden = kind !== undefined && kind !== 'noColumns';
    this.notice.classList.toggle('is-beside', kind === 'noColumns');
    if (kind === undefined) return;
    this.notice.replaceChildren(
      drawEmptiness(kind, {
        clearSearch: () => this.arrange({ search: { text: '' } }),
        refresh: () => void this.attempt(() => this.refresh()),
        chooseColumns: () => this.bar.chooseColumns(),
        showAllColumns: () => this.arrange({ hidden: [], onlyDiffering: false }),
      }),
    );
  }

  private async act(action: RunAction, runIds: readonly string[]): Promise<void> {
    await this.actions.actOnRuns(action, runIds);
    if (action === 'copyIds') this.announcer.say('Copied');
  }

  private async copy(copied: Promise<unknown>, word: string): Promise<void> {
    await copied;
    this.announcer.say(word);
  }

  private copyRuns(runIds: readonly string[]): Promise<void> {
    const wanted = { format: 'csv', to: 'clipboard', columns: 'shown', runIds } as const;
    return this.copy(this.actions.exportRuns(wanted), `Copied ${formatCount(runIds.length, 'run')}`);
  }

  private async refresh(): Promise<void> {
    await this.actions.refresh();
    this.grid.retry();
  }

  private async attempt(step: () => Promise<void>): Promise<void> {
    try {
      await step();
      this.bar.setTrouble(undefined);
    } catch (error) {
      this.bar.setTrouble(messageOf(error));
    }
  }
}

/** What a filter calls the column. */
function filterNameOf(column: Column | undefined): string {
  if (!column) return 'attributes.run_name';
  const isPlain = /^[A-Za-z_]\w*$/.test(column.key);
  const key = isPlain ? column.key : `\`${column.key}\``;
  return `${column.kind}.${key}`;
}

function messageOf(error: unknown): string {
  return visibleText(error instanceof Error ? error.message : String(error));
}
