import { parentRunIdOf, type Run } from '../tracking/model';
import { readModelHistory } from '../tracking/modelHistory';
import { readBranch, readCommit } from '../tracking/runSource';
import type { Column } from '../../webviews/protocol/runsTable';
import type { ColumnKind } from '../../webviews/protocol/arrangement';

/** An attribute as a column. */
interface Attribute {
  readonly key: string;
  readonly format: Column['format'];
  readonly isGroupable: boolean;
  /** Stands in the table by itself, where runs have it. */
  readonly isShown: boolean;
  readonly read: (run: Run, nameExperiment: (id: string) => string) => string | number | undefined;
}

const text = { format: 'text', isGroupable: true, isShown: false } as const;
const time = { format: 'time', isGroupable: false } as const;

/** In the order in which their columns stand. An attribute that a run does not have, or that is empty, is missing. */
export const attributes: readonly Attribute[] = [
  { ...time, key: 'start_time', isShown: true, read: (run) => run.startedAt },
  { key: 'duration', format: 'duration', isGroupable: false, isShown: true, read: durationOf },
  { ...text, key: 'experiment', isShown: true, read: (run, name) => name(run.experimentId) },
  { ...text, key: 'status', format: 'status', read: (run) => run.status },
  {
    ...text,
    key: 'user_id',
    read: (run) => (run.userId === '' ? run.tags.get('mlflow.user') : run.userId),
  },
  { ...text, key: 'source', isShown: true, read: ({ tags }) => tags.get('mlflow.source.name') },
  { ...text, key: 'source_type', read: ({ tags }) => tags.get('mlflow.source.type') },
  { ...text, key: 'entry_point', read: ({ tags }) => tags.get('mlflow.project.entryPoint') },
  { ...text, key: 'git_commit', read: readCommit },
  { ...text, key: 'git_branch', read: readBranch },
  { ...text, key: 'note', isGroupable: false, read: ({ tags }) => tags.get('mlflow.note.content') },
  { ...time, key: 'end_time', isShown: false, read: (run) => run.endedAt },
  { ...text, key: 'lifecycle', read: (run) => run.lifecycle },
  { ...text, key: 'parent_run_id', read: parentRunIdOf },
  { ...text, key: 'run_id', isGroupable: false, read: (run) => run.id },
  { ...text, key: 'artifact_uri', isGroupable: false, read: (run) => run.artifactUri },
];

/** The run's name is no column of its own, but can be sorted and grouped by. */
export const nameKey = 'run_name';

/** Tags that only repeat what other columns say, at length. */
const saidElsewhere: ReadonlySet<string> = new Set(['mlflow.log-model.history', 'mlflow.runName']);

/** Takes one value that a run has; numbers for metrics, times and durations. */
export type TakeCell = (kind: ColumnKind, key: string, value: string | number) => void;

/** All that a run has in columns. */
export function visitCells(run: Run, nameExperiment: (id: string) => string, take: TakeCell): void {
  for (const { key, read } of attributes) {
    const value = read(run, nameExperiment);
    if (value !== undefined && value !== '') take('attributes', key, value);
  }
  if (run.name !== '') take('attributes', nameKey, run.name);
  for (const [key, { value }] of run.metrics) take('metrics', key, value);
  for (const [key, value] of run.params) take('params', key, value);
  for (const [key, value] of run.tags) if (!saidElsewhere.has(key)) take('tags', key, value);
  if (run.datasets.length > 0) visitDatasets(run, take);
  visitModels(run, take);
}

/** How several datasets or models stand in one cell. */
export const listSeparator = ', ';

/** The names of a run's datasets, each once. */
export function listDatasets(run: Run): readonly string[] {
  return [...new Set(run.datasets.map(({ name }) => name))];
}

function visitDatasets(run: Run, take: TakeCell): void {
  takeList('datasets', 'name', listDatasets(run), take);
  takeList(
    'datasets',
    'digest',
    run.datasets.map(({ digest }) => digest),
    take,
  );
  takeList(
    'datasets',
    'context',
    run.datasets.map(({ context }) => context ?? ''),
    take,
  );
}

/** Models by path and flavor as MLflow 2 notes them; of MLflow 3 a run itself knows but their ids. */
function visitModels(run: Run, take: TakeCell): void {
  const noted = readModelHistory(run);
  const ids = run.modelOutputs.map(({ modelId }) => modelId);
  const names = noted.length > 0 ? noted.map(({ path }) => path) : ids;
  takeList('models', 'name', names, take);
  takeList(
    'models',
    'flavor',
    noted.map(({ flavors }) => flavors),
    take,
  );
  takeList('models', 'id', ids, take);
  takeList('models', 'input', run.modelInputs, take);
}

function takeList(kind: ColumnKind, key: string, values: readonly string[], take: TakeCell): void {
  const present = new Set(values.filter((value) => value !== ''));
  if (present.size > 0) take(kind, key, [...present].join(listSeparator));
}

/** In milliseconds; undefined while the run goes on. */
function durationOf({ startedAt, endedAt }: Run): number | undefined {
  return startedAt === undefined || endedAt === undefined ? undefined : endedAt - startedAt;
}
