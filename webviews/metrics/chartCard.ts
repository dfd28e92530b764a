import type { ChartData, ChartMetric, ChartQuery, Direction, LineQuery } from '../protocol/metrics';
import { element } from '../shared/dom';
import { visibleText } from '../shared/text';
import { changeChart, chartOf, isLogYOf, isZoomed, togglePin, zoomChart, type Range } from './arrangement';
import type { ChartContext, ChartServices } from './chartContext';
import { showFacts } from './chartFacts';
import { createFrameHead } from './chartFrame';
import { chartHelp, commandOf, type ChartCommand } from './chartKeys';
import { openChartMenu } from './chartMenu';
import { createNote, type NoteState } from './chartNote';
import { ChartPicture } from './chartPicture';
import { describeFailures, describeView } from './chartWords';
import { onceAFrame, remember } from './frames';
import { Latest } from './latest';
import { queryOf, type DrawnLine } from './picture';
import { Plot } from './plot/plot';
import type { PlotPoint, PlotView } from './plot/plotView';
import { StatisticsTable } from './statisticsTable';
import { Walker, type WalkedChart } from './walker';

/** How long a click waits whether it becomes a double click, in milliseconds. */
const doubleClick = 250;

/** One metric's chart: it asks for what it can show, and draws what it has until the answer comes. */
export class ChartCard implements WalkedChart {
  readonly element: HTMLElement;
  private readonly plot: Plot;
  private readonly head;
  private readonly facts = element('p', { class: 'chart-facts quiet' });
  private readonly host = element('div', { class: 'plot-host', role: 'application', tabIndex: 0 });
  private readonly note = createNote(
    () => this.reset(),
    () => this.reload(),
  );
  private readonly table: StatisticsTable;
  private readonly walker: Walker;
  private readonly latest = new Latest<ChartData>();
  private readonly drawSoon = onceAFrame(() => this.draw());
  private readonly picture: ChartPicture;
  private readonly showFacts = remember((drawn: readonly DrawnLine[], direction: Direction) => {
    showFacts(this.facts, drawn, direction);
  });
  private readonly showTable = remember((drawn: readonly DrawnLine[], direction: Direction) => {
    this.table.update(drawn, direction);
  });
  private palette;
  private opening: ReturnType<typeof setTimeout> | undefined;
  private failure: string | undefined;
  /** What the last answer, or the one that is awaited, was asked for. */
  private asked = '';
  private view: PlotView | undefined;
  private nearId: string | undefined;
  private isDisposed = false;

  constructor(
    private metric: ChartMetric,
    private context: ChartContext,
    private readonly services: ChartServices,
    private readonly isFullSize: boolean,
  ) {
    const { key } = metric;
    this.head = createFrameHead(key, {
      togglePin: () => services.arrange((before) => togglePin(before, key)),
      toggleFullSize: () => this.toggleFullSize(),
      toggleTable: () => this.toggleTable(),
      resetZoom: () => this.reset(),
      openMenu: (anchor) =>
        openChartMenu(
          anchor,
          { metric: this.metric, context: this.context, drawn: this.picture.drawn, plot: this.plot },
          services,
        ),
    });
    this.table = new StatisticsTable(key, (id) => services.openRun(id));
    this.picture = new ChartPicture(key);
    this.palette = context.palette;
    this.plot = this.createPlot();
    this.walker = new Walker(this, services.cursor, services);
    const body = element('div', { class: 'chart-body' }, this.host, this.note.element);
    this.element = element(
      'article',
      { class: 'chart', aria: { label: key }, data: { metric: key } },
      this.head.element,
      this.facts,
      body,
      this.table.element,
    );
    this.table.element.hidden = true;
    this.host.append(this.plot.element);
    this.host.setAttribute('aria-roledescription', 'chart');
    this.listenToKeys();
    this.draw();
  }

  get lines() {
    return this.context.lines;
  }

  get direction() {
    return this.metric.direction;
  }

  get isLogX(): boolean {
    return this.context.arrangement.isLogX;
  }

  get isLogY(): boolean {
    return isLogYOf(this.context.arrangement, this.metric.key);
  }

  colorOf(color: number): string {
    return this.palette.colorOf(color);
  }

