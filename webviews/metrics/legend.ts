import type { Band, MetricsCharts } from '../protocol/metrics';
import { button, element } from '../shared/dom';
import { icon } from '../shared/icons';
import { formatCount, formatInteger } from '../shared/text';
import {
  clamp,
  drawAllLines,
  drawFirstLines,
  groupLines,
  legendWidths,
  setLineDrawn,
  toggleIsolated,
  type Arrangement,
} from './arrangement';
import { iconButton, select, textBox } from '../shared/controls';
import { keepTabStop, walkLines } from './legendKeys';
import { createLegendRow, type LegendRow, type LegendRowActions } from './legendRow';
import type { ChartLine } from './lines';
import { searchFor } from './search';
import type { Arrange } from './toolbar';

export interface LegendActions {
  readonly arrange: Arrange;
  openRun(id: string): void;
  emphasize(id: string | undefined): void;
  loadMoreRuns(): Promise<unknown>;
}

/** More lines than these are searched for rather than looked through. */
const fewLines = 20;
const bandTitles: Readonly<Record<Band, string>> = {
  range: 'Min to max',
  deviation: '± 1 std. deviation',
  none: 'No band',
};

/** The lines of all charts: which are drawn, by what runs are grouped, and which stands out. */
export class Legend {
  readonly element: HTMLElement;
  private readonly list = element('ul', { class: 'lines' });
  private readonly title = element('h2', {});
  private readonly toggle = iconButton('Fold legend', icon('legend'), () => {
    this.actions.arrange((before) => ({ ...before, isLegendFolded: !before.isLegendFolded }));
  });
  private readonly filter;
  private readonly grouping;
  private readonly band;
  private readonly more;
  private readonly handle = element('div', {
    class: 'legend-handle',
    role: 'separator',
    tabIndex: 0,
    title: 'Drag to resize',
    aria: {
      label: 'Width of the legend',
      orientation: 'vertical',
      valuemin: String(legendWidths[0]),
      valuemax: String(legendWidths[1]),
    },
  });
  private readonly rows = new Map<string, LegendRow>();
  private readonly rowActions: LegendRowActions;
  private lines: readonly ChartLine[] = [];

  constructor(private readonly actions: LegendActions) {
    const { arrange } = actions;
    this.filter = textBox(
      'Filter runs',
      'Filter runs',
      () => {
        this.filterRows();
      },
      icon('search'),
    );
    this.grouping = select('Group runs by', (value) => {
      const [source, ...key] = value.split(' ');
      const isGroup = source === 'param' || source === 'tag';
      arrange((before) => groupLines(before, isGroup ? { source, key: key.join(' ') } : undefined));
    });
    this.band = select('Band around the mean', (value) => {
      const band = (['range', 'deviation', 'none'] as const).find((one) => one === value) ?? 'range';
      arrange((before) => ({ ...before, band }));
    });
    this.more = button({ class: 'button secondary', onClick: () => void this.loadMore() }, 'Load more runs');
    this.rowActions = {
      setDrawn: (id, isDrawn) => arrange((before) => setLineDrawn(this.releaseIsolated(before), id, isDrawn)),
      isolate: (id) => arrange((before) => toggleIsolated(before, id)),
      openRun: (id) => actions.openRun(id),
      emphasize: (id) => actions.emphasize(id),
    };
    this.element = this.assemble();
    this.filter.input.addEventListener('keydown', (event) => {
      if (event.key !== 'Escape' || this.filter.input.value === '') return;
      event.stopPropagation();
      this.filter.input.value = '';
      this.filterRows();
    });
    this.resizeByHandle();
    walkLines(this.list);
  }

  update(
    lines: readonly ChartLine[],
    arrangement: Arrangement,
    { groupKeys, hasMore, runs }: MetricsCharts,
  ): void {
    this.element.classList.toggle('is-folded', arrangement.isLegendFolded);
    this.element.style.setProperty('--legend-width', `${arrangement.legendWidth}px`);
    this.handle.setAttribute('aria-valuenow', String(arrangement.legendWidth));
    this.toggle.setAttribute('aria-expanded', String(!arrangement.isLegendFolded));
    const fold = arrangement.isLegendFolded ? 'Show legend' : 'Fold legend';
    this.toggle.title = fold;
    this.toggle.setAttribute('aria-label', fold);
    this.updateGrouping(arrangement, groupKeys);
    this.more.hidden = !hasMore;
    this.title.textContent = describeLines(lines, runs.length);
    this.updateRows(lines, arrangement.isolated);
  }

