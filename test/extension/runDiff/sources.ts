import type { RunSource } from '../../../extension/runDiff/diffRuns';
import type { LoggedModel, MetricPoint, Run } from '../../../extension/tracking/model';

/** What the tests of the comparison are made of. */

export function sourceOf(run: Run, models: readonly LoggedModel[] = []): RunSource {
  return { kind: 'run', run, experimentName: 'digits', models };
}

export function aPoint(value: number): MetricPoint {
  return { value, step: 1, timestamp: 1_700_000_000_000 };
}
