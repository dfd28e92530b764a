import { Chart, registerables, type ChartConfiguration } from 'chart.js';
import uPlot from 'uplot';
import { envelope } from '../../../extension/histories/envelope';
import { Plot } from '../../../webviews/metrics/plot/plot';
import type { PlotTheme } from '../../../webviews/shared/palette';
import type { PlotView } from '../../../webviews/metrics/plot/plotView';
import { type Curve, spikeFloor } from './data';

/** Ways to draw the same curves, ours among them. */
export interface Engine {
  /** Draws all curves whole into the box. */
  paint(curves: readonly Curve[], box: HTMLElement): void | Promise<void>;
  /** Draws a range of x. */
  zoom(from: number, to: number): void | Promise<void>;
  /** How many of the spikes are among what was handed to the drawing. */
  countSpikes?(): number;
}

const colors = [
  '#1f77b4',
  '#ff7f0e',
  '#2ca02c',
  '#d62728',
  '#9467bd',
  '#8c564b',
  '#e377c2',
  '#7f7f7f',
  '#bcbd22',
  '#17becf',
];
const colorOf = (index: number): string => colors[index % colors.length] ?? '';

const theme: PlotTheme = {
  background: '#ffffff',
  foreground: '#333333',
  grid: '#dddddd',
  cursor: '#777777',
  fontFamily: 'sans-serif',
  fontSize: 12,
  isHighContrast: false,
};

/** What we ship: the lowest and the highest of each pixel column, computed as in the extension, drawn as in the view. */
class Ours implements Engine {
  private plot: Plot | undefined;
  private curves: readonly Curve[] = [];
  private view: PlotView | undefined;

  paint(curves: readonly Curve[], box: HTMLElement): void {
    this.curves = curves;
    const nothing = (): void => undefined;
    this.plot = new Plot(
      { zoom: nothing, reset: nothing, point: nothing, click: nothing, resized: nothing },
      theme,
    );
    box.append(this.plot.element);
    this.plot.element.style.height = '100%';
    this.draw(0, lastX(curves), box.clientWidth * devicePixelRatio);
  }

  zoom(from: number, to: number): void {
    this.draw(from, to, this.plot?.columns ?? 0);
  }

  countSpikes(): number {
    return count(this.view?.lines.map(({ points }) => points.y) ?? []);
  }

  private draw(from: number, to: number, columns: number): void {
    let [low, high] = [Infinity, -Infinity];
    const lines = this.curves.map(({ x, y }, index) => {
      const points = envelope(x, y, { from, to }, columns, false);
      for (const value of points.y) {
        if (value < low) low = value;
        if (value > high) high = value;
      }
      return { id: String(index), name: `run ${index}`, color: colorOf(index), dash: [], points, marks: [] };
    });
    const format = (value: number): string => String(value);
    this.view = {
      kind: 'lines',
      lines,
      x: { from, to, isLog: false, format },
      y: { from: low, to: high, isLog: false, format },
      title: 'loss',
    };
    this.plot?.draw(this.view);
  }
}

type Decimation = 'raw' | 'lttb' | 'min-max';

class ChartJs implements Engine {
  private chart: Chart | undefined;

  constructor(private readonly decimation: Decimation) {}

  paint(curves: readonly Curve[], box: HTMLElement): void {
    Chart.register(...registerables);
    const canvas = document.createElement('canvas');
    box.append(canvas);
    const { decimation } = this;
    const configuration: ChartConfiguration<'line', { x: number; y: number }[]> = {
      type: 'line',
      data: {
        datasets: curves.map((curve, index) => ({
          data: toObjects(curve),
          borderColor: colorOf(index),
          borderWidth: 1.5,
          pointRadius: 0,
        })),
      },
      options: {
        animation: false,
        parsing: false,
        normalized: true,
        maintainAspectRatio: false,
        scales: { x: { type: 'linear', min: 0, max: lastX(curves) } },
        plugins: {
          legend: { display: false },
          decimation:
            decimation === 'raw'
              ? { enabled: false }
              : decimation === 'lttb'
                ? { enabled: true, algorithm: 'lttb', samples: 1000 }
                : { enabled: true, algorithm: 'min-max' },
        },
      },
    };
    this.chart = new Chart(canvas, configuration);
  }

