import { BarController, BarElement, CategoryScale, Chart, type ChartConfiguration } from 'chart.js';
import { scaleOptions } from './axes';
import type { PlotTheme } from '../../shared/palette';
import type { PlotAxis, PlotLine, PlotView } from './plotView';
import { describeMarks } from './drawLines';
import { shorten } from './shorten';

Chart.register(BarController, BarElement, CategoryScale);

/** The longest name beside a bar, in characters; the whole stands in the legend. */
const longestName = 24;

/** A bar for each line's only value, from top to bottom. */
export class Bars {
  chart: Chart<'bar', number[], string> | undefined;
  private ids: readonly string[] = [];
  private texts: readonly string[] = [];

  constructor(private readonly canvas: HTMLCanvasElement) {}

  draw(view: PlotView, theme: PlotTheme, width: number, height: number): void {
    this.texts = view.lines.map((line) => textOf(line, view.y));
    const configuration = barsConfiguration(view, theme, (chart) => {
      writeBeside(chart, this.texts, theme);
    });
    this.ids = view.lines.map(({ id }) => id);
    this.chart ??= new Chart(this.canvas, configuration);
    this.chart.data = configuration.data;
    this.chart.options = configuration.options ?? {};
    this.chart.update('none');
    this.chart.resize(width, height);
  }

  /** The line whose bar lies there. */
  lineAt(x: number, y: number): string | undefined {
    const { chart } = this;
    if (!chart || x < chart.chartArea.left || x > chart.chartArea.right) return undefined;
    const index = chart.scales['y']?.getValueForPixel(y);
    return index === undefined ? undefined : this.ids[index];
  }

  dispose(): void {
    this.chart?.destroy();
  }
}

/** The value, or what stands in its place: `NaN`. */
function textOf(line: PlotLine, { format }: PlotAxis): string {
  const [value] = line.points.y;
  return value === undefined ? describeMarks([line]) : format(value, 0);
}

/** Each bar's text behind its end, or before it where there is no room. */
function writeBeside(chart: Chart, texts: readonly string[], theme: PlotTheme): void {
  const { ctx, chartArea, scales } = chart;
  const [values, names] = [scales['x'], scales['y']];
  const room = (chartArea.bottom - chartArea.top) / Math.max(texts.length, 1);
  if (!values || !names || room < theme.fontSize) return;
  ctx.save();
  ctx.font = `${theme.fontSize}px ${theme.fontFamily}`;
  ctx.textBaseline = 'middle';
  texts.forEach((text, index) => {
    const value = chart.data.datasets[0]?.data[index];
    const end = values.getPixelForValue(
      typeof value === 'number' && Number.isFinite(value) ? Math.max(0, value) : 0,
    );
    const isRoomy = end + 6 + ctx.measureText(text).width <= chartArea.right;
    ctx.textAlign = isRoomy ? 'left' : 'right';
    ctx.fillStyle = isRoomy ? theme.foreground : theme.background;
    ctx.fillText(text, isRoomy ? end + 6 : end - 6, names.getPixelForValue(index));
  });
  ctx.restore();
}

function barsConfiguration(
  view: PlotView,
  theme: PlotTheme,
  drawOver: (chart: Chart) => void,
): ChartConfiguration<'bar', number[], string> {
  const value = scaleOptions('x', view.y, theme);
  return {
    type: 'bar',
    plugins: [{ id: 'values', afterDatasetsDraw: drawOver }],
    data: {
      labels: view.lines.map(({ name }) => shorten(name, longestName)),
      datasets: [
        {
          data: view.lines.map(({ points }) => points.y[0] ?? NaN),
          backgroundColor: view.lines.map(({ color }) => color),
          borderColor: theme.foreground,
          borderWidth: theme.isHighContrast ? 1 : 0,
          maxBarThickness: 22,
        },
      ],
    },
    options: {
      indexAxis: 'y',
      animation: false,
      responsive: false,
      maintainAspectRatio: false,
      events: [],
      layout: { padding: { top: 6, right: 12 } },
      scales: {
        x: value,
        y: {
          type: 'category',
          grid: { display: false },
          border: { color: theme.grid },
          ticks: { color: theme.foreground, font: { family: theme.fontFamily, size: theme.fontSize } },
        },
      },
    },
  };
}
