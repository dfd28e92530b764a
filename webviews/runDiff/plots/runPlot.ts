import { Chart } from 'chart.js';
import { element } from '../../shared/dom';
import type { PlotTheme } from '../../shared/palette';
import type { Drawing, DrawingContext } from './drawing';
import { nearestRun, type Mark } from './nearestRun';

/** How much of what is behind the run that stands out still shows. */
const faded = 0.25;

/** A plot of runs on a canvas, one of which may stand out. */
export class RunPlot {
  /** Fills its parent. */
  readonly element = element('div', { class: 'run-plot', role: 'img' });
  private readonly canvas = document.createElement('canvas');
  private readonly resizes = new ResizeObserver(() => this.resize());
  private chart: Chart<'scatter'> | undefined;
  private shown: { readonly drawing: Drawing; readonly context: DrawingContext } | undefined;
  private emphasis: number | undefined;

  /** `point` is told which run is pointed at. */
  constructor(point: (run: number | undefined) => void) {
    this.element.append(this.canvas);
    this.element.addEventListener('pointermove', ({ offsetX: x, offsetY: y }) => {
      point(nearestRun(this.marks(), { x, y }));
    });
    this.element.addEventListener('pointerleave', () => point(undefined));
    this.resizes.observe(this.element);
  }

  draw(drawing: Drawing, context: DrawingContext): void {
    this.shown = { drawing, context };
    this.build();
  }

  /** Has the run stand out from the others; none where undefined. */
  emphasize(run: number | undefined): void {
    if (run === this.emphasis) return;
    this.emphasis = run;
    this.chart?.draw();
  }

  clear(): void {
    this.chart?.destroy();
    this.chart = undefined;
    this.shown = undefined;
  }

  private marks(): readonly Mark[] {
    return this.chart && this.shown ? this.shown.drawing.marksOf(this.chart) : [];
  }

  private resize(): void {
    const { clientWidth, clientHeight } = this.element;
    if (!this.chart) this.build();
    else if (clientWidth > 0 && clientHeight > 0) this.chart.resize(clientWidth, clientHeight);
  }

  /** Made anew for each change: of twenty runs that is a matter of milliseconds. */
  private build(): void {
    const { clientWidth, clientHeight } = this.element;
    this.chart?.destroy();
    this.chart = undefined;
    if (!this.shown || clientWidth === 0 || clientHeight === 0) return;
    const { drawing, context } = this.shown;
    const configuration = drawing.configure(context);
    this.canvas.width = clientWidth;
    this.canvas.height = clientHeight;
    const afterDatasetsDraw = (chart: Chart) => this.drawRuns(chart, context.theme);
    configuration.plugins = [{ id: 'runs', afterDatasetsDraw }];
    this.chart = new Chart(this.canvas, configuration);
    this.chart.resize(clientWidth, clientHeight);
  }

  private drawRuns(chart: Chart, theme: PlotTheme): void {
    const { drawing, context } = this.shown ?? {};
    if (!drawing || !context) return;
    const marks = drawing.marksOf(chart);
    const radius = theme.isHighContrast ? 4.5 : 4;
    for (const mark of marks) drawDots(chart.ctx, mark, context, radius);
    const chosen = marks.filter(({ run }) => run === this.emphasis);
    if (chosen.length === 0) return;
    this.fade(chart, theme);
    for (const mark of chosen) {
      drawLines(chart.ctx, mark, context);
      drawDots(chart.ctx, mark, context, radius + 2);
    }
  }

  private fade({ ctx, chartArea: { left, top, width, height } }: Chart, theme: PlotTheme): void {
    ctx.save();
    ctx.globalAlpha = 1 - faded;
    ctx.fillStyle = theme.background;
    ctx.fillRect(left - 6, top - 6, width + 12, height + 12);
    ctx.restore();
  }
}

function drawLines(canvas: CanvasRenderingContext2D, { run, paths }: Mark, { styles }: DrawingContext): void {
  canvas.save();
  canvas.strokeStyle = styles[run]?.color ?? '';
  canvas.lineWidth = 3;
  canvas.lineJoin = 'round';
  for (const path of paths) {
    canvas.beginPath();
    for (const { x, y } of path) canvas.lineTo(x, y);
    canvas.stroke();
  }
  canvas.restore();
}

function drawDots(
  canvas: CanvasRenderingContext2D,
  { run, paths }: Mark,
  { styles, theme }: DrawingContext,
  radius: number,
): void {
  const style = styles[run];
  if (!style) return;
  canvas.save();
  canvas.fillStyle = style.color;
  canvas.strokeStyle = theme.background;
  canvas.lineWidth = 1.5;
  for (const { x, y } of paths.flat()) {
    canvas.beginPath();
    traceDot(canvas, style, x, y, radius);
    canvas.fill();
    canvas.stroke();
  }
  canvas.restore();
}

/** A dot; a square for a run whose colour another has too, as its line is dashed. */
function traceDot(
  canvas: CanvasRenderingContext2D,
  { dash }: { readonly dash: readonly number[] },
  x: number,
  y: number,
  radius: number,
): void {
  if (dash.length === 0) canvas.arc(x, y, radius, 0, 2 * Math.PI);
  else canvas.rect(x - radius + 0.5, y - radius + 0.5, 2 * radius - 1, 2 * radius - 1);
}
