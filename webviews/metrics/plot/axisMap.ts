import type { PlotAxis } from './plotView';

/** Where values of an axis lie, in pixels. Plain numbers, so that drawing thousands of points calls no functions. */
export interface AxisMap {
  readonly isLog: boolean;
  readonly scale: number;
  readonly offset: number;
}

/** The map that takes `axis.from` to pixel `start` and `axis.to` to pixel `end`. On a log axis both must be positive. */
export function mapAxis({ from, to, isLog }: PlotAxis, start: number, end: number): AxisMap {
  const [low, high] = isLog ? [Math.log10(from), Math.log10(to)] : [from, to];
  const scale = high > low ? (end - start) / (high - low) : 0;
  return { isLog, scale, offset: high > low ? start - low * scale : (start + end) / 2 };
}

export function toPixel({ isLog, scale, offset }: AxisMap, value: number): number {
  return (isLog ? Math.log10(value) : value) * scale + offset;
}

export function fromPixel({ isLog, scale, offset }: AxisMap, pixel: number): number {
  const value = (pixel - offset) / scale;
  return isLog ? 10 ** value : value;
}
