import type { MetricHistory, MetricPoint } from './model';

/** Histories as one, in their order. */
export function joinHistories(parts: readonly MetricHistory[]): MetricHistory {
  const [only] = parts;
  if (only && parts.length === 1) return only;
  const hasLongStep = parts.some(({ steps }) => steps instanceof BigInt64Array);
  return {
    values: join(parts.map(({ values }) => values)),
    timestamps: join(parts.map(({ timestamps }) => timestamps)),
    steps: hasLongStep
      ? BigInt64Array.from(parts.flatMap(({ steps }) => Array.from<number | bigint, bigint>(steps, BigInt)))
      : join(parts.flatMap(({ steps }) => (steps instanceof Float64Array ? [steps] : []))),
  };
}

/** The points before an index. */
export function cutHistory({ values, timestamps, steps }: MetricHistory, until: number): MetricHistory {
  return {
    values: values.subarray(0, until),
    timestamps: timestamps.subarray(0, until),
    steps: steps.subarray(0, until),
  };
}

function join(columns: readonly Float64Array[]): Float64Array {
  const whole = new Float64Array(columns.reduce((sum, column) => sum + column.length, 0));
  let length = 0;
  for (const column of columns) {
    whole.set(column, length);
    length += column.length;
  }
  return whole;
}

/** Points as columns, in their order. */
export function toMetricHistory(points: readonly MetricPoint[]): MetricHistory {
  const hasLongStep = points.some(({ step }) => typeof step === 'bigint');
  return {
    values: Float64Array.from(points, ({ value }) => value),
    timestamps: Float64Array.from(points, ({ timestamp }) => timestamp),
    steps: hasLongStep
      ? BigInt64Array.from(points, ({ step }) => BigInt(step))
      : Float64Array.from(points, ({ step }) => Number(step)),
  };
}
