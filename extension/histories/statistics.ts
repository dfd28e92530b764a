import type { Int64, MetricHistory } from '../tracking/model';
import { toReal, type Direction, type Extreme, type Statistics } from '../../webviews/protocol/metrics';

/** Where a history has its extremes; undefined where it has none. */
interface Extremes {
  readonly min: number | undefined;
  readonly max: number | undefined;
  readonly last: number | undefined;
}

/** A point of one of several histories. */
interface Place {
  readonly history: MetricHistory;
  readonly index: number;
}

const known = new WeakMap<MetricHistory, Extremes>();

/**
 * The lowest, highest, best and last value of all points of some histories together, each with its step. Lowest and
 * highest are of the finite values, and of equal ones the first by (step, timestamp) counts. The last is MLflow's: of
 * the greatest step, then timestamp, then value.
 */
export function statisticsOf(histories: readonly MetricHistory[], direction: Direction): Statistics {
  const found = histories.map((history) => ({ history, at: extremesOf(history) }));
  const places = (name: keyof Extremes): readonly Place[] =>
    found.flatMap(({ history, at }) => {
      const index = at[name];
      return index === undefined ? [] : [{ history, index }];
    });
  const min = first(places('min'), (one, other) => isLower(one, other, 1));
  const max = first(places('max'), (one, other) => isLower(one, other, -1));
  const last = first(places('last'), isLater);
  const best = direction === 'lower' ? min : max;
  return {
    ...(min && { min: toExtreme(min) }),
    ...(max && { max: toExtreme(max) }),
    ...(best && { best: toExtreme(best) }),
    ...(last && { last: toExtreme(last) }),
  };
}

function extremesOf(history: MetricHistory): Extremes {
  const present = known.get(history);
  if (present) return present;
  const { values } = history;
  let min: number | undefined;
  let max: number | undefined;
  let last: number | undefined;
  for (let index = 0; index < values.length; index++) {
    const place = { history, index };
    if (last === undefined || isLater(place, { history, index: last })) last = index;
    if (!Number.isFinite(values[index])) continue;
    if (min === undefined || isLower(place, { history, index: min }, 1)) min = index;
    if (max === undefined || isLower(place, { history, index: max }, -1)) max = index;
  }
  const found = { min, max, last };
  known.set(history, found);
  return found;
}

/** Whether a point is lower (for a sign of 1) or higher (for −1) than another, or was as low before. */
function isLower(one: Place, other: Place, sign: 1 | -1): boolean {
  const difference = sign * (valueOf(one) - valueOf(other));
  if (difference !== 0) return difference < 0;
  if (stepOf(one) !== stepOf(other)) return stepOf(one) < stepOf(other);
  return timeOf(one) < timeOf(other);
}

/** Of equal ones, and where a value is NaN, the earlier one stays the last, as in MLflow's file store. */
function isLater(one: Place, other: Place): boolean {
  if (stepOf(one) !== stepOf(other)) return stepOf(one) > stepOf(other);
  if (timeOf(one) !== timeOf(other)) return timeOf(one) > timeOf(other);
  return valueOf(one) > valueOf(other);
}

function valueOf({ history, index }: Place): number {
  return history.values[index] ?? NaN;
}

function timeOf({ history, index }: Place): number {
  return history.timestamps[index] ?? NaN;
}

function stepOf({ history, index }: Place): Int64 {
  return history.steps[index] ?? NaN;
}

/** The place that beats all before it. */
function first(places: readonly Place[], beats: (one: Place, other: Place) => boolean): Place | undefined {
  let best: Place | undefined;
  for (const place of places) if (!best || beats(place, best)) best = place;
  return best;
}

function toExtreme(place: Place): Extreme {
  return { value: toReal(valueOf(place)), step: String(stepOf(place)) };
}
