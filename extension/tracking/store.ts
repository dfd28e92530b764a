import type { Editors, VersionKey } from './editors';
import type {
  Artifact,
  Experiment,
  LoggedModel,
  MetricHistory,
  ModelVersion,
  Page,
  RegisteredModel,
  Run,
} from './model';

export type LifecycleView = 'active' | 'deleted' | 'all';

/** What to list and which page of it. `pageSize` is 1 to 1,000: a larger page stalls a real server for seconds. */
export interface PageRequest {
  readonly pageSize: number;
  readonly pageToken?: string | undefined;
}

export interface ExperimentQuery extends PageRequest {
  readonly view: LifecycleView;
}

export interface RunQuery extends PageRequest {
  readonly experimentIds: readonly string[];
  readonly view: LifecycleView;
  /** MLflow's search grammar (reference/REST.md §10). */
  readonly filter?: string | undefined;
  /** `key [ASC|DESC]` each; the store's own default is newest first. */
  readonly orderBy?: readonly string[] | undefined;
}

export interface ModelQuery extends PageRequest {
  /** MLflow's search grammar for registered models (reference/REST.md §10). */
  readonly filter?: string | undefined;
}

export interface ModelVersionQuery extends PageRequest {
  /** The registered model's name, exactly. */
  readonly name: string;
}

export interface LoggedModelQuery extends PageRequest {
  readonly experimentId: string;
  readonly sourceRunId?: string | undefined;
}

/** Where to go on with a file of which the beginning is there already. */
export interface ResumePoint {
  /** In bytes from its beginning. */
  readonly from: number;
  /** What an earlier ArtifactStream of the file said. */
  readonly version: string;
}

/** A file among a run's artifacts as it arrives; no more of it is in memory than a few chunks. */
export interface ArtifactStream {
  /** Where in the file the first chunk belongs: where it was asked to go on, else 0, as when it has become another. */
  readonly from: number;
  /** Of the whole file in bytes, where that is known beforehand. */
  readonly size: number | undefined;
  /** Stays the same as long as the file does; undefined where nothing tells. */
  readonly version: string | undefined;
  /** To be read once, or its signal aborted. Rejects as the store's methods do. */
  readonly chunks: AsyncIterable<Uint8Array>;
}

/** A file to be sent. */
export interface FileSource {
  /** In bytes. */
  readonly size: number;
  /** Its bytes from the beginning, as often as they are asked for. */
  readonly read: () => AsyncIterable<Uint8Array>;
}

/** What answered when the connection was made. */
export interface StoreInfo {
  /** MLflow's version (`3.17.2`), where the store tells. */
  readonly version: string | undefined;
  /** What the user should know about the store though it can be read, in one sentence: `Its schema is newer than …`. */
  readonly notice?: string | undefined;
}

/** What somebody else changed in the store, as far as the store can tell. */
export type StoreChange =
  | { readonly kind: 'all' }
  /** Experiments came, went or changed. */
  | { readonly kind: 'experiments' }
  /** Runs of the experiment came, went or changed. */
  | { readonly kind: 'runs'; readonly experimentId: string }
  | { readonly kind: 'models' };

/** The same for changes that mean the same, however often they are told. */
export function keyOfChange(change: StoreChange): string {
  return change.kind === 'runs' ? `runs ${change.experimentId}` : change.kind;
}

/**
 * Where MLflow keeps experiments, runs and models: a tracking server, an mlflow.db or an mlruns directory.
 *
 * Every method rejects with a TrackingError, or with the signal's reason once that is aborted, and settles within the
 * store's own timeouts. What a store cannot offer at all (an old server without logged models) is empty, not an error.
 */
export interface TrackingStore {
  /** Checks that MLflow answers and may be read: the first call on a new store. */
  connect(signal: AbortSignal): Promise<StoreInfo>;

  /** Newest first by creation time. */
  searchExperiments(query: ExperimentQuery, signal: AbortSignal): Promise<Page<Experiment>>;

  /** Newest first by start time unless `orderBy` says otherwise. One request. */
  searchRuns(query: RunQuery, signal: AbortSignal): Promise<Page<Run>>;

  /**
   * Those of the runs that exist and belong to the experiment, deleted ones too, in no particular order. One request
   * where the store can, behind all others that wait: it is what polling asks.
   */
  getRuns(experimentId: string, runIds: readonly string[], signal: AbortSignal): Promise<readonly Run[]>;

