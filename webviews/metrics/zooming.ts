import type { Range } from './arrangement';

/** Ranges that the keyboard moves; on a log axis by ratios. */

/** The range around a place in it, shorter by the factor, which stays where it is. */
export function zoomRange(range: Range, around: number, factor: number, isLog: boolean): Range {
  const [low, high] = linear(range, isLog);
  const [center] = linear([around, around], isLog);
  return curved([center + (low - center) * factor, center + (high - center) * factor], isLog);
}

/** The range with that place in it, moved no more than it takes. */
export function panTo(range: Range, place: number, isLog: boolean): Range {
  const [low, high] = linear(range, isLog);
  const [at] = linear([place, place], isLog);
  const by = at < low ? at - low : at > high ? at - high : 0;
  return by === 0 ? range : curved([low + by, high + by], isLog);
}

/** The place that lies so far along the range, 0 to 1, or beyond. */
export function placeIn(range: Range, part: number, isLog: boolean): number {
  const [low, high] = linear(range, isLog);
  return curved([low + (high - low) * part, high], isLog)[0];
}

/** How far along the range the place lies. */
export function partOf(range: Range, place: number, isLog: boolean): number {
  const [low, high] = linear(range, isLog);
  const [at] = linear([place, place], isLog);
  return high > low ? (at - low) / (high - low) : 0.5;
}

function linear([low, high]: Range, isLog: boolean): Range {
  const floor = Number.MIN_VALUE;
  return isLog ? [Math.log(Math.max(low, floor)), Math.log(Math.max(high, floor))] : [low, high];
}

function curved([low, high]: Range, isLog: boolean): Range {
  return isLog ? [Math.exp(low), Math.exp(high)] : [low, high];
}