  get question(): Pick<ChartQuery, 'metric' | 'lines' | 'x'> {
    const shown = new Set(this.picture.drawn.map(({ line }) => line.id));
    const lines: readonly LineQuery[] = this.query().lines.filter(({ id }) => shown.has(id));
    return { metric: this.metric.key, lines, x: this.context.arrangement.x };
  }

  get range(): Range | undefined {
    return this.view && [this.view.x.from, this.view.x.to];
  }

  get box(): DOMRect {
    return this.host.getBoundingClientRect();
  }

  /** In sight with this: asks if that takes other points. */
  update(metric: ChartMetric, context: ChartContext): void {
    const isAlike = metric === this.metric && context === this.context;
    this.metric = metric;
    this.context = context;
    if (context.palette !== this.palette) {
      this.palette = context.palette;
      this.plot.setTheme(context.palette.theme);
    }
    this.askIfOther();
    if (!isAlike) this.drawSoon();
  }

  /** Its points are not as they were. */
  reload(): void {
    this.asked = '';
    if (this.failure !== undefined) {
      this.failure = undefined;
      this.drawSoon();
    }
    this.askIfOther();
  }

  /** Nobody sees it: it waits for nothing, and asks anew when it is seen again if it had no answer. */
  sleep(isStale: boolean): void {
    if (this.latest.isAsking || isStale) this.asked = '';
    this.latest.cancel();
    this.walker.leave();
  }

  dispose(): void {
    this.isDisposed = true;
    clearTimeout(this.opening);
    this.sleep(true);
    this.plot.dispose();
    this.element.remove();
  }

  focus(): void {
    this.host.focus({ preventScroll: true });
  }

  zoomTo(x: Range, y?: Range): void {
    const { key } = this.metric;
    const before = chartOf(this.context.arrangement, key).y;
    this.services.arrange((arrangement) => zoomChart(arrangement, key, x, y ?? before));
  }

  showCursor(x: number | undefined, points: readonly PlotPoint[], nearId: string | undefined): void {
    this.plot.showCursor(x, points);
    if (nearId === this.nearId) return;
    this.nearId = nearId;
    this.draw();
  }

  private createPlot(): Plot {
    const { services } = this;
    const actions = {
      zoom: ({ x, y }: { readonly x: Range; readonly y?: Range }) => {
        services.cursor.leave(this);
        this.zoomTo(x, y);
      },
      reset: () => {
        clearTimeout(this.opening);
        this.reset();
      },
      point: (at: Parameters<typeof services.cursor.moveTo>[1] | undefined) => {
        if (at) services.cursor.moveTo(this, at);
        else services.cursor.leave(this);
      },
      click: ({ lineId }: { readonly lineId: string | undefined }) => {
        // The second click of two asks for the whole range, not for a run.
        clearTimeout(this.opening);
        this.opening = setTimeout(() => this.open(lineId), doubleClick);
      },
      resized: () => this.askIfOther(),
    };
    return new Plot(actions, this.context.palette.theme);
  }

  private query(): ChartQuery {
    const { arrangement, lines } = this.context;
    const isTableShown = chartOf(arrangement, this.metric.key).isTableShown ?? false;
    // A picture behind its table has no room, and the table wants no more than one column.
    const columns = Math.max(this.plot.columns, isTableShown ? 1 : 0);
    return queryOf(this.metric.key, lines, arrangement, columns);
  }

  private askIfOther(): void {
    const query = this.query();
    const isPossible = query.columns >= 1 && query.lines.length > 0 && !this.isDisposed;
    const asked = JSON.stringify({ ...query, lines: this.context.drawnKey });
    if (!isPossible || asked === this.asked) return;
    this.asked = asked;
    this.latest.ask({
      ask: (signal) => this.services.loadChart(query, signal),
      done: (data) => {
        this.picture.accept(data, query.x);
        this.failure = undefined;
        this.drawSoon();
      },
      fail: (error) => {
        this.failure = error instanceof Error ? error.message : String(error);
        this.drawSoon();
      },
    });
  }

  private draw(): void {
    if (this.isDisposed) return;
    const { metric, context, picture } = this;
    picture.update(context, this.latest.isAsking);
    this.view = this.viewNow();
    this.element.classList.toggle('has-picture', this.view !== undefined);
    if (this.view) this.plot.draw(this.view);
    this.note.show(this.noteNow());
    this.updateHead();
    this.showFacts(picture.drawn, metric.direction);
    const isTableShown = chartOf(context.arrangement, metric.key).isTableShown ?? false;
    if (isTableShown) this.showTable(picture.drawn, metric.direction);
    this.turn(isTableShown);
    const label = `${describeView(metric.key, this.view, context.arrangement.x)}. ${chartHelp}`;
    if (this.host.ariaLabel !== label) this.host.ariaLabel = label;
  }

