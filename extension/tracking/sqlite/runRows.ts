import { causeOf } from '../errors';
import {
  toRunStatus,
  type DatasetInput,
  type Lifecycle,
  type MetricPoint,
  type ModelOutput,
  type Run,
} from '../model';
import {
  Findings,
  readDouble,
  readInt64,
  readOptionalText,
  readRequiredText,
  readText,
  readTimestamp,
  type Row,
} from './cells';
import type { Reading } from './database';
import { isCorruption } from './sqliteFailure';

/** A run while it is put together. */
interface Draft {
  readonly row: Row;
  readonly findings: Findings;
  readonly params: Map<string, string>;
  readonly metrics: Map<string, MetricPoint>;
  readonly tags: Map<string, string>;
  readonly datasets: Map<string, DatasetInput>;
  readonly modelInputs: string[];
  readonly modelOutputs: ModelOutput[];
}

type Drafts = ReadonlyMap<string, Draft>;

const runsPerStatement = 100;

const columns = [
  'run_uuid',
  'name',
  'experiment_id',
  'status',
  'lifecycle_stage',
  'start_time',
  'end_time',
  'user_id',
  'artifact_uri',
];

/** Those of the runs that exist, in the order of the ids, with all that belongs to them. */
export function readRuns(reading: Reading, runIds: readonly string[]): readonly Run[] {
  const runs: Run[] = [];
  for (let start = 0; start < runIds.length; start += runsPerStatement) {
    const ids = runIds.slice(start, start + runsPerStatement);
    const drafts = readDrafts(reading, ids);
    for (const part of parts) fill(part, reading, drafts);
    for (const id of ids) {
      const draft = drafts.get(id);
      if (draft) runs.push(toRun(id, draft));
    }
  }
  return runs;
}

function readDrafts(reading: Reading, ids: readonly string[]): Drafts {
  const rows = reading.rows(
    `SELECT ${reading.schema.pick('runs', 'r', columns)} FROM runs r WHERE r.run_uuid IN ${oneOf}`,
    JSON.stringify(ids),
  );
  const drafts = new Map<string, Draft>();
  for (const row of rows) {
    drafts.set(String(row[0]), {
      row,
      findings: new Findings(),
      params: new Map(),
      metrics: new Map(),
      tags: new Map(),
      datasets: new Map(),
      modelInputs: [],
      modelOutputs: [],
    });
  }
  return drafts;
}

const oneOf = '(SELECT value FROM json_each(?))';

/** One table's share in runs: a statement with the ids as its only parameter, whose first column is the run's id. */
interface Part {
  readonly name: string;
  sql(schema: Reading['schema']): string | undefined;
  add(draft: Draft, row: Row): void;
}

/** Where the pages that hold some run's rows are damaged, the other runs still get theirs. */
function fill(part: Part, reading: Reading, drafts: Drafts): void {
  const sql = part.sql(reading.schema);
  if (sql === undefined) return;
  try {
    for (const row of reading.rows(sql, JSON.stringify([...drafts.keys()]))) {
      const draft = drafts.get(String(row[0]));
      if (draft) part.add(draft, row);
    }
  } catch (error) {
    if (!isCorruption(error)) throw error;
    const [only] = drafts.values();
    if (drafts.size === 1) only?.findings.add(`Its ${part.name} cannot be read: ${causeOf(error)}`);
    else for (const draft of drafts) fill(part, reading, new Map([draft]));
  }
}

/** Keys that are not text are told by what SQLite makes of them. */
function readKey(row: Row, part: string, findings: Findings): string {
  return readRequiredText(row[1], `${part}'s key`, findings);
}