  private assemble(): HTMLElement {
    const { arrange } = this.actions;
    const action = (label: string, title: string, change: (arrangement: Arrangement) => Arrangement) =>
      button({ class: 'link', title, onClick: () => arrange(change) }, label);
    const ids = () => this.lines.map(({ id }) => id);
    const choices = element(
      'div',
      { class: 'legend-choices', role: 'group', aria: { label: 'Show' } },
      action('Show all', 'Show all', drawAllLines),
      action('First 10', 'Show the first 10 only', (before) => drawFirstLines(before, ids(), 10)),
      action('Hide all', 'Hide all', (before) => drawFirstLines(before, ids(), 0)),
    );
    const body = element(
      'div',
      { class: 'legend-body' },
      element('div', { class: 'legend-grouping' }, this.grouping.element, this.band.element),
      choices,
      this.filter.element,
      this.list,
      this.more,
    );
    const head = element('div', { class: 'legend-head' }, this.title, this.toggle);
    return element('aside', { class: 'legend', aria: { label: 'Legend' } }, head, body, this.handle);
  }

  private updateGrouping({ grouping, band }: Arrangement, groupKeys: MetricsCharts['groupKeys']): void {
    const choices = groupKeys.map(({ source, key }) => ({
      value: `${source} ${key}`,
      title: key,
      group: source === 'param' ? 'Group by parameter' : 'Group by tag',
    }));
    const isKnown = groupKeys.some(({ source, key }) => source === grouping?.source && key === grouping.key);
    this.grouping.element.hidden = groupKeys.length === 0;
    this.grouping.set(
      [{ value: '', title: 'No grouping' }, ...choices],
      isKnown && grouping ? `${grouping.source} ${grouping.key}` : '',
    );
    this.band.element.hidden = !isKnown;
    this.band.set(
      (['range', 'deviation', 'none'] as const).map((value) => ({ value, title: bandTitles[value] })),
      band,
    );
  }

  private updateRows(lines: readonly ChartLine[], isolated: string | undefined): void {
    const isSameOrder =
      lines.length === this.lines.length && lines.every(({ id }, index) => id === this.lines[index]?.id);
    this.lines = lines;
    const gone = isSameOrder ? [] : [...this.rows.keys()];
    const kept = new Set(lines.map(({ id }) => id));
    for (const id of gone) if (!kept.has(id)) this.rows.delete(id);
    const elements = lines.map((line) => {
      const row = this.rows.get(line.id) ?? createLegendRow(line.id, this.rowActions);
      this.rows.set(line.id, row);
      row.update(line, line.id === isolated);
      return row.element;
    });
    if (isSameOrder) return;
    this.list.replaceChildren(...elements);
    this.filter.element.hidden = lines.length <= fewLines;
    if (this.filter.element.hidden) this.filter.input.value = '';
    this.filterRows();
  }

  private filterRows(): void {
    const search = searchFor(this.filter.input.value, false);
    for (const { id, name } of this.lines) {
      const row = this.rows.get(id);
      if (row) row.element.hidden = search.kind === 'valid' && !search.matches(name);
    }
    keepTabStop(this.list);
  }

  /** Checking a line beside the isolated one is meant for these two: all others stay hidden. */
  private releaseIsolated(arrangement: Arrangement): Arrangement {
    const { isolated } = arrangement;
    if (isolated === undefined) return arrangement;
    const others = this.lines.map(({ id }) => id).filter((id) => id !== isolated);
    return { ...arrangement, hidden: others, chosen: [isolated] };
  }

  private async loadMore(): Promise<void> {
    this.more.disabled = true;
    try {
      await this.actions.loadMoreRuns();
    } finally {
      this.more.disabled = false;
    }
  }

  private resizeByHandle(): void {
    const resize = (width: number) => {
      const legendWidth = clamp(Math.round(width), legendWidths);
      this.actions.arrange((before) => ({ ...before, legendWidth }));
    };
    this.handle.addEventListener('pointerdown', (event) => {
      this.handle.setPointerCapture(event.pointerId);
      event.preventDefault();
    });
    this.handle.addEventListener('pointermove', (event) => {
      if (!this.handle.hasPointerCapture(event.pointerId)) return;
      resize(event.clientX - this.element.getBoundingClientRect().left);
    });
    this.handle.addEventListener('keydown', ({ key }) => {
      const by = key === 'ArrowRight' ? 20 : key === 'ArrowLeft' ? -20 : 0;
      if (by !== 0) resize(this.element.getBoundingClientRect().width + by);
    });
  }
}

/** `12 runs`, `100 of 240 runs drawn`, `4 groups of 12 runs`. */
function describeLines(lines: readonly ChartLine[], runCount: number): string {
  const isGrouped = lines.some(({ isRun }) => !isRun);
  const drawn = lines.filter(({ isDrawn }) => isDrawn).length;
  const noun = `${isGrouped ? 'group' : 'run'}${lines.length === 1 ? '' : 's'}`;
  const total = formatInteger(lines.length);
  if (drawn < lines.length) return `${formatInteger(drawn)} of ${total} ${noun} drawn`;
  return isGrouped ? `${total} ${noun} of ${formatCount(runCount, 'run')}` : `${total} ${noun}`;
}
