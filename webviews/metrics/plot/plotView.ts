import type { Mark, Points } from '../../protocol/metrics';

/** What a plot draws, and what it tells. Its points are reduced to its pixel columns already. */

export interface PlotLine {
  readonly id: string;
  readonly name: string;
  /** As CSS has it, with no variables. */
  readonly color: string;
  /** Lengths of strokes and gaps in CSS pixels; empty for an unbroken line. */
  readonly dash: readonly number[];
  readonly points: Points;
  /** Drawn in full strength, the points then faded behind it. */
  readonly smooth?: Points;
  readonly band?: Points & { readonly high: Float64Array };
  readonly marks: readonly Mark[];
}

export interface PlotAxis {
  readonly from: number;
  readonly to: number;
  readonly isLog: boolean;
  /** The text of a tick, where the axis is that long. */
  readonly format: (value: number, span: number) => string;
  /** Where its ticks are, about `count` of them; round numbers where undefined. */
  readonly ticks?: ((from: number, to: number, count: number) => readonly number[]) | undefined;
}

/** A line chart, or bars where every line has but one point. */
export interface PlotView {
  readonly kind: 'lines' | 'bars';
  readonly lines: readonly PlotLine[];
  readonly x: PlotAxis;
  readonly y: PlotAxis;
  /** What it is, for a screen reader and as the title of an exported picture. */
  readonly title: string;
  /** The line that stands out, the others faded. */
  readonly emphasis?: string;
}

export interface PlotPoint {
  readonly id: string;
  readonly x: number;
  readonly y: number;
  readonly color: string;
}

export interface PlotRange {
  readonly x: readonly [from: number, to: number];
  /** Where only x was zoomed, absent. */
  readonly y?: readonly [from: number, to: number];
}

export interface PointedAt {
  readonly x: number;
  readonly y: number;
  /** Where on the page that is, in pixels. */
  readonly clientX: number;
  readonly clientY: number;
  readonly lineId: string | undefined;
}

export interface PlotActions {
  /** The user zoomed by rectangle or wheel, or panned; the view is to be drawn again in that range. */
  zoom(range: PlotRange): void;
  /** The user asked for the whole by a double click. */
  reset(): void;
  /** The pointer is over that place, with the line that is drawn near it; undefined when it left. */
  point(at: PointedAt | undefined): void;
  /** A click that did not drag. */
  click(at: { readonly x: number; readonly y: number; readonly lineId: string | undefined }): void;
  /** The plot has another number of pixel columns now. */
  resized(): void;
}