  /** In the grid, table and picture take each other's place; the focus goes along. */
  private turn(isTableShown: boolean): void {
    const { element: table } = this.table;
    if (table.hidden !== isTableShown) return;
    const focused = document.activeElement;
    table.hidden = !isTableShown;
    this.element.classList.toggle('has-table', isTableShown);
    if (isTableShown && !this.isFullSize && focused === this.host) table.focus();
    if (!isTableShown && table.contains(focused)) this.host.focus();
  }

  private viewNow(): PlotView | undefined {
    const { picture, nearId, context } = this;
    if (picture.current?.kind !== 'plot' || this.isNothingDrawn()) return undefined;
    const { view } = picture.current;
    const emphasis = view.lines.length > 1 ? (nearId ?? context.emphasis) : undefined;
    return emphasis === undefined ? view : { ...view, emphasis };
  }

  private noteNow(): NoteState {
    const { failure, picture } = this;
    const { current, data } = picture;
    if (this.isNothingDrawn()) return { kind: 'noLines' };
    if (current?.kind === 'plot') return { kind: 'none' };
    if (failure !== undefined) return { kind: 'failed', cause: failure };
    const isReading = current?.reason === 'noPoints' && (data?.pending ?? 0) > 0;
    return current && !isReading ? { kind: 'empty', reason: current.reason } : { kind: 'loading' };
  }

  private isNothingDrawn(): boolean {
    return !this.context.lines.some(({ isDrawn }) => isDrawn);
  }

  private updateHead(): void {
    const { context, metric, failure } = this;
    const { data, current } = this.picture;
    const { arrangement } = context;
    const failures = describeFailures(data?.failures ?? [], context.names);
    // Without a picture, the failure stands in its place.
    const isStale = failure !== undefined && current?.kind === 'plot';
    this.head.update({
      isPinned: arrangement.pinned.includes(metric.key),
      isFullSize: this.isFullSize,
      isTableShown: chartOf(arrangement, metric.key).isTableShown ?? false,
      isZoomed: isZoomed(arrangement, metric.key),
      isPreview: data?.isPreview ?? false,
      pending: data?.pending ?? 0,
      runCount: metric.runCount,
      failures: isStale ? [visibleText(failure), ...failures] : failures,
    });
  }

  private reset(): void {
    this.services.arrange((before) => zoomChart(before, this.metric.key, undefined, undefined));
  }

  private toggleTable(): void {
    const { key } = this.metric;
    this.services.arrange((before) =>
      changeChart(before, key, { isTableShown: !(chartOf(before, key).isTableShown ?? false) }),
    );
  }

  private toggleFullSize(): void {
    const { key } = this.metric;
    const fullSize = this.isFullSize ? undefined : key;
    this.services.arrange((before) => ({ ...before, fullSize }));
  }

  private open(lineId: string | undefined): void {
    const line = this.lines.find(({ id }) => id === lineId);
    if (line?.isRun) this.services.openRun(line.id);
  }

  private listenToKeys(): void {
    this.host.addEventListener('keydown', (event) => {
      const command = commandOf(event);
      if (!command || !this.obey(command)) return;
      event.preventDefault();
      event.stopPropagation();
    });
    this.table.element.addEventListener('keydown', (event) => {
      if (event.key !== 'Escape' && commandOf(event)?.kind !== 'table') return;
      event.stopPropagation();
      this.toggleTable();
    });
    this.host.addEventListener('blur', () => {
      this.walker.leave();
    });
  }

  /** False when there was nothing to do. */
  private obey(command: ChartCommand): boolean {
    switch (command.kind) {
      case 'leave':
        return this.walker.leave();
      case 'reset':
        this.reset();
        return true;
      case 'open':
        this.open(this.walker.lineId);
        return true;
      case 'table':
        this.toggleTable();
        return true;
      case 'fullSize':
        this.toggleFullSize();
        return true;
      case 'zoom':
        this.walker.zoom(command.factor);
        return true;
      case 'step':
      case 'line':
      case 'edge':
      case 'page':
        void this.walker.walk(command);
        return true;
    }
  }
}
