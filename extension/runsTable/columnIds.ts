import type { ColumnId, ColumnKind, MetricStatistic } from '../../webviews/protocol/arrangement';

/** What a column's id says. */
export interface ColumnName {
  readonly kind: ColumnKind;
  readonly key: string;
  readonly statistic: MetricStatistic;
}

const form =
  /^(?:(min|max|best|trend) (?=metrics\.))?(attributes|metrics|params|tags|datasets|models)\.(.*)$/s;

/** What `columnIdOf` was given; undefined for what it never makes. */
export function readColumnId(id: ColumnId): ColumnName | undefined {
  const [, statistic = 'last', kind, key] = form.exec(id) ?? [];
  if (kind === undefined || key === undefined) return undefined;
  return { kind: kind as ColumnKind, key, statistic: statistic as MetricStatistic };
}

/** The metrics of which a column shows what no listing tells: their histories must be read. */
export function listHistoryMetrics(ids: readonly ColumnId[]): readonly string[] {
  const metrics = ids.flatMap((id) => {
    const name = readColumnId(id);
    return name && ['min', 'max', 'best'].includes(name.statistic) ? [name.key] : [];
  });
  return [...new Set(metrics)];
}
