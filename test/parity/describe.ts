import type {
  DatasetInput,
  Experiment,
  Int64,
  LoggedModel,
  MetricHistory,
  MetricPoint,
  ModelVersion,
  RegisteredModel,
  Run,
} from '../../extension/tracking/model';

/** Our entities in the shapes of answers.py. What cannot be equal to anything there (a problem) is kept beside. */

const fromEntries = <T>(map: ReadonlyMap<string, T>): Readonly<Record<string, T>> => Object.fromEntries(map);

/** A double as text that tells -0 and NaN, the way `normalize` writes Python's. */
function double(value: number): string {
  return Object.is(value, -0) ? '-0' : String(value);
}

/** A bigint where a number would do breaks the contract of Int64. */
function int64(value: Int64): string {
  const isNeedless = typeof value === 'bigint' && Number.isSafeInteger(Number(value));
  return isNeedless ? `${value}, needlessly a bigint` : String(value);
}

export function describeExperiment({ tags, createdAt, updatedAt, ...rest }: Experiment): unknown {
  return normalize({
    ...rest,
    createdAt: createdAt ?? null,
    updatedAt: updatedAt ?? null,
    tags: fromEntries(tags),
  });
}

export function describeRun(run: Run): unknown {
  const { startedAt, endedAt, params, metrics, tags, datasets, modelOutputs, ...rest } = run;
  return normalize({
    ...rest,
    startedAt: startedAt ?? null,
    endedAt: endedAt ?? null,
    params: fromEntries(params),
    metrics: Object.fromEntries([...metrics].map(([key, point]) => [key, describePoint(point)])),
    tags: fromEntries(tags),
    datasets: datasets.map(describeDataset),
    modelOutputs: modelOutputs.map(({ modelId, step }) => ({ modelId, step: int64(step) })),
  });
}

function describePoint({ value, step, timestamp }: MetricPoint): unknown {
  return { value: double(value), step: int64(step), timestamp };
}

function describeDataset({ schema, profile, context, ...rest }: DatasetInput): unknown {
  return { ...rest, schema: schema ?? null, profile: profile ?? null, context: context ?? null };
}

export function describeHistory({ values, steps, timestamps }: MetricHistory): unknown {
  const isNeedless = steps instanceof BigInt64Array && steps.every((step) => int64(step).includes(','));
  const points = [...values].map((value, index) => [double(value), String(steps[index]), timestamps[index]]);
  return isNeedless ? { needlesslyBigInts: points } : points;
}

/** Without its aliases, which come with the registered model. */
export function describeVersion(version: ModelVersion): unknown {
  const { createdAt, updatedAt, runId, modelId, tags, ...rest } = version;
  return normalize({
    ...rest,
    createdAt: createdAt ?? null,
    updatedAt: updatedAt ?? null,
    runId: runId ?? null,
    modelId: modelId ?? null,
    aliases: undefined,
    tags: fromEntries(tags),
  });
}

export function describeRegisteredModel(model: RegisteredModel): unknown {
  const { createdAt, updatedAt, tags, latestVersions, ...rest } = model;
  return normalize({
    ...rest,
    createdAt: createdAt ?? null,
    updatedAt: updatedAt ?? null,
    tags: fromEntries(tags),
    latestVersions: latestVersions.map(describeVersion),
  });
}

export function describeLoggedModel(model: LoggedModel): unknown {
  const { sourceRunId, createdAt, tags, params, ...rest } = model;
  return normalize({
    ...rest,
    sourceRunId: sourceRunId ?? null,
    createdAt: createdAt ?? null,
    tags: fromEntries(tags),
    params: fromEntries(params),
  });
}

/** Lists that MLflow gives in no order of their own. */
const unordered: ReadonlySet<string> = new Set([
  'datasets',
  'modelInputs',
  'modelOutputs',
  'aliases',
  'latestVersions',
]);

/** Sorts what has no order, and keys, and drops what is undefined; so that two of the same content print the same. */
export function normalize(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(normalize);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value)
    .filter(([, item]) => item !== undefined)
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([key, item]): [string, unknown] => {
      const normal = normalize(item);
      if (!unordered.has(key) || !Array.isArray(normal)) return [key, normal];
      return [key, (normal as unknown[]).sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1))];
    });
  return Object.fromEntries(entries);
}

/** Python's text of a double, as ours. */
export function readDouble(text: string): string {
  const words: Readonly<Record<string, number>> = { nan: NaN, inf: Infinity, '-inf': -Infinity };
  return double(words[text] ?? Number(text));
}
