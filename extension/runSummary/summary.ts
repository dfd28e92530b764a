import {
  parentRunIdOf,
  type Artifact,
  type DatasetInput,
  type Experiment,
  type LoggedModel,
  type Run,
  type Tags,
} from '../tracking/model';
import { readModelHistory } from '../tracking/modelHistory';
import { boundText } from '../ui/boundText';
import { listMetricRows } from '../ui/metricRows';
import type {
  ArtifactRow,
  DatasetRow,
  Entry,
  ModelList,
  ModelRow,
  RunFacts,
  RunSummary,
} from '../../webviews/protocol/runSummary';

/** The models of a run as far as they are known. */
export type KnownModels =
  | { readonly kind: 'loading' }
  | { readonly kind: 'failed'; readonly cause: string }
  | { readonly kind: 'ready'; readonly models: readonly LoggedModel[] };

/** A run as its summary shows it: JSON only, in reading order, each text bounded. */
export function summarizeRun(
  run: Run,
  experiment: Pick<Experiment, 'name'> | undefined,
  models: KnownModels,
): RunSummary {
  const note = run.tags.get('mlflow.note.content');
  return {
    id: run.id,
    name: boundText(run.name),
    status: run.status,
    isDeleted: run.lifecycle === 'deleted',
    facts: toFacts(run, experiment),
    metrics: listMetricRows(run),
    params: [...run.params].map(toEntry).sort(byName),
    tags: entriesOf(run.tags, (key) => !isSystem(key)),
    systemTags: entriesOf(run.tags, isSystem),
    datasets: run.datasets.map(toDatasetRow),
    models: toModelList(run, models),
    ...present({ note, problem: run.problem }),
  };
}

function toFacts(run: Run, experiment: Pick<Experiment, 'name'> | undefined): RunFacts {
  const { tags } = run;
  return {
    experimentId: run.experimentId,
    ...(run.startedAt === undefined ? {} : { startedAt: run.startedAt }),
    ...(run.endedAt === undefined ? {} : { endedAt: run.endedAt }),
    ...present({
      experimentName: experiment?.name,
      user: run.userId === '' ? tags.get('mlflow.user') : run.userId,
      source: tags.get('mlflow.source.name'),
      sourceType: tags.get('mlflow.source.type'),
      entryPoint: tags.get('mlflow.project.entryPoint'),
      gitCommit: tags.get('mlflow.source.git.commit'),
      gitBranch: tags.get('mlflow.source.git.branch') ?? tags.get('mlflow.source.git.branchName'),
      gitRepository: tags.get('mlflow.source.git.repoURL'),
      parentRunId: parentRunIdOf(run),
    }),
  };
}

/** Folders first, each kind by name. */
export function listArtifactRows(artifacts: readonly Artifact[]): readonly ArtifactRow[] {
  const rows = artifacts.map(({ path, isDirectory, size }) =>
    size === undefined ? { path, isDirectory } : { path, isDirectory, size },
  );
  return rows.sort((a, b) => Number(b.isDirectory) - Number(a.isDirectory) || names.compare(a.path, b.path));
}

const names = new Intl.Collator(undefined, { numeric: true });

function present<Key extends string>(
  texts: Readonly<Record<Key, string | undefined>>,
): Readonly<Partial<Record<Key, string>>> {
  const filled: Partial<Record<Key, string>> = {};
  for (const key of Object.keys(texts) as Key[]) {
    const text = texts[key];
    if (text !== undefined && text !== '') filled[key] = boundText(text);
  }
  return filled;
}

function isSystem(key: string): boolean {
  return key.startsWith('mlflow.');
}

function entriesOf(tags: Tags, belongs: (key: string) => boolean): readonly Entry[] {
  return [...tags]
    .filter(([key]) => belongs(key))
    .map(toEntry)
    .sort(byName);
}

function toEntry([key, value]: readonly [string, string]): Entry {
  return { key: boundText(key), value: boundText(value) };
}

function byName(a: Entry, b: Entry): number {
  return names.compare(a.key, b.key);
}

function toDatasetRow(dataset: DatasetInput): DatasetRow {
  return {
    name: boundText(dataset.name),
    digest: boundText(dataset.digest),
    sourceType: boundText(dataset.sourceType),
    source: boundText(dataset.source),
    ...present({ context: dataset.context, schema: dataset.schema, profile: dataset.profile }),
  };
}

/**
 * What MLflow 3 keeps as models of their own, then what the run's outputs and inputs name beyond them; where there is
 * nothing of that, what MLflow 2 noted in a tag.
 */
function toModelList(run: Run, known: KnownModels): ModelList {
  if (known.kind !== 'ready') return known;
  const steps = new Map(run.modelOutputs.map((output) => [output.modelId, String(output.step)]));
  const listed = new Set(known.models.map((model) => model.id));
  const logged = known.models.map((model) => toModelRow(model, steps.get(model.id)));
  const outputs = run.modelOutputs
    .filter((output) => !listed.has(output.modelId))
    .map((output): ModelRow => ({ id: output.modelId, role: 'output', step: String(output.step) }));
  const inputs = run.modelInputs.map((id): ModelRow => ({ id, role: 'input' }));
  const models = [...logged, ...outputs, ...inputs];
  return { kind: 'ready', models: models.length > 0 ? models : listArtifactModels(run) };
}

function listArtifactModels(run: Run): readonly ModelRow[] {
  return readModelHistory(run).map(({ path, flavors }) => ({ role: 'output', name: path, type: flavors }));
}

function toModelRow(model: LoggedModel, step: string | undefined): ModelRow {
  return {
    id: model.id,
    role: 'output',
    ...present({ name: model.name, status: model.status, type: model.modelType, step }),
    ...(model.createdAt === undefined ? {} : { createdAt: model.createdAt }),
  };
}
