import { toRunStatus, type DatasetInput, type MetricPoint, type ModelOutput, type Run } from '../../model';
import { decodeLifecycle } from './experiments';
import {
  readDouble,
  readField,
  readInt64,
  readObject,
  readObjects,
  readOptionalText,
  readPairs,
  readText,
  readTimestamp,
  type Fields,
} from './fields';

/** A `Run` message (reference/REST.md §3); undefined without an id. */
export function decodeRun(fields: Fields): Run | undefined {
  const info = readObject(fields, 'info');
  const data = readObject(fields, 'data');
  const inputs = readObject(fields, 'inputs');
  // `run_uuid` is the older name of the same thing.
  const id = readOptionalText(info, 'run_id') ?? readOptionalText(info, 'run_uuid');
  if (id === undefined) return undefined;
  const tags = readPairs(data, 'tags');
  return {
    id,
    name: readOptionalText(info, 'run_name') ?? tags.get('mlflow.runName') ?? '',
    experimentId: readText(info, 'experiment_id'),
    status: toRunStatus(readText(info, 'status')),
    lifecycle: decodeLifecycle(info),
    startedAt: readTimestamp(info, 'start_time'),
    endedAt: readTimestamp(info, 'end_time'),
    userId: readText(info, 'user_id'),
    artifactUri: readText(info, 'artifact_uri'),
    params: readPairs(data, 'params'),
    metrics: decodeMetrics(data),
    tags,
    datasets: readObjects(inputs, 'dataset_inputs').map(decodeDataset),
    modelInputs: readObjects(inputs, 'model_inputs').flatMap((it) => readOptionalText(it, 'model_id') ?? []),
    modelOutputs: readObjects(readObject(fields, 'outputs'), 'model_outputs').flatMap(decodeModelOutput),
  };
}

/** The server gives each metric once, with its latest point. */
function decodeMetrics(data: Fields): ReadonlyMap<string, MetricPoint> {
  return new Map(
    readObjects(data, 'metrics').flatMap((metric): [string, MetricPoint][] => {
      const key = readField(metric, 'key');
      return typeof key === 'string' ? [[key, decodeMetricPoint(metric)]] : [];
    }),
  );
}

/** A `Metric` message but for its key. */
export function decodeMetricPoint(metric: Fields): MetricPoint {
  return {
    value: readDouble(metric, 'value'),
    step: readInt64(metric, 'step') ?? 0,
    timestamp: readTimestamp(metric, 'timestamp') ?? 0,
  };
}

/** A `MetricWithRunId` message; undefined without a run's id. */
export function decodeMetricOfRun(
  metric: Fields,
): { readonly runId: string; readonly point: MetricPoint } | undefined {
  const runId = readOptionalText(metric, 'run_id');
  return runId === undefined ? undefined : { runId, point: decodeMetricPoint(metric) };
}

/** A `DatasetInput` message; its context is a tag beside the dataset. */
function decodeDataset(input: Fields): DatasetInput {
  const dataset = readObject(input, 'dataset');
  return {
    name: readText(dataset, 'name'),
    digest: readText(dataset, 'digest'),
    sourceType: readText(dataset, 'source_type'),
    source: readText(dataset, 'source'),
    schema: readOptionalText(dataset, 'schema'),
    profile: readOptionalText(dataset, 'profile'),
    context: readPairs(input, 'tags').get('mlflow.data.context'),
  };
}

function decodeModelOutput(output: Fields): readonly ModelOutput[] {
  const modelId = readOptionalText(output, 'model_id');
  return modelId === undefined ? [] : [{ modelId, step: readInt64(output, 'step') ?? 0 }];
}
