import { event, request } from './channel';
import { isRecordOf, isText } from './guards';
import type { Entry, MetricRow } from './runSummary';

/** The preview of a model: an MLmodel and what lies beside it, a version of a registered model, or a logged model. All JSON, all text a stranger's. */

/** Which model; this is what survives a restart of VS Code. */
export type ModelSubject =
  | { readonly kind: 'file'; readonly uri: string }
  | {
      readonly kind: 'version';
      readonly connectionUri: string;
      readonly modelName: string;
      readonly version: string;
    }
  | { readonly kind: 'loggedModel'; readonly connectionUri: string; readonly modelId: string };

export type ModelPreviewSnapshot =
  | { readonly kind: 'loading'; readonly subject: ModelSubject }
  | { readonly kind: 'failed'; readonly subject: ModelSubject; readonly cause: string }
  | { readonly kind: 'ready'; readonly subject: ModelSubject; readonly model: ModelPreview };

export interface ModelPreview {
  readonly name: string;
  /** What Python's `load_model` takes for it. */
  readonly uri: string;
  /** Python code that loads the model. */
  readonly code: string;
  /** What of the MLmodel cannot be read; the rest is as far as it could be. */
  readonly problems: readonly Problem[];
  readonly facts: ModelFacts;
  readonly version?: VersionFacts;
  readonly logged?: LoggedFacts;
  /** Absent where the model says nothing of what it takes and gives. */
  readonly signature?: Signature;
  readonly flavors: readonly FlavorPreview[];
  readonly dependencies: Dependencies;
  readonly example?: Example;
  readonly run?: SourceRun;
  readonly resources: readonly Entry[];
  readonly metadata: readonly Entry[];
  /** What a logged model was made with, as it was logged. */
  readonly loggedParams: readonly Entry[];
  /** A version's or a logged model's own tags. */
  readonly tags: readonly Entry[];
  /** Keys of the MLmodel that none of the above is made of. */
  readonly otherKeys: readonly Entry[];
  readonly files: readonly FileRow[];
}

export interface Problem {
  readonly text: string;
  /** Where in the MLmodel it lies, from 1. */
  readonly line?: number;
}

export interface ModelFacts {
  readonly mlflowVersion?: string;
  /** Milliseconds since the epoch, or the text as it stands where that is no time. */
  readonly createdAt?: number | string;
  /** In bytes. */
  readonly size?: number;
  readonly pythonVersion?: string;
  readonly modelId?: string;
  readonly modelUuid?: string;
  readonly artifactPath?: string;
  readonly codePath?: string;
  readonly databricksRuntime?: string;
  /** The versions that were made of it, as far as that is known. */
  readonly registered: readonly RegisteredVersion[];
}

export interface RegisteredVersion {
  readonly modelName: string;
  readonly version: string;
  readonly aliases: readonly string[];
  /** Empty where it has none. */
  readonly stage: string;
}

/** What the registry says of a version. */
export interface VersionFacts extends RegisteredVersion {
  readonly status: 'READY' | 'PENDING_REGISTRATION' | 'FAILED_REGISTRATION' | 'UNKNOWN';
  readonly statusMessage: string;
  readonly description: string;
  readonly source: string;
  readonly registeredAt?: number;
  readonly changedAt?: number;
  /** What is wrong with the version as it lies in the store. */
  readonly problem?: string;
}

/** What a store says of a logged model. */
export interface LoggedFacts {
  /** As MLflow names it: `READY`. */
  readonly status: string;
  readonly modelType: string;
  /** What is wrong with it as it lies in the store. */
  readonly problem?: string;
}

export interface Signature {
  readonly inputs: readonly SpecRow[];
  readonly outputs: readonly SpecRow[];
  readonly params: readonly SpecRow[];
}

/** A column, tensor, parameter or property. */
export interface SpecRow {
  /** Absent where it has none. */
  readonly name?: string;
  /** In words: `array of object`. */
  readonly type: string;
  readonly isRequired: boolean;
  /** Of a parameter, as JSON. */
  readonly fallback?: string;
  /** The properties of an object, also of one within arrays and maps. */
  readonly properties?: readonly SpecRow[];
}

