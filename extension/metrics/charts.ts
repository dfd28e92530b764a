import type { Run, Tags } from '../tracking/model';
import type {
  ChartMetric,
  ChartRun,
  GroupKey,
  MetricsCharts,
  MetricsSubject,
} from '../../webviews/protocol/metrics';
import { findDirection, type DirectionRules } from '../ui/metricDirection';
import type { ShownRuns } from './shownRuns';

export interface ChartsContext {
  readonly shown: ShownRuns;
  /** One for each run, in their order. */
  readonly colors: readonly number[];
  /** The name and tags of an experiment, as far as it is known. */
  readonly findExperiment: (
    experimentId: string,
  ) => { readonly name: string; readonly tags: Tags } | undefined;
  readonly rules: DirectionRules;
}

const names = new Intl.Collator(undefined, { numeric: true });

/** What the longest text may be that crosses to the view, and the longest value to group by. */
const longestText = 1000;

/** Values to group by, over all keys and runs: what is beyond would make each snapshot megabytes. */
const mostGroupValues = 100_000;

/** MLflow's own tags that say something of runs that people compare. */
const usefulTags = new Set([
  'mlflow.user',
  'mlflow.source.name',
  'mlflow.source.type',
  'mlflow.source.git.commit',
  'mlflow.source.git.branch',
  'mlflow.parentRunId',
  'mlflow.project.entryPoint',
]);

/** All there is to show of runs but their points: JSON only, each text bounded. */
export function summarizeCharts(subject: MetricsSubject, context: ChartsContext): MetricsCharts {
  const { runs, hasMore, notes } = context.shown;
  return {
    title: bound(titleOf(subject, context)),
    runs: runs.map((run, index) => toChartRun(run, context.colors[index] ?? 0)),
    metrics: listMetrics(context),
    groupKeys: listGroupKeys(runs),
    hasMore,
    notes: notes.map(bound),
  };
}

function titleOf({ experimentId, runIds }: MetricsSubject, { shown, findExperiment }: ChartsContext): string {
  if (runIds.length === 0) return findExperiment(experimentId)?.name ?? experimentId;
  const [only] = shown.runs;
  return only && runIds.length === 1 ? only.name || only.id : `${runIds.length.toLocaleString('en-US')} runs`;
}

function toChartRun({ id, name, status, startedAt }: Run, color: number): ChartRun {
  return {
    id,
    name: bound(name) || id,
    status,
    color,
    ...(startedAt === undefined ? {} : { startedAt }),
  };
}

function listMetrics({ shown, findExperiment, rules }: ChartsContext): readonly ChartMetric[] {
  const counts = new Map<string, number>();
  for (const run of shown.runs) {
    for (const key of run.metrics.keys()) counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  const experimentIds = [...new Set(shown.runs.map((run) => run.experimentId))];
  const tags = experimentIds.flatMap((id) => findExperiment(id)?.tags ?? []);
  return [...counts]
    .map(([key, runCount]) => ({ key, runCount, direction: findDirection(key, rules, tags) }))
    .sort((one, other) => names.compare(one.key, other.key));
}

/** Params, then tags, each by name: those that runs differ in. */
function listGroupKeys(runs: readonly Run[]): readonly GroupKey[] {
  const most = Math.floor(mostGroupValues / Math.max(1, runs.length));
  const isTold = (tag: string) => !tag.startsWith('mlflow.') || usefulTags.has(tag);
  return [
    ...differing(
      'param',
      runs.map(({ params }) => params),
      () => true,
    ),
    ...differing(
      'tag',
      runs.map(({ tags }) => tags),
      isTold,
    ),
  ].slice(0, most);
}

function differing(
  source: GroupKey['source'],
  maps: readonly ReadonlyMap<string, string>[],
  isTold: (key: string) => boolean,
): readonly GroupKey[] {
  const keys = new Set(maps.flatMap((map) => [...map.keys()]));
  return [...keys]
    .filter((key) => isTold(key) && maps.some((map) => map.get(key) !== maps[0]?.get(key)))
    .sort((one, other) => names.compare(one, other))
    .map((key) => ({ source, key, values: maps.map((map) => boundValue(map.get(key))) }));
}

function boundValue(value: string | undefined): string | null {
  return value === undefined ? null : bound(value);
}

function bound(text: string): string {
  return text.length <= longestText ? text : `${text.slice(0, longestText)}…`;
}
