import type { ExactPoint, PointQuery } from '../protocol/metrics';
import type { Range } from './arrangement';
import type { ChartCommand } from './chartKeys';
import type { Cursor, CursorChart } from './cursor';
import { bestNear, describePoint, rankPoints, type RankedPoint } from './ranking';
import { panTo, partOf, placeIn, zoomRange } from './zooming';

/** A chart as the keyboard walks it. */
export interface WalkedChart extends CursorChart {
  /** What is shown of x now; undefined while nothing is. */
  readonly range: Range | undefined;
  readonly isLogX: boolean;
  /** Where the plot is in the window. */
  readonly box: DOMRect;
  zoomTo(x: Range): void;
}

export interface WalkerActions {
  readPoints(query: PointQuery, signal: AbortSignal): Promise<readonly ExactPoint[]>;
  say(text: string): void;
}

type Walk = ChartCommand & { readonly kind: 'step' | 'line' | 'edge' | 'page' };

/** Walks the points of a chart, one line at a time, and says where it is. */
export class Walker {
  private at: { readonly lineId: string; readonly x: number } | undefined;
  private ranked: readonly RankedPoint[] = [];
  private walking = new AbortController();

  constructor(
    private readonly chart: WalkedChart,
    private readonly cursor: Cursor,
    private readonly actions: WalkerActions,
  ) {}

  /** The line that the keyboard is on. */
  get lineId(): string | undefined {
    return this.at?.lineId;
  }

  /** Forgets the place; false when there was none. */
  leave(): boolean {
    const wasThere = this.at !== undefined;
    this.walking.abort();
    this.at = undefined;
    this.cursor.leave(this.chart);
    return wasThere;
  }

  async walk(command: Walk): Promise<void> {
    this.walking.abort();
    this.walking = new AbortController();
    const { signal } = this.walking;
    try {
      const x = await this.target(command, signal);
      if (x === undefined || signal.aborted) return;
      await this.goTo(x, signal);
    } catch {
      // Nobody waits for it any more, or the chart says already what could not be read.
    }
  }

  zoom(factor: number): void {
    const { range, isLogX } = this.chart;
    if (!range) return;
    const around = this.at?.x ?? placeIn(range, 0.5, isLogX);
    this.chart.zoomTo(zoomRange(range, around, factor, isLogX));
  }

  private async target(command: Walk, signal: AbortSignal): Promise<number | undefined> {
    const { range, isLogX } = this.chart;
    if (!range) return undefined;
    switch (command.kind) {
      case 'line':
        this.changeLine(command.isUp);
        return this.at?.x ?? range[0];
      case 'edge':
        return range[command.part];
      case 'page':
        return placeIn(range, partOf(range, this.at?.x ?? range[0], isLogX) + command.part, isLogX);
      case 'step':
        return this.at ? this.neighbour(this.at, command.move, signal) : range[0];
    }
  }

  private async neighbour(
    { lineId, x }: { readonly lineId: string; readonly x: number },
    move: 'next' | 'previous',
    signal: AbortSignal,
  ): Promise<number | undefined> {
    const { question } = this.chart;
    const lines = question.lines.filter(({ id }) => id === lineId);
    const [point] = await this.actions.readPoints({ ...question, lines, at: x, move }, signal);
    if (!point) this.actions.say(move === 'next' ? 'Last point' : 'First point');
    return point?.x;
  }

  private changeLine(isUp: boolean): void {
    if (!this.at) return;
    const byValue = this.ranked.toSorted((a, b) => Number(a.point.value) - Number(b.point.value));
    const index = byValue.findIndex(({ line }) => line.id === this.at?.lineId);
    const next = byValue[Math.min(Math.max(index + (isUp ? 1 : -1), 0), byValue.length - 1)];
    if (next) this.at = { lineId: next.line.id, x: this.at.x };
  }

  private async goTo(x: number, signal: AbortSignal): Promise<void> {
    const { chart } = this;
    const points = await this.actions.readPoints({ ...chart.question, at: x, move: 'nearest' }, signal);
    if (signal.aborted) return;
    this.ranked = rankPoints(points, chart.lines, chart.direction);
    const here = this.ranked.find(({ line }) => line.id === this.at?.lineId) ?? bestNear(this.ranked, x);
    if (!here) {
      this.actions.say('No points');
      return;
    }
    const { line, point } = here;
    this.at = { lineId: line.id, x: point.x };
    const range = chart.range ?? [point.x, point.x];
    const inSight = panTo(range, point.x, chart.isLogX);
    if (inSight !== range) chart.zoomTo(inSight);
    this.show(here, inSight);
  }

  private show({ line, point }: RankedPoint, range: Range): void {
    const { chart } = this;
    const { left, width, top, height } = chart.box;
    const clientX = left + width * partOf(range, point.x, chart.isLogX);
    const place = {
      x: point.x,
      y: Number(point.value),
      clientX,
      clientY: top + height / 2,
      lineId: line.id,
    };
    this.cursor.showAt(chart, this.ranked, line.id, place);
    this.actions.say(describePoint(this.ranked, line.id, chart.question.x));
  }
}
