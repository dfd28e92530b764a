import type {
  ChartData,
  ChartQuery,
  Direction,
  ExactPoint,
  FileExport,
  HistoryExport,
  MetricsCharts,
  PointQuery,
} from '../protocol/metrics';
import { createAnnouncer } from '../shared/announcer';
import { button, element } from '../shared/dom';
import { formatCount } from '../shared/text';
import { toggleSection, type Arrangement } from './arrangement';
import type { ChartContext, ChartServices } from './chartContext';
import { Cursor } from './cursor';
import { onceAFrame, remember } from './frames';
import { FullView } from './fullView';
import { Grid } from './grid';
import { layOut, type Layout } from './layout';
import { Legend } from './legend';
import { linesOf, type ChartLine } from './lines';
import { createNotices } from './notices';
import { onThemeChange, readPalette } from '../shared/palette';
import { emptiness } from './placeholders';
import { searchFor, type Search } from './search';
import { createToolbar } from './toolbar';
import { createTooltip } from './tooltip';

/** What the page asks of the extension. */
export interface PageActions {
  loadChart(query: ChartQuery, signal: AbortSignal): Promise<ChartData>;
  readPoints(query: PointQuery, signal: AbortSignal): Promise<readonly ExactPoint[]>;
  watch(metrics: readonly string[]): void;
  refresh(): Promise<unknown>;
  loadMoreRuns(): Promise<unknown>;
  openRun(runId: string): void;
  setDirection(metric: string, direction: Direction): void;
  exportHistory(what: HistoryExport): Promise<boolean>;
  saveFile(file: FileExport): Promise<boolean>;
  copy(text: string): Promise<unknown>;
  /** The user arranged something. */
  arranged(arrangement: Arrangement): void;
}

/** The charts of some runs: what the user arranged, and all parts drawn by it. */
export class Page {
  readonly element: HTMLElement;
  readonly scroller = element('div', { class: 'scroller', tabIndex: -1 });
  private readonly title = element('h1', { class: 'visually-hidden' });
  private readonly announcer = createAnnouncer();
  private readonly notices = createNotices();
  private readonly tooltip = createTooltip();
  private readonly message = element('div', { class: 'message-place' });
  private readonly toolbar;
  private readonly legend;
  private readonly grid;
  private readonly fullView;
  private charts: MetricsCharts | undefined;
  private palette = readPalette();
  private emphasis: string | undefined;
  private validSearch: Search & { readonly kind: 'valid' } = {
    kind: 'valid',
    isEmpty: true,
    matches: () => true,
  };
  private watched = '';
  private readonly drawSoon = onceAFrame(() => this.draw());
  private readonly searchFor = remember(searchFor);
  private readonly context = remember(makeContext);
  private readonly layOut = remember(
    (
      metrics: MetricsCharts['metrics'],
      pinned: Arrangement['pinned'],
      folded: Arrangement['folded'],
      sort: Arrangement['sort'],
      search: Search & { readonly kind: 'valid' },
    ) => layOut(metrics, { pinned, folded, sort }, search),
  );
  private readonly lines = remember(
    (
      charts: MetricsCharts,
      grouping: Arrangement['grouping'],
      hidden: Arrangement['hidden'],
      chosen: Arrangement['chosen'],
      isolated: Arrangement['isolated'],
      isUnlimited: boolean,
    ) => linesOf(charts, { grouping, hidden, chosen, isolated, isUnlimited }),
  );

  constructor(
    private readonly actions: PageActions,
    private arrangement: Arrangement,
  ) {
    const services = this.createServices();
    this.toolbar = createToolbar({
      arrange: services.arrange,
      refresh: () => void this.attempt(actions.refresh(), 'Refreshed'),
    });
    this.legend = new Legend({
      arrange: services.arrange,
      openRun: (id) => actions.openRun(id),
      emphasize: (id) => this.emphasize(id),
      loadMoreRuns: () => this.attempt(actions.loadMoreRuns(), 'More runs loaded'),
    });
    const gridActions = {
      toggleSection: (id: string) => services.arrange((before) => toggleSection(before, id)),
      watch: () => this.watch(),
    };
    this.grid = new Grid(this.scroller, gridActions, services);
    this.fullView = new FullView(services);
    this.scroller.addEventListener('scroll', () => services.cursor.hide(), { passive: true });
    this.element = this.assemble();
    onThemeChange(
      onceAFrame(() => {
        this.palette = readPalette();
        this.draw();
      }),
    );
  }

