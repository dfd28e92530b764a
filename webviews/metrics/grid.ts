import type { ChartMetric } from '../protocol/metrics';
import { button, element } from '../shared/dom';
import { icon } from '../shared/icons';
import { formatInteger, visibleText } from '../shared/text';
import { ChartCard } from './chartCard';
import type { ChartContext, ChartServices } from './chartContext';
import type { CursorChart } from './cursor';
import { onceAFrame } from './frames';
import type { Layout, Section } from './layout';

/** How far outside of the window charts load already. */
const loadMargin = '240px 0px';
/** So many charts out of sight keep their pictures, for who scrolls back. */
const keptAsleep = 24;

/** How long cards are made in one frame, in milliseconds. */
const frameBudget = 8;

export interface GridActions {
  toggleSection(id: string): void;
  /** Other charts are in sight. */
  watch(): void;
}

interface Cell {
  readonly element: HTMLElement;
  metric: ChartMetric;
  card?: ChartCard | undefined;
}

/** All charts by section. A chart has its place from the beginning, and is made when it comes into sight. */
export class Grid {
  readonly element: HTMLElement;
  private readonly cells = new Map<string, Cell>();
  private readonly sections = new Map<string, SectionView>();
  private readonly inSight = new Set<string>();
  /** Metrics in sight whose cards are still to be made. */
  private readonly unmade = new Set<string>();
  private readonly makeSoon = onceAFrame(() => this.make());
  /** Metrics of cards that nobody sees, the longest first. */
  private asleep: string[] = [];
  private readonly observer: IntersectionObserver;
  private layout: Layout | undefined;
  private context: ChartContext | undefined;

  constructor(
    private readonly scroller: HTMLElement,
    private readonly actions: GridActions,
    private readonly services: ChartServices,
  ) {
    this.element = element('div', { class: 'grid' });
    this.observer = new IntersectionObserver((entries) => this.sight(entries), {
      root: scroller,
      rootMargin: loadMargin,
    });
  }

  update(layout: Layout, context: ChartContext): void {
    this.context = context;
    this.element.dataset['size'] = context.arrangement.size;
    if (layout !== this.layout) this.arrange(layout);
    for (const key of this.inSight) if (!this.unmade.has(key)) this.show(key);
  }

  metricsInSight(): readonly string[] {
    return [...this.inSight];
  }

  /** The points of these metrics are not as they were. */
  changed(metrics: ReadonlySet<string>): void {
    for (const key of metrics) {
      const card = this.cells.get(key)?.card;
      if (this.inSight.has(key)) card?.reload();
      else card?.sleep(true);
    }
  }

  shareCursor(x: number | undefined, from: CursorChart): void {
    for (const key of this.inSight) {
      const card = this.cells.get(key)?.card;
      if (card && card !== from) card.showCursor(x, [], undefined);
    }
  }

  /** Brings a metric's chart into sight; false when it is not there. */
  reveal(metric: string): boolean {
    const cell = this.cells.get(metric);
    if (!cell?.element.isConnected) return false;
    cell.element.scrollIntoView({ block: 'center', behavior: 'instant' });
    this.show(metric);
    cell.card?.focus();
    return true;
  }

  private arrange(layout: Layout): void {
    this.layout = layout;
    const { scrollTop } = this.scroller;
    const focused = document.activeElement;
    this.dropGone(layout);
    const elements = layout.sections.map((section) => this.sectionOf(section).element);
    for (const [id, { element: own }] of this.sections) {
      if (elements.includes(own)) continue;
      own.remove();
      this.sections.delete(id);
    }
    putInOrder(this.element, elements);
    this.scroller.scrollTop = scrollTop;
    // Who pins a chart moves it, and the focus would stay behind.
    if (focused instanceof HTMLElement && this.element.contains(focused))
      focused.focus({ preventScroll: true });
  }

  private sectionOf(section: Section): SectionView {
    const view = this.sections.get(section.id) ?? createSection(() => this.actions.toggleSection(section.id));
    this.sections.set(section.id, view);
    view.update(section);
    putInOrder(
      view.charts,
      section.charts.map((metric) => this.cellOf(metric).element),
    );
    return view;
  }

