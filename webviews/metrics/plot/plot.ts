import { Chart } from 'chart.js';
import { axesConfiguration } from './axes';
import { mapAxis } from './axisMap';
import { Bars } from './bars';
import { drawEmphasis, drawLines, type PlotArea, type PlotMaps } from './drawLines';
import { followGestures } from './gestures';
import { nearestLine } from './nearestLine';
import { Overlay } from './overlay';
import { toPicture, toSvgText, type PictureContent } from './pictures';
import type { PlotTheme } from '../../shared/palette';
import type { PlotActions, PlotPoint, PlotView } from './plotView';

/** A chart on a canvas: lines over axes, or bars. Drawing is at once; what is drawn comes from outside, whole. */
export class Plot {
  /** Fills its parent; not focusable itself. */
  readonly element: HTMLElement = document.createElement('div');
  private readonly canvas = document.createElement('canvas');
  private readonly overlay = new Overlay();
  private readonly resizes: ResizeObserver;
  private readonly stopGestures: () => void;
  private chart: Chart<'scatter', never[]> | undefined;
  private bars: Bars | undefined;
  private view: PlotView | undefined;
  private width = 0;
  private height = 0;

  constructor(
    private readonly actions: PlotActions,
    private theme: PlotTheme,
  ) {
    this.element.className = 'plot';
    this.element.append(this.canvas, this.overlay.canvas);
    this.resizes = new ResizeObserver(() => {
      this.layOut();
    });
    this.resizes.observe(this.element);
    this.stopGestures = followGestures(this.element, this.overlay, {
      maps: () => this.maps(),
      actions: { ...actions, click: (at) => actions.click(at), point: (at) => actions.point(at) },
      lineAt: (x, y) => this.lineAt(x, y),
    });
  }

  /** Pixel columns of the plotting area, in device pixels; 0 while it is not laid out. */
  get columns(): number {
    const area = this.area();
    const width = area ? area.right - area.left : this.width;
    return Math.max(0, Math.round(width * devicePixelRatio));
  }

  draw(view: PlotView): void {
    const isSamePicture = this.view && samePicture(this.view, view);
    this.view = view;
    if (!isSamePicture) this.drawPicture();
    this.drawOverlay();
  }

  setTheme(theme: PlotTheme): void {
    this.theme = theme;
    this.drawPicture();
    this.drawOverlay();
  }

  /** A vertical line at x with a dot for each point; undefined takes it away. */
  showCursor(x: number | undefined, points: readonly PlotPoint[]): void {
    this.overlay.cursor = x === undefined ? undefined : { x, points };
    this.drawOverlay();
  }

  /** The picture as it is seen, with its background, title and lines by name. */
  toPng(): Promise<Uint8Array> {
    return toPicture(this.canvas, this.content());
  }

  toSvg(): string {
    return toSvgText(this.content());
  }

  dispose(): void {
    this.stopGestures();
    this.resizes.disconnect();
    this.chart?.destroy();
    this.bars?.dispose();
  }

  private content(): PictureContent {
    const { view, theme, width, height } = this;
    if (!view) throw new Error('There is no picture yet.');
    const maps = this.maps();
    const axes = this.chart ?? this.bars?.chart;
    return { view, theme, width, height, maps, scales: Object.values(axes?.scales ?? {}) };
  }

  private layOut(): void {
    const { clientWidth, clientHeight } = this.element;
    if (clientWidth === this.width && clientHeight === this.height) return;
    this.width = clientWidth;
    this.height = clientHeight;
    this.overlay.resize(clientWidth, clientHeight);
    this.drawPicture();
    this.drawOverlay();
    this.actions.resized();
  }

  private drawPicture(): void {
    const { view } = this;
    if (!view || this.width === 0 || this.height === 0) return;
    if (view.kind === 'bars') {
      this.chart?.destroy();
      this.chart = undefined;
      this.bars ??= new Bars(this.canvas);
      this.bars.draw(view, this.theme, this.width, this.height);
      return;
    }
    this.bars?.dispose();
    this.bars = undefined;
    const configuration = axesConfiguration(view, this.theme, (chart) => {
      this.drawInside(chart);
    });
    this.chart ??= new Chart(this.canvas, configuration);
    this.chart.options = configuration.options ?? {};
    this.chart.update('none');
    this.chart.resize(this.width, this.height);
  }

  private drawInside(chart: Chart): void {
    const maps = this.mapsOf(chart);
    if (maps && this.view) drawLines(chart.ctx, maps, this.view.lines, this.theme);
  }

  private drawOverlay(): void {
    const { view, theme } = this;
    const maps = this.maps();
    this.overlay.draw(maps, theme, (context) => {
      const line = view?.lines.find(({ id }) => id === view.emphasis);
      if (line && maps) drawEmphasis(context, maps, line, theme);
    });
  }

  private area(): PlotArea | undefined {
    return this.chart?.chartArea;
  }

  private maps(): PlotMaps | undefined {
    return this.chart && this.mapsOf(this.chart);
  }

  private mapsOf({ chartArea }: Pick<Chart, 'chartArea'>): PlotMaps | undefined {
    const { view } = this;
    if (!view || view.kind === 'bars') return undefined;
    const { left, right, top, bottom } = chartArea;
    return {
      area: { left, right, top, bottom },
      x: mapAxis(view.x, left, right),
      y: mapAxis(view.y, bottom, top),
    };
  }

  /** Which line is drawn near a place on the element. */
  private lineAt(x: number, y: number): string | undefined {
    const maps = this.maps();
    if (!this.view) return undefined;
    return maps ? nearestLine(this.view.lines, maps, x, y) : this.bars?.lineAt(x, y);
  }
}

function samePicture(one: PlotView, other: PlotView): boolean {
  return one.kind === other.kind && one.lines === other.lines && one.x === other.x && one.y === other.y;
}