const parts: readonly Part[] = [
  {
    name: 'parameters',
    sql: (schema) =>
      schema.has('params')
        ? `SELECT p.run_uuid, p.key, p.value FROM params p WHERE p.run_uuid IN ${oneOf}`
        : undefined,
    add({ params, findings }, row) {
      const key = readKey(row, 'parameter', findings);
      params.set(key, readRequiredText(row[2], `parameter ${key}`, findings));
    },
  },
  {
    name: 'metrics',
    sql: (schema) => {
      if (!schema.has('latest_metrics') && !schema.has('metrics')) return undefined;
      const source = schema.has('latest_metrics') ? 'latest_metrics' : '';
      const optional =
        source === ''
          ? 'm.timestamp, m.step, m.is_nan'
          : schema.pick(source, 'm', ['timestamp', 'step', 'is_nan']);
      return `SELECT m.run_uuid, m.key, m.value, ${optional}
        FROM ${schema.latestMetrics()} m WHERE m.run_uuid IN ${oneOf}`;
    },
    add({ metrics, findings }, row) {
      const key = readKey(row, 'metric', findings);
      metrics.set(key, readPoint(row.slice(2), `metric ${key}`, findings));
    },
  },
  {
    name: 'tags',
    sql: (schema) =>
      schema.has('tags')
        ? `SELECT t.run_uuid, t.key, t.value FROM tags t WHERE t.run_uuid IN ${oneOf}`
        : undefined,
    add({ tags, findings }, row) {
      const key = readKey(row, 'tag', findings);
      tags.set(key, readText(row[2], `tag ${key}`, findings));
    },
  },
  {
    name: 'datasets',
    sql: (schema) =>
      schema.has('inputs', 'datasets', 'input_tags')
        ? `SELECT i.destination_id, d.dataset_uuid, d.name, d.digest, d.dataset_source_type, d.dataset_source,
             d.dataset_schema, d.dataset_profile, t.value
           FROM inputs i JOIN datasets d ON d.dataset_uuid = i.source_id
           LEFT JOIN input_tags t ON t.input_uuid = i.input_uuid AND t.name = 'mlflow.data.context'
           WHERE i.destination_type = 'RUN' AND i.destination_id IN ${oneOf}`
        : undefined,
    add({ datasets, findings }, [, id, name, digest, sourceType, source, schema, profile, context]) {
      if (datasets.has(String(id))) return;
      datasets.set(String(id), {
        name: readRequiredText(name, "dataset's name", findings),
        digest: readRequiredText(digest, "dataset's digest", findings),
        sourceType: readText(sourceType, "dataset's source type", findings),
        source: readText(source, "dataset's source", findings),
        schema: readOptionalText(schema, "dataset's schema", findings),
        profile: readOptionalText(profile, "dataset's profile", findings),
        context: readOptionalText(context, "dataset's context", findings),
      });
    },
  },
  {
    name: 'model inputs',
    sql: (schema) =>
      schema.has('inputs')
        ? `SELECT i.source_id, i.destination_id FROM inputs i
           WHERE i.source_type = 'RUN_INPUT' AND i.source_id IN ${oneOf} AND i.destination_type = 'MODEL_INPUT'`
        : undefined,
    add({ modelInputs, findings }, [, modelId]) {
      modelInputs.push(readText(modelId, "model input's id", findings));
    },
  },
  {
    name: 'models',
    sql: (schema) =>
      schema.has('inputs')
        ? `SELECT i.source_id, i.destination_id, ${schema.column('inputs', 'i', 'step', '0')} FROM inputs i
           WHERE i.source_type = 'RUN_OUTPUT' AND i.source_id IN ${oneOf} AND i.destination_type = 'MODEL_OUTPUT'`
        : undefined,
    add({ modelOutputs, findings }, [, modelId, step]) {
      modelOutputs.push({
        modelId: readText(modelId, "model's id", findings),
        step: readInt64(step, "model's step", findings) ?? 0,
      });
    },
  },
];

/** A metric's point from value, timestamp, step and is_nan. */
function readPoint([value, timestamp, step, isNan]: Row, what: string, findings: Findings): MetricPoint {
  if (typeof value === 'string' || value instanceof Uint8Array) {
    findings.add(`The value of its ${what} is not a number.`);
  }
  return {
    value: readDouble(value, isNan),
    timestamp: readTimestamp(timestamp, `time of ${what}`, findings) ?? 0,
    step: readInt64(step, `step of ${what}`, findings) ?? 0,
  };
}

function toRun(id: string, draft: Draft): Run {
  const { findings, params, metrics, tags } = draft;
  const [, name, experimentId, status, lifecycle, startedAt, endedAt, userId, artifactUri] = draft.row;
  const word = readText(status, 'status', findings);
  if (toRunStatus(word) === 'UNKNOWN') findings.add(`Its status is ${word || 'missing'}.`);
  const run: Run = {
    id,
    name: readOptionalText(name, 'name', findings) ?? tags.get('mlflow.runName') ?? '',
    experimentId: readRequiredText(experimentId, 'experiment', findings),
    status: toRunStatus(word),
    lifecycle: toLifecycle(readText(lifecycle, 'lifecycle stage', findings)),
    startedAt: readTimestamp(startedAt, 'start time', findings),
    endedAt: readTimestamp(endedAt, 'end time', findings),
    userId: readText(userId, 'user', findings),
    artifactUri: readText(artifactUri, 'artifact location', findings),
    params,
    metrics,
    tags,
    datasets: [...draft.datasets.values()],
    modelInputs: draft.modelInputs,
    modelOutputs: draft.modelOutputs,
  };
  return withProblem(run, findings);
}

/** Whatever is not said to be deleted is active. */
export function toLifecycle(stage: string): Lifecycle {
  return stage.toLowerCase() === 'deleted' ? 'deleted' : 'active';
}

/** The item with its problem, if it has one. */
export function withProblem<T extends object>(item: T, { problem }: Findings): T {
  return problem === undefined ? item : { ...item, problem };
}
