import type { MetricHistory, MetricPoint } from './model';

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
