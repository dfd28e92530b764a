import type { RunColumn, RunDiff } from '../../protocol/runDiff';
import { element } from '../../shared/dom';
import { dashOf, onThemeChange, readPalette } from '../../shared/palette';
import { colorPlaceOf } from '../runColor';
import { drawBoxes } from './boxPlot';
import { boxesOf, choosePlots, type PlotChoices, type PlotsArrangement } from './choices';
import { nameOf, type Drawing, type DrawingContext } from './drawing';
import { drawParallel } from './parallel';
import { createPickers } from './pickers';
import { RunPlot } from './runPlot';
import { drawScatter } from './scatter';
import { createTabs } from './tabs';
import { collectGroupings, collectVariables, type Grouping, type Variable } from './variables';
import { describeLeftOut, describePlot, describeValues, drawnBy, plotTitles } from './words';

const panelId = 'plot-panel';

export interface PlotsActions {
  arrange(plots: PlotsArrangement): void;
  /** The user points at a run in the plot; undefined when at none any more. */
  point(runId: string | undefined): void;
}

/** The part of the page that draws the runs: parallel coordinates, scatter and box plot. */
export class PlotsPart {
  readonly element: HTMLElement;
  private readonly tabs = createTabs('Plots', panelId, plotTitles, (kind) =>
    this.actions.arrange({ ...this.arrangement, kind }),
  );
  private readonly pickers = createPickers((picked) =>
    this.actions.arrange({ ...this.arrangement, ...picked }),
  );
  private readonly plot = new RunPlot((run) =>
    this.actions.point(run === undefined ? undefined : this.runs[run]?.id),
  );
  private readonly panel = element('div', { class: 'plot-panel', id: panelId, role: 'tabpanel' });
  private readonly empty = element('p', { class: 'plot-empty quiet' });
  private readonly note = element('p', { class: 'plot-note' });
  private runs: readonly RunColumn[] = [];
  private variables: readonly Variable[] = [];
  private groupings: readonly Grouping[] = [];
  private drawn: readonly Variable[] = [];
  private marked: string | undefined;
  private diff: RunDiff | undefined;

  constructor(
    private readonly actions: PlotsActions,
    private arrangement: PlotsArrangement,
  ) {
    this.panel.append(this.plot.element, this.empty);
    const bar = element('div', { class: 'plots-bar' }, this.tabs.element, this.pickers.element);
    this.element = element(
      'section',
      { class: 'plots', hidden: true, aria: { label: 'Plots' } },
      ...[bar, this.panel, this.note],
    );
    onThemeChange(() => this.draw());
  }

  /** Shows the runs as they are arranged, or nothing. */
  update(diff: RunDiff, arrangement: PlotsArrangement): void {
    if (diff === this.diff && arrangement === this.arrangement) return;
    this.diff = diff;
    this.arrangement = arrangement;
    this.element.hidden = !arrangement.isShown;
    if (!arrangement.isShown) return;
    this.runs = diff.runs;
    this.variables = collectVariables(diff);
    this.groupings = collectGroupings(diff);
    this.draw();
    this.mark(this.marked);
  }

  /** Has the run stand out; none where undefined. */
  mark(runId: string | undefined): void {
    this.marked = runId;
    const index = this.runs.findIndex(({ id }) => id === runId);
    this.plot.emphasize(index === -1 ? undefined : index);
    this.renderNote();
  }

  private draw(): void {
    if (!this.arrangement.isShown) return;
    const { kind } = this.arrangement;
    const choices = choosePlots(this.variables, this.groupings, this.arrangement);
    this.drawn = drawnBy(kind, choices);
    this.tabs.set(kind);
    this.pickers.set(kind, choices, this.variables, this.groupings);
    const drawing = this.variables.some(({ differs }) => differs) ? this.drawingOf(choices) : undefined;
    this.plot.element.hidden = drawing === undefined;
    this.empty.hidden = drawing !== undefined;
    this.empty.textContent = this.describeEmpty();
    this.plot.element.ariaLabel = describePlot(kind, this.drawn, this.runs.length);
    if (drawing) this.plot.draw(drawing, this.context());
    else this.plot.clear();
    this.renderNote();
  }

  private drawingOf(choices: PlotChoices): Drawing | undefined {
    const { axes, x, y, values, groupBy } = choices;
    switch (this.arrangement.kind) {
      case 'parallel':
        return axes.length > 1 ? drawParallel(axes) : undefined;
      case 'scatter':
        return x && y ? drawScatter(x, y) : undefined;
      case 'box': {
        const boxes = boxesOf(choices, this.runs.length);
        const [first] = values.length === 1 && groupBy ? values : [];
        return boxes.length > 0
          ? drawBoxes(boxes, { x: groupBy?.name ?? '', y: first?.name ?? '' })
          : undefined;
      }
    }
  }

  private context(): DrawingContext {
    const palette = readPalette();
    const styles = this.runs.map((run, index) => {
      const place = colorPlaceOf(run, index);
      return { color: palette.colorOf(place), dash: dashOf(place) };
    });
    return { theme: palette.theme, styles };
  }

  private describeEmpty(): string {
    if (!this.variables.some(({ differs }) => differs)) return 'These runs have no numbers that differ.';
    return this.arrangement.kind === 'parallel'
      ? 'Parallel coordinates need two axes: choose another one.'
      : 'Choose a number to draw.';
  }

  private renderNote(): void {
    const index = this.runs.findIndex(({ id }) => id === this.marked);
    const run = this.runs[index];
    this.note.classList.toggle('quiet', !run);
    this.note.textContent = run
      ? `${nameOf(run.name || run.id, 40)}: ${describeValues(this.drawn, index)}`
      : describeLeftOut(this.drawn);
  }
}
