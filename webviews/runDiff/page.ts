import {
  fewestRuns,
  missingCell,
  wordsOf,
  type ArtifactDiff,
  type ColumnAction,
  type DiffCopy,
  type RunColumn,
  type RunDiff,
} from '../protocol/runDiff';
import { createAnnouncer } from '../shared/announcer';
import { element } from '../shared/dom';
import { openMenu, type MenuItem } from '../shared/menu';
import { formatInteger, visibleText } from '../shared/text';
import { Artifacts } from './artifacts';
import { ColumnsGrid } from './columnsGrid';
import { fileMenuItems } from './fileMenu';
import type { Grid, GridActions, GridView, ShownRow } from './grid';
import type { PlotsArrangement } from './plots/choices';
import { PlotsPart } from './plots/plotsPart';
import { RowsGrid } from './rowsGrid';
import { chooseShown } from './shownRows';
import { togglePart, type Arrangement } from './state';
import { createToolbar } from './toolbar';

/** What the page asks of the extension. */
export interface PageActions {
  act(action: ColumnAction, runId: string): void;
  copy(wanted: DiffCopy): Promise<unknown>;
  refresh(): Promise<unknown>;
  loadArtifacts(path: string): Promise<ArtifactDiff>;
  /** Compares a file of two runs, or of one with a file of the workspace. */
  compareArtifact(wanted: { readonly path: string; readonly runIds: readonly string[] }): void;
  /** The user arranged something. */
  arranged(arrangement: Arrangement): void;
}

/** The page of a comparison: it is built once and keeps what the user arranged. */
export class Page {
  readonly element: HTMLElement;
  private readonly announcer = createAnnouncer();
  private readonly toolbar;
  private readonly place = element('div', { class: 'place' });
  private readonly grids: { readonly rows: Grid; readonly columns: Grid };
  private readonly artifacts: Artifacts;
  private readonly plots: PlotsPart;
  private diff: RunDiff | undefined;

  constructor(
    private readonly actions: PageActions,
    private arrangement: Arrangement,
  ) {
    this.toolbar = createToolbar({
      filter: (query) => this.filter(query),
      transpose: () => this.transpose(),
      togglePlots: () => {
        const { plots } = this.arrangement;
        this.arrangePlots({ ...plots, isShown: !plots.isShown });
      },
      copy: (format) => void this.copy(format),
      refresh: () => void this.refresh(),
    });
    this.toolbar.setQuery(arrangement.query);
    this.toolbar.setTransposed(arrangement.isTransposed);
    this.toolbar.setPlots(arrangement.plots.isShown);
    this.plots = new PlotsPart(
      { arrange: (plots) => this.arrangePlots(plots), point: (runId) => this.point(runId) },
      arrangement.plots,
    );
    this.artifacts = new Artifacts(
      (path) => actions.loadArtifacts(path),
      () => this.draw(),
    );
    const gridActions = this.gridActions();
    this.grids = { rows: new RowsGrid(gridActions), columns: new ColumnsGrid(gridActions) };
    this.element = element(
      'main',
      { class: 'page', tabIndex: -1 },
      this.toolbar.element,
      this.plots.element,
      this.place,
      this.announcer.element,
    );
  }

  /** Shows the comparison, in place of what was there. */
  show(diff: RunDiff): void {
    const before = this.diff?.runs.map(({ id, status }) => `${id} ${status}`).join(' ');
    const isSame = before === diff.runs.map(({ id, status }) => `${id} ${status}`).join(' ');
    this.diff = diff;
    if (!isSame) this.artifacts.reset();
    this.draw();
  }

  focusFilter(): void {
    this.toolbar.focusFilter();
  }

  /** Takes the filter back; false when there is none. */
  clearFilter(): boolean {
    if (this.arrangement.query === '') return false;
    this.toolbar.setQuery('');
    this.filter('');
    return true;
  }

  private gridActions(): GridActions {
    return {
      toggleOpen: (id) =>
        this.arrange({ ...this.arrangement, folded: togglePart(this.arrangement.folded, id) }),
      toggleEqual: (id) =>
        this.arrange({ ...this.arrangement, withEqual: togglePart(this.arrangement.withEqual, id) }),
      toggleFolder: (path) => this.artifacts.toggle(path),
      openRunMenu: (run, anchor) => this.openRunMenu(run, anchor),
      point: (runId) => this.point(runId),
      openFileMenu: (row, index, anchor) => this.openFileMenu(row, index, anchor),
    };
  }