  getRun(runId: string, signal: AbortSignal): Promise<Run>;

  /**
   * Every point of a metric in the order in which the store keeps them; empty where the run has no such metric. `known` is
   * what this store answered before: it may then read only what has come since.
   */
  getMetricHistory(
    runId: string,
    key: string,
    signal: AbortSignal,
    known?: MetricHistory,
  ): Promise<MetricHistory>;

  /**
   * A sample of a metric's points by run, first and last included, in one quick request; of at most 100 runs. Runs without
   * the metric are left out. Absent where reading all points is quick, empty where a server has no samples.
   */
  getMetricPreview?(
    runIds: readonly string[],
    key: string,
    signal: AbortSignal,
  ): Promise<ReadonlyMap<string, MetricHistory>>;

  /** What lies directly in a folder of the run's artifacts, `''` being their root; in the store's own order. */
  listArtifacts(runId: string, path: string, signal: AbortSignal): Promise<readonly Artifact[]>;

  /**
   * The bytes of a file among the run's artifacts; undefined if there is none, as where a folder lies. Rejects with
   * `tooLarge` for more than `limit` bytes, and refuses paths that lead out of the artifacts.
   */
  readArtifact(
    runId: string,
    path: string,
    limit: number,
    signal: AbortSignal,
  ): Promise<Uint8Array | undefined>;

  /**
   * A file among the run's artifacts piece by piece, however large; undefined if there is none. It may take any time, but not
   * fall silent for longer than an answer may take.
   */
  openArtifact(
    runId: string,
    path: string,
    resume: ResumePoint | undefined,
    signal: AbortSignal,
  ): Promise<ArtifactStream | undefined>;

  /**
   * Puts a file among the run's artifacts, in place of one that is there. Absent where MLflow's own client does that. Rejects with
   * `unsupported` for artifacts that a server does not take, with `tooLarge` for more than it takes.
   */
  uploadArtifact?(runId: string, path: string, file: FileSource, signal: AbortSignal): Promise<void>;

  /**
   * The folder of this machine in which the run's artifacts lie, or will; absent for servers. Rejects with `unsupported` where they lie
   * elsewhere.
   */
  artifactFolder?(runId: string, signal: AbortSignal): Promise<string>;

  /** Prompts, which MLflow keeps among the registered models, are left out. */
  searchRegisteredModels(query: ModelQuery, signal: AbortSignal): Promise<Page<RegisteredModel>>;

  getRegisteredModel(name: string, signal: AbortSignal): Promise<RegisteredModel>;

  /** Newest version first. Aliases are not filled in: they come with the registered model. */
  searchModelVersions(query: ModelVersionQuery, signal: AbortSignal): Promise<Page<ModelVersion>>;

  /** Without its aliases, as in a search. */
  getModelVersion(key: VersionKey, signal: AbortSignal): Promise<ModelVersion>;

  searchLoggedModels(query: LoggedModelQuery, signal: AbortSignal): Promise<Page<LoggedModel>>;

  getLoggedModel(modelId: string, signal: AbortSignal): Promise<LoggedModel>;

  /** What lies directly in a folder of a logged model's files, as `listArtifacts` has it. */
  listLoggedModelFiles(modelId: string, path: string, signal: AbortSignal): Promise<readonly Artifact[]>;

  /** The text of a small file of a logged model, such as `MLmodel`; undefined if there is none. */
  readLoggedModelFile(modelId: string, path: string, signal: AbortSignal): Promise<string | undefined>;

  /** The text of a small file among a model version's artifacts, such as `MLmodel`; undefined if there is none. */
  readModelVersionFile(
    version: Pick<ModelVersion, 'name' | 'version'>,
    path: string,
    signal: AbortSignal,
  ): Promise<string | undefined>;

  /** The way to change a part of it; none, or absent, where that is only read. */
  editor?<Part extends keyof Editors>(part: Part, signal: AbortSignal): Promise<Editors[Part] | undefined>;

  /**
   * Has the listener called about what others change in what was read, within about a second and no more often than
   * about once a second, until `dispose`. Absent where a store cannot tell by itself.
   */
  watch?(listener: (change: StoreChange) => void): void;

  /** Ends what is under way; later calls reject. */
  dispose(): void;
}