  show(charts: MetricsCharts): void {
    this.charts = charts;
    this.draw();
  }

  /** Brings a metric's chart into sight, whatever hides it. */
  reveal(metric: string): void {
    const { search, fullSize } = this.arrangement;
    if (fullSize !== undefined || search !== '') {
      this.arrangement = { ...this.arrangement, search: '', fullSize: undefined };
      this.actions.arranged(this.arrangement);
    }
    this.draw();
    const section = this.layout()?.sections.find(({ charts }) => charts.some(({ key }) => key === metric));
    if (section?.isFolded) {
      this.arrangement = toggleSection(this.arrangement, section.id);
      this.actions.arranged(this.arrangement);
      this.draw();
    }
    this.grid.reveal(metric);
  }

  changed(metrics: readonly string[]): void {
    const changed = new Set(metrics);
    const { x } = this.arrangement;
    // Along another metric, all charts are changed with that.
    const isAxis = x.kind === 'metric' && x.metric !== undefined && changed.has(x.metric);
    const all = isAxis ? new Set(this.charts?.metrics.map(({ key }) => key)) : changed;
    this.grid.changed(all);
    this.fullView.changed(all);
  }

  focusSearch(): void {
    this.toolbar.focusSearch();
  }

  /** Takes the search back, or leaves the full size; false when there is neither. */
  escape(): boolean {
    const { search, fullSize } = this.arrangement;
    if (fullSize === undefined && search === '') return false;
    this.arrange((before) =>
      fullSize === undefined ? { ...before, search: '' } : { ...before, fullSize: undefined },
    );
    return true;
  }

  private createServices(): ChartServices {
    const { actions } = this;
    const arrange = (change: (arrangement: Arrangement) => Arrangement) => this.arrange(change);
    const share = (x: number | undefined, from: Parameters<Grid['shareCursor']>[1]) =>
      this.grid.shareCursor(x, from);
    const readPoints = (query: PointQuery, signal: AbortSignal) => actions.readPoints(query, signal);
    return {
      arrange,
      readPoints,
      cursor: new Cursor({ readPoints, share }, this.tooltip),
      loadChart: (query, signal) => actions.loadChart(query, signal),
      exportHistory: (what) => actions.exportHistory(what),
      saveFile: (file) => actions.saveFile(file),
      copy: (text) => actions.copy(text),
      openRun: (runId) => actions.openRun(runId),
      setDirection: (metric, direction) => actions.setDirection(metric, direction),
      say: (text) => this.announcer.say(text),
      report: (error) => this.report(error),
    };
  }

  private assemble(): HTMLElement {
    this.scroller.append(this.message, this.grid.element);
    const charts = element(
      'div',
      { class: 'stage' },
      this.notices.element,
      this.scroller,
      this.fullView.element,
    );
    return element(
      'main',
      { class: 'page', tabIndex: -1 },
      this.title,
      this.toolbar.element,
      element('div', { class: 'columns' }, this.legend.element, charts),
      this.tooltip.element,
      this.announcer.element,
    );
  }

  private arrange(change: (arrangement: Arrangement) => Arrangement): void {
    const before = this.arrangement;
    this.arrangement = change(before);
    if (this.arrangement === before) return;
    this.actions.arranged(this.arrangement);
    this.drawSoon();
  }

  private emphasize(id: string | undefined): void {
    this.emphasis = id;
    this.drawSoon();
  }

