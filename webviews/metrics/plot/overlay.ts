import { toPixel } from './axisMap';
import type { PlotMaps } from './drawLines';
import type { PlotTheme } from '../../shared/palette';
import type { PlotPoint } from './plotView';

/** What changes with every move of the pointer lies on a canvas of its own, so that the lines need not be drawn again. */
export class Overlay {
  readonly canvas = document.createElement('canvas');
  cursor: { readonly x: number; readonly points: readonly PlotPoint[] } | undefined;
  /** The rectangle that the user draws, in CSS pixels of the element. */
  private selection: readonly [left: number, top: number, right: number, bottom: number] | undefined;
  private redraw = (): void => undefined;

  constructor() {
    this.canvas.className = 'plot-overlay';
  }

  resize(width: number, height: number): void {
    this.canvas.width = Math.round(width * devicePixelRatio);
    this.canvas.height = Math.round(height * devicePixelRatio);
  }

  select(selection: typeof this.selection): void {
    this.selection = selection;
    this.redraw();
  }

  /** `below` draws what lies under the cursor. */
  draw(
    maps: PlotMaps | undefined,
    theme: PlotTheme,
    below: (context: CanvasRenderingContext2D) => void,
  ): void {
    const context = this.canvas.getContext('2d');
    if (!context) return;
    this.redraw = () => {
      context.setTransform(1, 0, 0, 1, 0, 0);
      context.clearRect(0, 0, this.canvas.width, this.canvas.height);
      context.setTransform(devicePixelRatio, 0, 0, devicePixelRatio, 0, 0);
      below(context);
      if (maps) this.drawCursor(context, maps, theme);
      this.drawSelection(context, theme);
    };
    this.redraw();
  }

  private drawCursor(context: CanvasRenderingContext2D, maps: PlotMaps, theme: PlotTheme): void {
    if (!this.cursor) return;
    const { left, right, top, bottom } = maps.area;
    const x = toPixel(maps.x, this.cursor.x);
    if (!(x >= left - 0.5 && x <= right + 0.5)) return;
    context.strokeStyle = theme.cursor;
    context.lineWidth = 1;
    context.beginPath();
    context.moveTo(Math.round(x) + 0.5, top);
    context.lineTo(Math.round(x) + 0.5, bottom);
    context.stroke();
    for (const point of this.cursor.points) {
      const [px, py] = [toPixel(maps.x, point.x), toPixel(maps.y, point.y)];
      if (!(px >= left - 1 && px <= right + 1 && py >= top - 1 && py <= bottom + 1)) continue;
      context.beginPath();
      context.arc(px, py, 4, 0, 2 * Math.PI);
      context.fillStyle = point.color;
      context.strokeStyle = theme.background;
      context.lineWidth = 1.5;
      context.fill();
      context.stroke();
    }
  }

  private drawSelection(context: CanvasRenderingContext2D, theme: PlotTheme): void {
    if (!this.selection) return;
    const [left, top, right, bottom] = this.selection;
    context.globalAlpha = 0.15;
    context.fillStyle = theme.cursor;
    context.fillRect(left, top, right - left, bottom - top);
    context.globalAlpha = 1;
    context.strokeStyle = theme.cursor;
    context.lineWidth = 1;
    context.strokeRect(left + 0.5, top + 0.5, right - left - 1, bottom - top - 1);
  }
}
