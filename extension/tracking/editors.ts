import type { RunStatus, Timestamp } from './model';

/**
 * What can be changed where MLflow keeps its data. Every method rejects with a TrackingError, or with the signal's reason; a
 * refusal leaves the store as it was. None repeats a request that is not the same when done twice.
 */
export interface RunEditor {
  /** Answers the new experiment's id. */
  createExperiment(name: string, signal: AbortSignal): Promise<string>;
  renameExperiment(experimentId: string, name: string, signal: AbortSignal): Promise<void>;
  /** A value has at most 5,000 characters. */
  setExperimentTag(experimentId: string, key: string, value: string, signal: AbortSignal): Promise<void>;
  /** Servers that cannot take a tag away keep it with nothing in it. */
  deleteExperimentTag(experimentId: string, key: string, signal: AbortSignal): Promise<void>;
  /** Moves it, with its runs, to the deleted ones. */
  deleteExperiment(experimentId: string, signal: AbortSignal): Promise<void>;
  restoreExperiment(experimentId: string, signal: AbortSignal): Promise<void>;

  /** Answers the new run's id; it is RUNNING. */
  createRun(experimentId: string, name: string, signal: AbortSignal): Promise<string>;
  renameRun(runId: string, name: string, signal: AbortSignal): Promise<void>;
  setRunTag(runId: string, key: string, value: string, signal: AbortSignal): Promise<void>;
  deleteRunTag(runId: string, key: string, signal: AbortSignal): Promise<void>;
  deleteRun(runId: string, signal: AbortSignal): Promise<void>;
  restoreRun(runId: string, signal: AbortSignal): Promise<void>;
  /** Gives a run its last state. */
  endRun(
    runId: string,
    status: Extract<RunStatus, 'FINISHED' | 'FAILED' | 'KILLED'>,
    endedAt: Timestamp,
    signal: AbortSignal,
  ): Promise<void>;
}

/** A version of a registered model. */
export interface VersionKey {
  readonly name: string;
  readonly version: string;
}

/** What a version is made from. */
export interface NewVersion {
  /** Of the registered model, which exists. */
  readonly name: string;
  /** `runs:/…`, `models:/…` or any URI at which the model lies. */
  readonly source: string;
  readonly runId?: string | undefined;
  /** Of the logged model. */
  readonly modelId?: string | undefined;
}

export interface RegistryEditor {
  createModel(name: string, signal: AbortSignal): Promise<void>;
  renameModel(name: string, newName: string, signal: AbortSignal): Promise<void>;
  describeModel(name: string, description: string, signal: AbortSignal): Promise<void>;
  /** With all its versions. */
  deleteModel(name: string, signal: AbortSignal): Promise<void>;
  setModelTag(name: string, key: string, value: string, signal: AbortSignal): Promise<void>;
  deleteModelTag(name: string, key: string, signal: AbortSignal): Promise<void>;

  /** Answers the new version. */
  createVersion(version: NewVersion, signal: AbortSignal): Promise<string>;
  describeVersion(key: VersionKey, description: string, signal: AbortSignal): Promise<void>;
  deleteVersion(key: VersionKey, signal: AbortSignal): Promise<void>;
  setVersionTag(key: VersionKey, tag: string, value: string, signal: AbortSignal): Promise<void>;
  deleteVersionTag(key: VersionKey, tag: string, signal: AbortSignal): Promise<void>;
  /** `stage` as MLflow spells it; `archiveOthers` archives what is in that stage. */
  setStage(key: VersionKey, stage: string, archiveOthers: boolean, signal: AbortSignal): Promise<void>;

  /** Points the alias at that version, from wherever it pointed before. */
  setAlias(name: string, alias: string, version: string, signal: AbortSignal): Promise<void>;
  deleteAlias(name: string, alias: string, signal: AbortSignal): Promise<void>;
}

/** Both ways of changing a store. */
export interface Editors {
  readonly runs: RunEditor;
  readonly registry: RegistryEditor;
}
