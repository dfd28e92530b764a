import type { MetricPoint, Run } from '../tracking/model';

/** Whether nothing that is shown of a run has changed from one reading to the next. */
export function isSameRun(before: Run, after: Run): boolean {
  return (
    isSamePlace(before, after) &&
    before.name === after.name &&
    before.status === after.status &&
    before.endedAt === after.endedAt &&
    before.artifactUri === after.artifactUri &&
    before.datasets.length === after.datasets.length &&
    before.modelInputs.length === after.modelInputs.length &&
    before.modelOutputs.length === after.modelOutputs.length &&
    isSameMap(before.params, after.params, Object.is) &&
    isSameMap(before.tags, after.tags, Object.is) &&
    isSameMap(before.metrics, after.metrics, isSamePoint)
  );
}

/** Whether a run still stands where it stood among the others. */
export function isSamePlace(before: Run, after: Run): boolean {
  return (
    before.startedAt === after.startedAt &&
    before.lifecycle === after.lifecycle &&
    before.tags.get('mlflow.parentRunId') === after.tags.get('mlflow.parentRunId')
  );
}

function isSamePoint(one: MetricPoint, other: MetricPoint): boolean {
  return Object.is(one.value, other.value) && one.step === other.step && one.timestamp === other.timestamp;
}

function isSameMap<V>(
  one: ReadonlyMap<string, V>,
  other: ReadonlyMap<string, V>,
  isSame: (a: V, b: V) => boolean,
): boolean {
  if (one.size !== other.size) return false;
  for (const [key, value] of one) {
    const counterpart = other.get(key);
    if (counterpart === undefined || !isSame(value, counterpart)) return false;
  }
  return true;
}