  private cellOf(metric: ChartMetric): Cell {
    const known = this.cells.get(metric.key);
    if (known) {
      known.metric = metric;
      return known;
    }
    const place = element('div', { class: 'cell', data: { cell: metric.key } });
    const cell: Cell = { element: place, metric };
    this.cells.set(metric.key, cell);
    this.observer.observe(place);
    return cell;
  }

  private dropGone({ sections }: Layout): void {
    const kept = new Set(sections.flatMap(({ charts }) => charts.map(({ key }) => key)));
    for (const [key, cell] of this.cells) {
      if (kept.has(key)) continue;
      this.observer.unobserve(cell.element);
      cell.card?.dispose();
      cell.element.remove();
      this.cells.delete(key);
      this.inSight.delete(key);
      this.unmade.delete(key);
    }
    this.asleep = this.asleep.filter((key) => this.cells.has(key));
    this.actions.watch();
  }

  private sight(entries: readonly IntersectionObserverEntry[]): void {
    for (const { target, isIntersecting } of entries) {
      const key = target instanceof HTMLElement ? target.dataset['cell'] : undefined;
      if (key === undefined || !this.cells.has(key)) continue;
      if (isIntersecting) this.wake(key);
      else this.putAsleep(key);
    }
    this.actions.watch();
  }

  private wake(key: string): void {
    this.inSight.add(key);
    this.asleep = this.asleep.filter((other) => other !== key);
    if (this.cells.get(key)?.card) {
      this.show(key);
      return;
    }
    this.unmade.add(key);
    this.makeSoon();
  }

  /** As many as a frame has time for, so that scrolling stays smooth; who scrolls past them never needs them. */
  private make(): void {
    const end = performance.now() + frameBudget;
    for (const key of this.unmade) {
      this.show(key);
      if (performance.now() > end) break;
    }
    if (this.unmade.size > 0) this.makeSoon();
  }

  private putAsleep(key: string): void {
    this.unmade.delete(key);
    if (!this.inSight.delete(key)) return;
    const card = this.cells.get(key)?.card;
    if (!card) return;
    card.sleep(false);
    this.asleep.push(key);
    while (this.asleep.length > keptAsleep) this.dispose(this.asleep.shift());
  }

  private dispose(key: string | undefined): void {
    const cell = key === undefined ? undefined : this.cells.get(key);
    cell?.card?.dispose();
    if (cell) cell.card = undefined;
  }

  private show(key: string): void {
    this.unmade.delete(key);
    const cell = this.cells.get(key);
    if (!cell || !this.context) return;
    if (!cell.card) {
      cell.card = new ChartCard(cell.metric, this.context, this.services, false);
      cell.element.append(cell.card.element);
    }
    cell.card.update(cell.metric, this.context);
  }
}

type SectionView = ReturnType<typeof createSection>;

let lastId = 0;

function createSection(toggle: () => void) {
  const title = element('span', { class: 'stranger' });
  const count = element('span', { class: 'count quiet' });
  const id = `section-${++lastId}`;
  const charts = element('div', { class: 'charts', id });
  const head = button(
    { class: 'section-toggle', aria: { expanded: 'true', controls: id }, onClick: toggle },
    icon('chevron'),
    title,
    count,
  );
  return {
    element: element('section', { class: 'section' }, element('h2', {}, head), charts),
    charts,
    update: (section: Section) => {
      title.textContent = visibleText(section.title);
      count.textContent = formatInteger(section.charts.length);
      head.setAttribute('aria-expanded', String(!section.isFolded));
      charts.hidden = section.isFolded;
    },
  };
}

/** The children in this order; nothing moves that is in its place, so that the focus stays. */
function putInOrder(parent: HTMLElement, children: readonly HTMLElement[]): void {
  children.forEach((child, index) => {
    const there = parent.children[index];
    if (there !== child) parent.insertBefore(child, there ?? null);
  });
  while (parent.childElementCount > children.length) parent.lastElementChild?.remove();
}