  zoom(from: number, to: number): void {
    const { chart } = this;
    if (!chart) return;
    Object.assign(chart.options.scales?.['x'] ?? {}, { min: from, max: to });
    chart.update('none');
  }
}

class UPlot implements Engine {
  private plot: uPlot | undefined;

  paint(curves: readonly Curve[], box: HTMLElement): void {
    const series = curves.map((_, index) => ({
      stroke: colorOf(index),
      width: 1.5,
      points: { show: false },
    }));
    const options: uPlot.Options = {
      width: box.clientWidth,
      height: box.clientHeight,
      scales: { x: { time: false } },
      series: [{}, ...series],
      legend: { show: false },
    };
    this.plot = new uPlot(options, [curves[0]?.x ?? [], ...curves.map(({ y }) => y)], box);
  }

  zoom(from: number, to: number): void {
    this.plot?.setScale('x', { min: from, max: to });
  }
}

interface PlotlyApi {
  newPlot(box: HTMLElement, traces: readonly unknown[], layout: unknown, config: unknown): Promise<unknown>;
  relayout(box: HTMLElement, change: unknown): Promise<unknown>;
}

/** What MLflow's own page draws with. `samples` is how many points a curve has there: its server takes the first of each bucket. */
class Plotly implements Engine {
  private box: HTMLElement | undefined;
  private drawn: readonly Curve[] = [];

  constructor(private readonly samples: number | undefined) {}

  async paint(curves: readonly Curve[], box: HTMLElement): Promise<void> {
    this.box = box;
    const { samples } = this;
    this.drawn = samples === undefined ? curves : curves.map((curve) => sampleLikeMlflow(curve, samples));
    const traces = this.drawn.map(({ x, y }, index) => ({
      x,
      y,
      mode: 'lines',
      type: 'scatter',
      line: { color: colorOf(index), width: 1.5 },
    }));
    const layout = { width: box.clientWidth, height: box.clientHeight, showlegend: false };
    await apiOfPlotly().newPlot(box, traces, layout, { staticPlot: false });
  }

  async zoom(from: number, to: number): Promise<void> {
    if (this.box) await apiOfPlotly().relayout(this.box, { 'xaxis.range': [from, to] });
  }

  countSpikes(): number {
    return count(this.drawn.map(({ y }) => y));
  }
}

function apiOfPlotly(): PlotlyApi {
  return (globalThis as unknown as { readonly Plotly: PlotlyApi }).Plotly;
}

/** `NTILE(samples)` over the steps, the first point of each tile (reference/REST.md §4). */
function sampleLikeMlflow({ x, y }: Curve, samples: number): Curve {
  const at = Array.from({ length: samples }, (_, tile) => Math.floor((tile * x.length) / samples));
  return {
    x: Float64Array.from(at, (index) => x[index] ?? 0),
    y: Float64Array.from(at, (index) => y[index] ?? 0),
  };
}

function count(columns: readonly Float64Array[]): number {
  return columns.reduce((sum, values) => sum + values.filter((value) => value > spikeFloor).length, 0);
}

function lastX(curves: readonly Curve[]): number {
  return curves[0]?.x.at(-1) ?? 0;
}

function toObjects({ x, y }: Curve): { x: number; y: number }[] {
  return Array.from(x, (value, index) => ({ x: value, y: y[index] ?? 0 }));
}

export const engines = {
  ours: () => new Ours(),
  chartjs: () => new ChartJs('raw'),
  lttb: () => new ChartJs('lttb'),
  minmax: () => new ChartJs('min-max'),
  uplot: () => new UPlot(),
  plotly: () => new Plotly(undefined),
  mlflow: () => new Plotly(320),
} as const satisfies Readonly<Record<string, () => Engine>>;

export type EngineName = keyof typeof engines;
