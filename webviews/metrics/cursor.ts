import type { Direction, ExactPoint, PointQuery, XAxis } from '../protocol/metrics';
import { onceAFrame } from './frames';
import { formatPlace } from './formatX';
import { Latest } from './latest';
import type { ChartLine } from './lines';
import type { PlotPoint, PointedAt } from './plot/plotView';
import { nearestLine, rankPoints, type RankedPoint } from './ranking';
import type { createTooltip } from './tooltip';

/** A chart as the cursor sees it. */
export interface CursorChart {
  readonly lines: readonly ChartLine[];
  readonly direction: Direction;
  readonly isLogY: boolean;
  colorOf(color: number): string;
  readonly question: Pick<PointQuery, 'metric' | 'lines' | 'x'>;
  /** Draws the cursor line with a point on each line, and makes one line stand out. */
  showCursor(x: number | undefined, points: readonly PlotPoint[], nearId: string | undefined): void;
}

export interface CursorActions {
  readPoints(query: PointQuery, signal: AbortSignal): Promise<readonly ExactPoint[]>;
  /** The same x on all other charts. */
  share(x: number | undefined, from: CursorChart): void;
}

/** The one cursor of the view: reads all lines' values where the pointer is, or the keyboard went. */
export class Cursor {
  private readonly latest = new Latest<readonly ExactPoint[]>();
  private chart: CursorChart | undefined;
  private place: PointedAt | undefined;
  private ranked: readonly RankedPoint[] = [];
  private readonly readSoon = onceAFrame(() => {
    this.read();
  });

  constructor(
    private readonly actions: CursorActions,
    private readonly tooltip: ReturnType<typeof createTooltip>,
  ) {}

  /** The pointer is there. */
  moveTo(chart: CursorChart, place: PointedAt): void {
    if (this.chart && this.chart !== chart) this.leave(this.chart);
    this.chart = chart;
    this.place = place;
    this.readSoon();
  }

  leave(chart: CursorChart): void {
    if (chart !== this.chart) return;
    this.latest.cancel();
    this.chart = undefined;
    this.place = undefined;
    this.ranked = [];
    this.tooltip.hide();
    chart.showCursor(undefined, [], undefined);
    this.actions.share(undefined, chart);
  }

  /** What is under the pointer is no longer what was read. */
  hide(): void {
    if (this.chart) this.leave(this.chart);
  }

  /** Shows points that were read already, at a line of the reader's choice. */
  showAt(chart: CursorChart, ranked: readonly RankedPoint[], nearId: string, place: PointedAt): void {
    if (this.chart && this.chart !== chart) this.leave(this.chart);
    this.latest.cancel();
    this.chart = chart;
    this.place = place;
    this.ranked = ranked;
    this.draw(chart, place, nearId);
  }

  private read(): void {
    const { chart, place } = this;
    if (!chart || !place || chart.question.lines.length === 0) return;
    const query = { ...chart.question, at: place.x, move: 'nearest' as const };
    this.latest.ask({
      ask: (signal) => this.actions.readPoints(query, signal),
      done: (points) => {
        if (this.chart !== chart || !this.place) return;
        this.ranked = rankPoints(points, chart.lines, chart.direction);
        this.draw(chart, this.place, this.place.lineId);
      },
      // The picture says already what cannot be read.
      fail: () => undefined,
    });
  }

  private draw(chart: CursorChart, place: PointedAt, nearId: string | undefined): void {
    const near = this.ranked.find(({ line }) => line.id === nearId);
    const x = (near ?? nearestLine(this.ranked, place.y, chart.isLogY))?.point.x ?? place.x;
    const points = this.ranked.map(({ line, point }) => ({
      id: line.id,
      x: point.x,
      y: Number(point.value),
      color: chart.colorOf(line.color),
    }));
    chart.showCursor(x, points, nearId);
    this.actions.share(x, chart);
    const [first] = this.ranked;
    const isOneStep =
      chart.question.x.kind === 'step' && this.ranked.every(({ point }) => point.step === first?.point.step);
    const content = { place: titleOf(chart.question.x, x), ranked: this.ranked, nearId, isOneStep };
    this.tooltip.show(content, place.clientX, place.clientY);
  }
}

function titleOf(axis: XAxis, x: number): string {
  const text = formatPlace(axis, x);
  return text.charAt(0).toUpperCase() + text.slice(1);
}
