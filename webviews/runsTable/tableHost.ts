import type { Arrangement, ColumnId } from '../protocol/arrangement';
import type {
  Column,
  Completions,
  Facets,
  FilterCheck,
  RunAction,
  RunsExport,
  SavedView,
  TableFacts,
} from '../protocol/runsTable';

/** Parts of an arrangement; no grouping is `groupBy: undefined`. */
export type ArrangementChange = Partial<Omit<Arrangement, 'groupBy'>> & {
  readonly groupBy?: ColumnId | undefined;
};

/** What the parts around the grid (filter box, facets, choice of columns, views, actions) may do and know. */
export interface TableHost {
  readonly arrangement: Arrangement;
  /** Shows these parts of the arrangement otherwise; the rest stays. */
  arrange(change: ArrangementChange): void;

  loadColumns(): Promise<readonly Column[]>;
  loadAllColumns(): Promise<readonly Column[]>;
  loadFacets(): Promise<Facets>;
  checkFilter(text: string): Promise<FilterCheck>;
  completeFilter(text: string, offset: number): Promise<Completions>;
  actOnView(view: SavedView, action: 'save' | 'open' | 'delete'): Promise<unknown>;

  /** Does something with the selected runs. */
  actOnSelection(action: RunAction): Promise<unknown>;
  /** Exports the selected runs, or all that are found where none is selected. */
  exportRuns(wanted: Omit<RunsExport, 'runIds'>): Promise<unknown>;
  clearSelection(): void;
  selectAll(): Promise<unknown>;

  refresh(): Promise<unknown>;
  readAll(): void;
  stopReading(): void;
  /** Tells something to who cannot see it. */
  say(text: string): void;
  /** Puts the keyboard back into the grid. */
  focusGrid(): void;
}

/** What is around the grid: above it the bar, which shows what is searched for and what can be done. */
export interface TableBar {
  readonly element: HTMLElement;
  show(facts: TableFacts, arrangement: Arrangement): void;
  showSelection(runCount: number): void;
  /** Says what went wrong; undefined takes it back. */
  setTrouble(text: string | undefined): void;
  focusFilter(): void;
  /** Puts the beginning of a filter into the box, for the user to finish. */
  proposeFilter?(beginning: string): void;
  /** Opens the choice of columns. */
  chooseColumns(): void;
}

/** How `webviews/runsTable/bar.ts` is made. */
export type CreateTableBar = (host: TableHost) => TableBar;
