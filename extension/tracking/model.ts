/**
 * What MLflow keeps, in MLflow's words and our shapes. Plain immutable data: every value here survives a structured
 * clone, so it crosses worker threads as it is. Keyed data are Maps, since keys come from strangers (`__proto__`).
 */

/** A 64-bit integer: a number where that is exact, a bigint beyond ±(2^53 − 1). Both compare and print alike. */
export type Int64 = number | bigint;

/** Milliseconds since the epoch, as MLflow stores times. */
export type Timestamp = number;

export type Lifecycle = 'active' | 'deleted';

/** `UNKNOWN` stands for a status that a newer MLflow may add. */
export type RunStatus = 'RUNNING' | 'SCHEDULED' | 'FINISHED' | 'FAILED' | 'KILLED' | 'UNKNOWN';

const knownStatuses: ReadonlySet<string> = new Set<RunStatus>([
  'RUNNING',
  'SCHEDULED',
  'FINISHED',
  'FAILED',
  'KILLED',
]);

/** The status that MLflow calls so; `UNKNOWN` for any other word. */
export function toRunStatus(word: string): RunStatus {
  return knownStatuses.has(word) ? (word as RunStatus) : 'UNKNOWN';
}

export type Tags = ReadonlyMap<string, string>;

/** What may lie damaged in a store. */
export interface Damageable {
  /** What is wrong with it, in one sentence: `meta.yaml is cut off`. The rest of it is as far as it could be read. */
  readonly problem?: string | undefined;
}

export interface Experiment extends Damageable {
  readonly id: string;
  readonly name: string;
  readonly lifecycle: Lifecycle;
  readonly artifactLocation: string;
  readonly createdAt: Timestamp | undefined;
  readonly updatedAt: Timestamp | undefined;
  readonly tags: Tags;
}

/** One logged value of a metric. `value` may be NaN or ±infinity. */
export interface MetricPoint {
  readonly value: number;
  readonly step: Int64;
  readonly timestamp: Timestamp;
}

/** All logged points of one metric, in columns of equal length. */
export interface MetricHistory {
  readonly values: Float64Array;
  /** Milliseconds since the epoch. */
  readonly timestamps: Float64Array;
  /** BigInt64Array only if some step is beyond ±(2^53 − 1). */
  readonly steps: Float64Array | BigInt64Array;
}

/** A dataset as a run used it. `context` is what the run used it for (`training`, `eval`, …), if it says. */
export interface DatasetInput {
  readonly name: string;
  readonly digest: string;
  readonly sourceType: string;
  /** JSON text that tells where the data came from; its form depends on `sourceType`. */
  readonly source: string;
  readonly schema: string | undefined;
  readonly profile: string | undefined;
  readonly context: string | undefined;
}

/** A logged model that a run produced, and the step at which it did. */
export interface ModelOutput {
  readonly modelId: string;
  readonly step: Int64;
}

export interface Run extends Damageable {
  readonly id: string;
  /** May be empty: servers before 2.0 did not name runs. */
  readonly name: string;
  readonly experimentId: string;
  readonly status: RunStatus;
  readonly lifecycle: Lifecycle;
  readonly startedAt: Timestamp | undefined;
  readonly endedAt: Timestamp | undefined;
  readonly userId: string;
  readonly artifactUri: string;
  readonly params: ReadonlyMap<string, string>;
  /** The latest point of each metric, as MLflow defines latest: greatest step, then timestamp, then value. */
  readonly metrics: ReadonlyMap<string, MetricPoint>;
  readonly tags: Tags;
  readonly datasets: readonly DatasetInput[];
  readonly modelInputs: readonly string[];
  readonly modelOutputs: readonly ModelOutput[];
}

/** A file or folder among a run's artifacts. */
export interface Artifact {
  /** Relative to the run's artifact root, with `/`. */
  readonly path: string;
  readonly isDirectory: boolean;
  /** In bytes; absent for folders and where the store does not know. */
  readonly size: number | undefined;
}

export interface ModelAlias {
  readonly alias: string;
  readonly version: string;
}

export interface RegisteredModel extends Damageable {
  readonly name: string;
  readonly description: string;
  readonly createdAt: Timestamp | undefined;
  readonly updatedAt: Timestamp | undefined;
  readonly tags: Tags;
  readonly aliases: readonly ModelAlias[];
  /** The newest version of each stage, as MLflow gives them with a registered model. */
  readonly latestVersions: readonly ModelVersion[];
}

export type ModelVersionStatus = 'READY' | 'PENDING_REGISTRATION' | 'FAILED_REGISTRATION' | 'UNKNOWN';

export interface ModelVersion extends Damageable {
  readonly name: string;
  /** A whole number, as text. */
  readonly version: string;
  readonly description: string;
  readonly createdAt: Timestamp | undefined;
  readonly updatedAt: Timestamp | undefined;
  /** `None`, `Staging`, `Production`, `Archived`; empty where the server has no stages. */
  readonly stage: string;
  /** `runs:/…`, `models:/m-…` or any other URI. */
  readonly source: string;
  readonly runId: string | undefined;
  readonly modelId: string | undefined;
  readonly status: ModelVersionStatus;
  readonly statusMessage: string;
  readonly tags: Tags;
  readonly aliases: readonly string[];
}

/** A model as MLflow 3 logs it: a thing of its own beside the run that made it. */
export interface LoggedModel extends Damageable {
  readonly id: string;
  readonly experimentId: string;
  readonly name: string;
  /** `PENDING`, `READY`, `UPLOAD_FAILED`, … as MLflow names it, without its `LOGGED_MODEL_` prefix. */
  readonly status: string;
  readonly modelType: string;
  readonly sourceRunId: string | undefined;
  readonly artifactUri: string;
  readonly createdAt: Timestamp | undefined;
  readonly tags: Tags;
  readonly params: ReadonlyMap<string, string>;
}

/** One page of a listing; `nextPageToken` is absent on the last. */
export interface Page<T> {
  readonly items: readonly T[];
  readonly nextPageToken: string | undefined;
}

/** Whether the run may still change by itself. */
export function isUnfinished(run: Run): boolean {
  return run.status === 'RUNNING' || run.status === 'SCHEDULED';
}

/** The run that this one is nested in, which may lie in another experiment or be gone. */
export function parentRunIdOf(run: Run): string | undefined {
  return run.tags.get('mlflow.parentRunId');
}
