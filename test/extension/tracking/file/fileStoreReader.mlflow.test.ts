import { deepEqual, equal } from 'node:assert/strict';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { FileStoreReader } from '../../../../extension/tracking/file/fileStoreReader';
import type { MetricHistory, Run } from '../../../../extension/tracking/model';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { projectRoot } from '../../../support/cache';
import { withoutMlflow } from '../../../support/mlflowServer';
import { runToEnd } from '../../../support/processes';
import { ensureMlflow } from '../../../support/tools';
import { fingerprintOf, openReader } from './mlruns';

/** What logRuns.py prints. */
interface Answers {
  readonly experiments: readonly unknown[];
  readonly experiment: string;
  readonly runs: Readonly<Record<string, unknown>>;
  readonly order: readonly string[];
  readonly history: readonly unknown[];
  readonly parent: string;
  readonly artifacts: readonly unknown[];
  readonly logged: readonly unknown[];
  readonly models: readonly string[];
  readonly registered: readonly unknown[];
  readonly latest: readonly unknown[];
  readonly versions: readonly unknown[];
}

describe('What MLflow has just logged into an mlruns folder', () => {
  let folder: string;
  let root: string;
  let answers: Answers;
  let reader: FileStoreReader;
  let untouched: string;

  before(async () => {
    const { python } = await ensureMlflow('newest');
    folder = mkdtempSync(join(tmpdir(), 'mlruns-fresh-'));
    root = join(folder, 'mlruns');
    const script = join(projectRoot(), 'test/extension/tracking/file/logRuns.py');
    const printed = await runToEnd(python, [script, pathToFileURL(root).href], {
      env: {
        ...withoutMlflow(process.env),
        MLFLOW_ALLOW_FILE_STORE: 'true',
        MLFLOW_DISABLE_TELEMETRY: 'true',
        PYTHONWARNINGS: 'ignore',
      },
    });
    answers = JSON.parse(printed.trim().split('\n').at(-1) ?? '') as Answers;
    untouched = fingerprintOf(root);
    reader = openReader(root);
    reader.connect();
  });

  after(() => {
    equal(fingerprintOf(root), untouched, 'something was changed');
    rmSync(folder, { recursive: true, force: true });
  });

  it('are experiments as MLflow lists them, deleted ones too', () => {
    const { items } = reader.searchExperiments({ view: 'all', pageSize: 100 });
    deepEqual(
      items.map((it) => [
        it.id,
        it.name,
        it.lifecycle,
        it.artifactLocation,
        it.createdAt,
        it.updatedAt,
        Object.fromEntries(it.tags),
      ]),
      answers.experiments,
    );
  });

  it('are runs as MLflow gives them: nested, running and deleted ones', () => {
    const { items } = reader.searchRuns({ experimentIds: [answers.experiment], view: 'all', pageSize: 100 });
    deepEqual(
      items.map(({ id }) => id),
      answers.order,
    );
    deepEqual(Object.fromEntries(items.map((run) => [run.id, toAnswer(run)])), answers.runs);
    deepEqual(
      items.flatMap(({ problem }) => problem ?? []),
      [],
    );
  });

  it('is a metric’s history in the same order', () => {
    deepEqual(toRows(reader.getMetricHistory(answers.parent, 'loss')), answers.history);
  });

  it('are artifacts', () => {
    deepEqual(
      reader.listArtifacts(answers.parent, 'notes').map((it) => [it.path, it.isDirectory, it.size ?? null]),
      answers.artifacts,
    );
  });

  it('are logged models', () => {
    const { items } = reader.searchLoggedModels({ experimentId: answers.experiment, pageSize: 100 });
    deepEqual(
      items.map((it) => [
        it.id,
        it.name,
        it.status,
        it.modelType,
        it.sourceRunId,
        it.artifactUri,
        it.createdAt,
        Object.fromEntries(it.tags),
        Object.fromEntries(it.params),
      ]),
      answers.logged,
    );
  });

  it('are registered models with versions, aliases and stages, but no prompts', () => {
    const { items } = reader.searchRegisteredModels({ pageSize: 100 });
    deepEqual(
      items.map(({ name }) => name),
      answers.models,
    );
    const model = reader.getRegisteredModel('reg');
    deepEqual(
      [
        model.description,
        Object.fromEntries(model.tags),
        Object.fromEntries(model.aliases.map(({ alias, version }) => [alias, version])),
        model.createdAt,
        model.updatedAt,
      ],
      answers.registered,
    );
    deepEqual(model.latestVersions.map(({ stage, version }) => [stage, version]).sort(), answers.latest);
    deepEqual(
      reader
        .searchModelVersions({ name: 'reg', pageSize: 100 })
        .items.map((it) => [
          it.version,
          it.stage,
          it.source,
          it.runId,
          it.status,
          it.createdAt,
          it.updatedAt,
          Object.fromEntries(it.tags),
          it.aliases,
        ]),
      answers.versions,
    );
    equal(reader.readModelVersionFile({ name: 'reg', version: '1' }, 'readme.txt'), 'hello');
  });
});

function toAnswer(run: Run): unknown {
  return {
    name: run.name,
    status: run.status,
    lifecycle: run.lifecycle,
    started: run.startedAt,
    ended: run.endedAt ?? null,
    user: run.userId,
    artifacts: run.artifactUri,
    params: Object.fromEntries(run.params),
    tags: Object.fromEntries(run.tags),
    metrics: Object.fromEntries(
      [...run.metrics].map(([key, { value, step, timestamp }]) => [
        key,
        [toPython(value), String(step), timestamp],
      ]),
    ),
    datasets: run.datasets
      .map((it) => [it.name, it.digest, it.sourceType, it.source, it.context ?? null])
      .sort(),
    outputs: run.modelOutputs.map(({ modelId }) => modelId),
  };
}

function toRows({ values, steps, timestamps }: MetricHistory): unknown {
  return [...values].map((value, index) => [toPython(value), String(steps[index]), timestamps[index]]);
}

/** A double as Python prints it. */
function toPython(value: number): string {
  if (Number.isNaN(value)) return 'nan';
  if (!Number.isFinite(value)) return value > 0 ? 'inf' : '-inf';
  const text = String(value).replace(/e([+-])(\d)$/, 'e$10$2');
  return Number.isInteger(value) && !text.includes('e') ? `${text}.0` : text;
}