  private openRunMenu(run: RunColumn, anchor: HTMLElement): void {
    const { diff } = this;
    if (!diff) return;
    const isBaseline = diff.runs[diff.baseline]?.id === run.id;
    const isThere = run.trouble === undefined;
    const item = (label: string, action: ColumnAction, isPossible: boolean): MenuItem => ({
      kind: 'action',
      label,
      isDisabled: !isPossible,
      run: () => this.actions.act(action, run.id),
    });
    openMenu(anchor, `Run ${visibleText(run.name || run.id)}`, [
      item('Open Run Summary', 'open', isThere),
      item('Use as Baseline', 'setBaseline', isThere && !isBaseline),
      item('Compare with Baseline in Diff Editor', 'compareInDiffEditor', isThere && !isBaseline),
      item(
        'Compare Source with Baseline',
        'compareSource',
        isThere && !isBaseline && run.commit !== undefined,
      ),
      item('Remove from Comparison', 'remove', diff.runs.length > fewestRuns),
    ]);
  }

  private openFileMenu({ tree, cells }: ShownRow, index: number, anchor: HTMLElement): void {
    const run = this.diff?.runs[index];
    if (!this.diff || !run || !tree) return;
    const { path } = tree;
    const hasFile = (cells[index] ?? missingCell) >= 0;
    const items = fileMenuItems(this.diff, run, hasFile, (runIds) =>
      this.actions.compareArtifact({ path, runIds }),
    );
    openMenu(anchor, `File ${visibleText(path.slice(-80))}`, items);
  }

  private filter(query: string): void {
    const found = this.arrange({ ...this.arrangement, query });
    this.announcer.say(query === '' ? 'Filter cleared' : `${formatInteger(found)} rows shown`);
  }

  private transpose(): void {
    const isTransposed = !this.arrangement.isTransposed;
    this.toolbar.setTransposed(isTransposed);
    this.arrange({ ...this.arrangement, isTransposed });
  }

  private arrangePlots(plots: PlotsArrangement): void {
    this.toolbar.setPlots(plots.isShown);
    this.arrange({ ...this.arrangement, plots });
    if (!plots.isShown) this.point(undefined);
  }

  /** Has a run stand out in the plots and in the table, while there are plots. */
  private point(runId: string | undefined): void {
    const marked = this.arrangement.plots.isShown ? runId : undefined;
    this.plots.mark(marked);
    this.grid.mark(marked);
  }

  private get grid(): Grid {
    return this.arrangement.isTransposed ? this.grids.columns : this.grids.rows;
  }

  private async copy(format: DiffCopy['format']): Promise<void> {
    const { query, withEqual, isTransposed } = this.arrangement;
    const folders = this.artifacts.shownFolders();
    await this.attempt(async () => {
      await this.actions.copy({ query, withEqual, isTransposed, folders, format });
      this.announcer.say('Copied');
    });
  }

  private async refresh(): Promise<void> {
    await this.attempt(async () => {
      await this.actions.refresh();
      this.artifacts.reset();
      this.draw();
      this.announcer.say('Refreshed');
    });
  }

  private async attempt(step: () => Promise<void>): Promise<void> {
    try {
      await step();
      this.toolbar.setTrouble(undefined);
    } catch (error) {
      this.toolbar.setTrouble(visibleText(error instanceof Error ? error.message : String(error)));
    }
  }

  private arrange(arrangement: Arrangement): number {
    this.arrangement = arrangement;
    this.actions.arranged(arrangement);
    return this.draw();
  }

  /** Draws the comparison as it is arranged, and tells how many rows are shown. */
  private draw(): number {
    if (!this.diff) return 0;
    const { grid } = this;
    if (this.place.firstElementChild !== grid.element) this.place.replaceChildren(grid.element);
    const view = this.viewOf(this.diff);
    grid.update(view);
    this.plots.update(this.diff, this.arrangement.plots);
    return view.parts.reduce((sum, { rows }) => sum + rows.length, 0);
  }

  private viewOf({ runs, baseline, sections }: RunDiff): GridView {
    const { query, withEqual, folded } = this.arrangement;
    const words = wordsOf(query);
    const parts = sections
      .filter(({ rows, trouble }) => rows.length > 0 || trouble !== undefined)
      .map(({ id, rows, trouble }) => {
        const isOpen = !folded.includes(id);
        return { id, ...chooseShown(rows, words, withEqual.includes(id)), isOpen, trouble };
      });
    const isOpen = !folded.includes('artifacts');
    const artifacts = this.artifacts.show(words, withEqual.includes('artifacts'), isOpen);
    const hasColors = this.arrangement.plots.isShown;
    return { runs, baseline, parts: [...parts, artifacts], hasColors };
  }
}
