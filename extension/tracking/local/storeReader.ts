import type { VersionKey } from '../editors';
import type {
  Artifact,
  Experiment,
  LoggedModel,
  MetricHistory,
  ModelVersion,
  Page,
  RegisteredModel,
  Run,
} from '../model';
import type {
  ExperimentQuery,
  LoggedModelQuery,
  ModelQuery,
  ModelVersionQuery,
  RunQuery,
  StoreChange,
  StoreInfo,
} from '../store';

/**
 * What LocalStore asks of a store in this machine's files, in the worker thread: TrackingStore without the waiting.
 * Every method throws a TrackingError for what it cannot answer; nothing it does changes a byte of the store.
 */
export interface StoreReader {
  connect(): StoreInfo;
  searchExperiments(query: ExperimentQuery): Page<Experiment>;
  searchRuns(query: RunQuery): Page<Run>;
  getRuns(experimentId: string, runIds: readonly string[]): readonly Run[];
  getRun(runId: string): Run;
  getMetricHistory(runId: string, key: string): MetricHistory;
  listArtifacts(runId: string, path: string): readonly Artifact[];
  readArtifact(runId: string, path: string, limit: number): ArtifactBytes;
  /** Where a file among the run's artifacts lies; undefined if there is none. */
  locateArtifact(runId: string, path: string): LocatedFile | undefined;
  artifactFolder(runId: string): string;
  searchRegisteredModels(query: ModelQuery): Page<RegisteredModel>;
  getRegisteredModel(name: string): RegisteredModel;
  searchModelVersions(query: ModelVersionQuery): Page<ModelVersion>;
  getModelVersion(key: VersionKey): ModelVersion;
  searchLoggedModels(query: LoggedModelQuery): Page<LoggedModel>;
  getLoggedModel(modelId: string): LoggedModel;
  listLoggedModelFiles(modelId: string, path: string): readonly Artifact[];
  readLoggedModelFile(modelId: string, path: string): string | undefined;
  readModelVersionFile(version: Pick<ModelVersion, 'name' | 'version'>, path: string): string | undefined;
  /** Has the listener called when others change what was read. The reader itself need not limit how often. */
  watch(listener: (change: StoreChange) => void): void;
  /** Frees files, watches and private copies. */
  close(): void;
}

/** A file of this machine, links resolved. */
export interface LocatedFile {
  readonly path: string;
}

/** A property of its own, so that its buffer is given away and not copied. */
export interface ArtifactBytes {
  readonly bytes: Uint8Array | undefined;
}

/** What a reader is made with. */
export interface ReaderOptions {
  /** The absolute path of the database file or of the mlruns directory. */
  readonly path: string;
  /** Throws once nobody waits for the answer any more. Called between steps of some milliseconds. */
  readonly throwIfAborted: () => void;
}