export interface FlavorPreview {
  readonly name: string;
  /** For people. */
  readonly title: string;
  readonly about?: string;
  /** Of the package that it needs. */
  readonly version?: string;
  readonly keys: readonly Entry[];
  /** How it is loaded in Python; absent where that is not known. */
  readonly code?: string;
  /** What code runs when it is loaded, in plain words. */
  readonly warning?: string;
}

/** What a model needs, by package, as the files beside it say. */
export interface Dependencies {
  readonly rows: readonly DependencyRow[];
  /** What is said of each place that speaks of dependencies: `conda.yaml is missing.` */
  readonly notes: readonly string[];
  readonly isLoading: boolean;
}

export const dependencyPlaces = ['MLmodel', 'requirements.txt', 'conda.yaml', 'python_env.yaml'] as const;
export type DependencyPlace = (typeof dependencyPlaces)[number];

export interface DependencyRow {
  readonly name: string;
  /** What each place says of it, in the order of `dependencyPlaces`; empty where one says nothing. */
  readonly says: readonly string[];
  /** Why the places do not agree. */
  readonly disagreement?: string;
}

export interface Example {
  readonly file: string;
  /** What MLflow calls its kind: `dataframe`. */
  readonly type: string;
  readonly content: ExampleContent;
}

export type ExampleContent =
  | { readonly kind: 'loading' }
  | { readonly kind: 'missing' }
  | { readonly kind: 'failed'; readonly cause: string }
  /** The first rows of a table. */
  | {
      readonly kind: 'table';
      readonly columns: readonly string[];
      readonly rows: readonly (readonly string[])[];
      readonly total: number;
    }
  /** The beginning of a text. */
  | { readonly kind: 'text'; readonly text: string; readonly isCut: boolean };

/** The run that made the model. */
export interface SourceRun {
  readonly id: string;
  /** Absent while it is not known. */
  readonly name?: string;
  readonly experimentName?: string;
  /** Absent while they are read, and where the run is not to be had. */
  readonly metrics?: readonly MetricRow[];
  /** Why it cannot be read. */
  readonly problem?: string;
}

/** A file that the model is made of. */
export interface FileRow {
  readonly name: string;
  /** What it is to the model. */
  readonly role: string;
  /** `unlisted`: the store tells of no such file without giving it. */
  readonly state: 'loading' | 'there' | 'missing' | 'unlisted' | 'failed';
  readonly isFolder: boolean;
  /** Whether it can be opened: no folder of a store can. */
  readonly opens: boolean;
  /** In bytes, where that is known. */
  readonly size?: number;
}

/** Extension → view: all there is to show, replacing what was there. */
export const show = event<ModelPreviewSnapshot>('modelPreview/show');

/** View → extension: read all again, or try again after a failure. Settles when the new state was sent. */
export const refresh = request<null, null>('modelPreview/refresh', isNull);

/** View → extension: put the whole input example on the clipboard. */
export const copyExample = request<null, null>('modelPreview/copyExample', isNull);

/** View → extension: open one of the model's files in an editor, at a line from 1; 0 for none. */
export const openFile = event<FilePlace>(
  'modelPreview/openFile',
  isRecordOf<FilePlace>({ name: isText, line: isLine }),
);

export interface FilePlace {
  readonly name: string;
  readonly line: number;
}

/** View → extension: open the run that made the model. */
export const openRun = event<null>('modelPreview/openRun', isNull);

/** View → extension: open the page of the version in MLflow's web UI. */
export const openInBrowser = event<null>('modelPreview/openInBrowser', isNull);

/** View → extension: show one of the versions that were made of the model. */
export const openVersion = event<VersionPlace>(
  'modelPreview/openVersion',
  isRecordOf<VersionPlace>({ modelName: isText, version: isText }),
);

export interface VersionPlace {
  readonly modelName: string;
  readonly version: string;
}

function isNull(value: unknown): value is null {
  return value === null;
}

function isLine(value: unknown): value is number {
  return typeof value === 'number' && Number.isInteger(value) && value >= 0;
}
