import type { MetricPoint, Run } from '../tracking/model';
import type { MetricRow } from '../../webviews/protocol/runSummary';
import { boundText } from './boundText';

const names = new Intl.Collator(undefined, { numeric: true });

/** A run's last values for a view, by name: what the model scored before what the machine did. */
export function listMetricRows({ metrics }: Pick<Run, 'metrics'>): readonly MetricRow[] {
  return [...metrics].map(toMetricRow).sort(byMetricName);
}

function toMetricRow([key, point]: readonly [string, MetricPoint]): MetricRow {
  return {
    key: boundText(key),
    value: String(point.value),
    step: String(point.step),
    loggedAt: point.timestamp,
  };
}

function byMetricName(a: MetricRow, b: MetricRow): number {
  const order = Number(a.key.startsWith('system/')) - Number(b.key.startsWith('system/'));
  return order || names.compare(a.key, b.key);
}
