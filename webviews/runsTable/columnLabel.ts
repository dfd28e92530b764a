import type { ColumnKind, MetricStatistic } from '../protocol/arrangement';
import type { Column } from '../protocol/runsTable';
import { visibleText } from '../shared/text';

/** What columns are called. */

/** By kind and key; metrics, params and tags are called as their runs call them. */
const ownLabels: Readonly<Record<string, string>> = {
  'attributes.run_id': 'Run ID',
  'attributes.run_name': 'Run',
  'attributes.start_time': 'Started',
  'attributes.end_time': 'Ended',
  'attributes.duration': 'Duration',
  'attributes.status': 'State',
  'attributes.user_id': 'User',
  'attributes.source': 'Source',
  'attributes.source_type': 'Source Type',
  'attributes.entry_point': 'Entry Point',
  'attributes.git_commit': 'Git Commit',
  'attributes.git_branch': 'Git Branch',
  'attributes.note': 'Description',
  'attributes.experiment': 'Experiment',
  'attributes.artifact_uri': 'Artifact URI',
  'attributes.lifecycle': 'Lifecycle',
  'attributes.parent_run_id': 'Parent Run ID',
  'datasets.name': 'Dataset',
  'datasets.digest': 'Digest',
  'datasets.context': 'Context',
  'models.name': 'Model',
  'models.flavor': 'Flavor',
  'models.id': 'Model ID',
  'models.input': 'Input Model',
};

const statisticLabels: Readonly<Record<MetricStatistic, string>> = {
  last: '',
  min: 'min',
  max: 'max',
  best: 'best',
  trend: 'trend of',
};

export const kindLabels: Readonly<Record<ColumnKind, string>> = {
  attributes: 'Details',
  metrics: 'Metrics',
  params: 'Parameters',
  tags: 'Tags',
  datasets: 'Datasets',
  models: 'Models',
};

const longestLabel = 300;

/** `Started`, `loss`, `min loss`. */
export function labelOf({ kind, key, statistic = 'last' }: Column): string {
  const id = `${kind}.${key}`;
  const name = (Object.hasOwn(ownLabels, id) ? ownLabels[id] : undefined) ?? key;
  const label = name === '' ? '(no name)' : visibleText(name.slice(0, longestLabel));
  return statistic === 'last' ? label : `${statisticLabels[statistic]} ${label}`;
}
