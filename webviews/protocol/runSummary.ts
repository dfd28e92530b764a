import { event, request } from './channel';
import { isOneOf, isRecordOf, isText } from './guards';

/** The run summary: one run, read-only. All values are JSON, and all text in them is a stranger's. */

/** Which run of which connection; this is what survives a restart of VS Code. */
export interface RunSummarySubject {
  readonly runId: string;
  readonly connectionUri: string;
}

export type RunSummarySnapshot =
  | { readonly kind: 'loading'; readonly subject: RunSummarySubject }
  | { readonly kind: 'failed'; readonly subject: RunSummarySubject; readonly cause: string }
  | { readonly kind: 'ready'; readonly subject: RunSummarySubject; readonly run: RunSummary };

export type RunStatus = 'RUNNING' | 'SCHEDULED' | 'FINISHED' | 'FAILED' | 'KILLED' | 'UNKNOWN';

export interface RunSummary {
  readonly id: string;
  readonly name: string;
  readonly status: RunStatus;
  readonly isDeleted: boolean;
  /** What is wrong with the run as it lies in the store; the rest of it is as far as it could be read. */
  readonly problem?: string;
  readonly facts: RunFacts;
  readonly note?: string;
  readonly metrics: readonly MetricRow[];
  readonly params: readonly Entry[];
  readonly tags: readonly Entry[];
  /** MLflow's own tags as they are; what they mean stands in the facts. */
  readonly systemTags: readonly Entry[];
  readonly datasets: readonly DatasetRow[];
  readonly models: ModelList;
}

/** Where the run comes from, and when. */
export interface RunFacts {
  readonly experimentId: string;
  /** Absent while the experiment is not known by name. */
  readonly experimentName?: string;
  readonly startedAt?: number;
  readonly endedAt?: number;
  readonly user?: string;
  readonly source?: string;
  /** `NOTEBOOK`, `JOB`, `PROJECT`, `LOCAL`, … */
  readonly sourceType?: string;
  readonly entryPoint?: string;
  readonly gitCommit?: string;
  readonly gitBranch?: string;
  readonly gitRepository?: string;
  readonly parentRunId?: string;
}

export interface Entry {
  readonly key: string;
  readonly value: string;
}

/** Value and step are text: NaN, infinities and 64-bit integers have no place in JSON. */
export interface MetricRow extends Entry {
  readonly step: string;
  /** Milliseconds since the epoch. */
  readonly loggedAt: number;
}

export interface DatasetRow {
  readonly name: string;
  readonly digest: string;
  readonly context?: string;
  readonly sourceType: string;
  readonly source: string;
  readonly schema?: string;
  readonly profile?: string;
}

export type ModelList =
  | { readonly kind: 'loading' }
  | { readonly kind: 'failed'; readonly cause: string }
  | { readonly kind: 'ready'; readonly models: readonly ModelRow[] };

export interface ModelRow {
  /** Absent for a model that MLflow 2 logged, which is but a folder of the run's artifacts. */
  readonly id?: string;
  readonly name?: string;
  readonly role: 'output' | 'input';
  readonly status?: string;
  readonly type?: string;
  readonly step?: string;
  readonly createdAt?: number;
}

export interface ArtifactRow {
  /** Relative to the run's artifact root. */
  readonly path: string;
  readonly isDirectory: boolean;
  /** In bytes. */
  readonly size?: number;
}

/** Extension → view: all there is to show, replacing what was there. */
export const show = event<RunSummarySnapshot>('runSummary/show');

export interface ArtifactQuery {
  readonly runId: string;
  /** The folder, `''` being the root. */
  readonly path: string;
}

/** View → extension: what lies directly in a folder, folders first. */
export const loadArtifacts = request<ArtifactQuery, readonly ArtifactRow[]>(
  'runSummary/loadArtifacts',
  isRecordOf<ArtifactQuery>({ runId: isText, path: isText }),
);

/** View → extension: read the run again, or try again after a failure. Settles when the new state was sent. */
export const refresh = request<null, null>('runSummary/refresh', (value): value is null => value === null);

const actions = ['copyId', 'copyArtifactUri', 'openInBrowser'] as const;
export type RunAction = (typeof actions)[number];

/** View → extension: run a command on the run that is shown. */
export const runAction = event<{ readonly action: RunAction }>(
  'runSummary/runAction',
  isRecordOf({ action: isOneOf(...actions) }),
);

/** View → extension: show the parent of the shown run instead. */
export const openParent = event<null>('runSummary/openParent', (value): value is null => value === null);