  private draw(): void {
    const { charts, arrangement } = this;
    const layout = this.layout();
    if (!charts || !layout) return;
    const context = this.contextOf(charts);
    this.title.textContent = charts.title;
    this.notices.setNotes(charts.notes);
    const search = this.searchFor(arrangement.search, arrangement.isRegex);
    const trouble = search.kind === 'invalid' ? search.reason : undefined;
    this.toolbar.update({ arrangement, metrics: charts.metrics, layout, trouble });
    if (trouble === undefined) this.tellFound(arrangement.search, layout.shown);
    this.legend.update(context.lines, arrangement, charts);
    const full = charts.metrics.find(({ key }) => key === arrangement.fullSize);
    const isFull = full !== undefined;
    this.scroller.hidden = isFull;
    this.showMessage(charts, layout);
    this.grid.update(layout, context);
    this.showFull(full, context);
    this.watch();
  }

  /** To those who do not see the charts go. */
  private readonly tellFound = remember((search: string, shown: number) => {
    if (search.trim() !== '') this.announcer.say(`${formatCount(shown, 'metric')} found`);
  });

  private showFull(full: MetricsCharts['metrics'][number] | undefined, context: ChartContext): void {
    const before = this.fullView.metric;
    this.fullView.update(full, context);
    if (before !== undefined && !full) this.grid.reveal(before);
  }

  private layout(): Layout | undefined {
    const { arrangement, charts } = this;
    if (!charts) return undefined;
    const search = this.searchFor(arrangement.search, arrangement.isRegex);
    if (search.kind === 'valid') this.validSearch = search;
    const { pinned, folded, sort } = arrangement;
    return this.layOut(charts.metrics, pinned, folded, sort, this.validSearch);
  }

  private contextOf(charts: MetricsCharts): ChartContext {
    const { grouping, hidden, chosen, isolated, isUnlimited } = this.arrangement;
    const lines = this.lines(charts, grouping, hidden, chosen, isolated, isUnlimited);
    return this.context(charts, this.arrangement, lines, this.palette, this.emphasis);
  }

  private showMessage(charts: MetricsCharts, layout: Layout): void {
    const made = this.messageFor(charts, layout);
    const text = made?.textContent ?? '';
    if (this.message.textContent === text) return;
    this.message.replaceChildren(...(made ? [made] : []));
  }

  private messageFor({ runs, metrics }: MetricsCharts, { shown }: Layout): HTMLElement | undefined {
    if (runs.length === 0) return emptiness('No runs', 'Charts appear here as soon as there are runs.');
    if (metrics.length === 0) {
      return emptiness(
        'No metrics yet',
        'These runs have logged no metrics yet. Charts appear with the first.',
      );
    }
    if (shown > 0) return undefined;
    const clear = button(
      { class: 'button secondary', onClick: () => this.arrange((before) => ({ ...before, search: '' })) },
      'Clear search',
    );
    return emptiness('No metric matches', 'The search lets none of the metrics through.', clear);
  }

  /** Tells which charts are in sight, if these are others. */
  private watch(): void {
    const full = this.fullView.metric;
    const metrics = full === undefined ? this.grid.metricsInSight() : [full];
    const text = JSON.stringify(metrics.toSorted());
    if (text === this.watched) return;
    this.watched = text;
    this.actions.watch(metrics);
  }

  private async attempt(work: Promise<unknown>, told: string): Promise<void> {
    try {
      await work;
      this.announcer.say(told);
    } catch (error) {
      this.report(error);
    }
  }

  private report(error: unknown): void {
    if (error instanceof Error && error.name === 'Canceled') return;
    this.notices.report(error instanceof Error ? error.message : String(error));
  }
}

function makeContext(
  charts: MetricsCharts,
  arrangement: Arrangement,
  lines: readonly ChartLine[],
  palette: ReturnType<typeof readPalette>,
  emphasis: string | undefined,
): ChartContext {
  const drawn = lines.filter(({ isDrawn }) => isDrawn);
  const drawnKey = JSON.stringify(drawn.map(({ id, runIds, isRun }) => (isRun ? id : [id, runIds])));
  const names = new Map(charts.runs.map(({ id, name }) => [id, name]));
  return { arrangement, lines, drawnKey, palette, emphasis, names };
}
