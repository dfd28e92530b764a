import type { MetricHistory } from '../tracking/model';
import type { XAxis } from '../../webviews/protocol/metrics';

/** Points of a run along an axis: x ascends and is finite, y is as logged. All columns are of one length. */
export interface Series {
  readonly x: Float64Array;
  readonly y: Float64Array;
  /** Where each point lies in the history; undefined where all lie in their order there. */
  readonly order: Uint32Array | undefined;
}

/** Series by axis, kept for as long as their history is. */
const known = new WeakMap<
  MetricHistory,
  Map<string, { readonly other?: MetricHistory; readonly series: Series }>
>();

/**
 * A history along an axis, in the order of (x, timestamp, place in the store). `other` is the history of the metric that
 * x is of, for that kind of axis: x is then its last value at the same step, and points without one are left out.
 */
export function seriesAlong(history: MetricHistory, axis: XAxis, other?: MetricHistory): Series {
  const key = axis.kind === 'metric' ? `metric ${axis.metric ?? ''}` : axis.kind;
  const kept = known.get(history) ?? new Map<string, { other?: MetricHistory; series: Series }>();
  known.set(history, kept);
  const present = kept.get(key);
  if (present && present.other === other) return present.series;
  const series = makeSeries(history, axis, other);
  kept.set(key, other ? { other, series } : { series });
  return series;
}

function makeSeries(history: MetricHistory, axis: XAxis, other: MetricHistory | undefined): Series {
  const { values, timestamps } = history;
  switch (axis.kind) {
    case 'step':
      return sortByX(stepNumbers(history), values, timestamps);
    case 'time':
      return sortByX(timestamps, values, timestamps);
    case 'relative':
      return sortByX(secondsSince(timestamps), values, timestamps);
    case 'metric':
      return sortByX(
        other ? valuesAtSteps(history, other) : new Float64Array(values.length).fill(NaN),
        values,
        timestamps,
      );
  }
}

/** Steps as they can be drawn; beyond ±(2^53 − 1) the nearest that a double can say. */
function stepNumbers({ steps }: MetricHistory): Float64Array {
  return steps instanceof Float64Array ? steps : Float64Array.from(steps, Number);
}

function secondsSince(timestamps: Float64Array): Float64Array {
  let first = Infinity;
  for (const timestamp of timestamps) if (timestamp < first) first = timestamp;
  return timestamps.map((timestamp) => (timestamp - first) / 1000);
}

/** The other metric's last value at each point's step; NaN where it has none. */
function valuesAtSteps(history: MetricHistory, other: MetricHistory): Float64Array {
  const { steps } = history;
  const find = isInOrder(history) && isInOrder(other) ? stepFinder(other) : mapFinder(other);
  const x = new Float64Array(steps.length);
  for (let index = 0; index < x.length; index++) {
    const at = find(steps[index] ?? NaN);
    x[index] = at === undefined ? NaN : (other.values[at] ?? NaN);
  }
  return x;
}

/** The index of the last point logged at a step. */
type StepFinder = (step: number | bigint) => number | undefined;

/** Whether neither steps nor times ever fall, as most are logged. */
function isInOrder({ steps, timestamps }: MetricHistory): boolean {
  return steps instanceof Float64Array && isSorted(steps, timestamps);
}

/** Goes along a history in order; to be asked in order, too. */
function stepFinder({ steps }: MetricHistory): StepFinder {
  let next = 0;
  return (step) => {
    while (next < steps.length && (steps[next] ?? NaN) <= step) next++;
    return next > 0 && steps[next - 1] === step ? next - 1 : undefined;
  };
}

function mapFinder(history: MetricHistory): StepFinder {
  const last = lastPointByStep(history);
  return (step) => last.get(step);
}

/** The index of the last point logged at each step. */
function lastPointByStep({ steps, timestamps }: MetricHistory): ReadonlyMap<number | bigint, number> {
  const last = new Map<number | bigint, number>();
  const isWide = steps instanceof BigInt64Array;
  for (let index = 0; index < timestamps.length; index++) {
    const step = steps[index] ?? NaN;
    const before = last.get(step);
    const isLater = before === undefined || (timestamps[index] ?? 0) >= (timestamps[before] ?? 0);
    if (!isLater) continue;
    last.set(step, index);
    // A history with narrower steps asks by number.
    if (isWide && Number.isSafeInteger(Number(step))) last.set(Number(step), index);
  }
  return last;
}

/** Sorts by (x, timestamp, place), leaving out points whose x is not finite; as they are where they lie so already. */
function sortByX(x: Float64Array, y: Float64Array, timestamps: Float64Array): Series {
  if (isSorted(x, timestamps)) return { x, y, order: undefined };
  const order = Uint32Array.from(finiteIndices(x));
  order.sort(
    (one, other) =>
      (x[one] ?? 0) - (x[other] ?? 0) || (timestamps[one] ?? 0) - (timestamps[other] ?? 0) || one - other,
  );
  return { x: take(x, order), y: take(y, order), order };
}

function isSorted(x: Float64Array, timestamps: Float64Array): boolean {
  let lastX = -Infinity;
  let lastTime = -Infinity;
  for (let index = 0; index < x.length; index++) {
    const at = x[index] ?? NaN;
    const time = timestamps[index] ?? NaN;
    // Not finite, or out of order.
    if (!(at > lastX || (at === lastX && time >= lastTime)) || at === Infinity) return false;
    lastX = at;
    lastTime = time;
  }
  return true;
}

function finiteIndices(x: Float64Array): readonly number[] {
  const indices: number[] = [];
  for (let index = 0; index < x.length; index++) if (Number.isFinite(x[index])) indices.push(index);
  return indices;
}

function take(column: Float64Array, order: Uint32Array): Float64Array {
  const taken = new Float64Array(order.length);
  for (let index = 0; index < order.length; index++) taken[index] = column[order[index] ?? 0] ?? NaN;
  return taken;
}
