import { join } from 'node:path';
import { explainFileFailure } from './artifacts';
import { openFile } from './openFile';
import { TrackingError, type TrackingErrorKind } from '../errors';
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
  ArtifactStream,
  ExperimentQuery,
  LoggedModelQuery,
  ModelQuery,
  ModelVersionQuery,
  ResumePoint,
  RunQuery,
  StoreChange,
  StoreInfo,
  TrackingStore,
} from '../store';
import type { Answer, Failure } from '../worker/messages';
import { WorkerCalls } from '../worker/workerCalls';
import type { LocalTarget, LocalTask, ReadMethod } from './localTasks';
import type { ArtifactBytes, LocatedFile, StoreReader } from './storeReader';

/** What a hundred thousand runs need at most, several times over. */
const workerHeapMegabytes = 512;

type ArgsOf<Method extends ReadMethod> = Parameters<StoreReader[Method]>;

/**
 * An mlflow.db or an mlruns directory on this machine, read as it is: no Python, no server, not a byte changed. All
 * reading is synchronous in a worker thread (promises were ten times slower, reference/PERFORMANCE.md §1a).
 */
export class LocalStore implements TrackingStore {
  private readonly calls: WorkerCalls<LocalTask>;
  private readonly closing = new AbortController();
  private listener: ((change: StoreChange) => void) | undefined;

  constructor(target: LocalTarget) {
    this.calls = new WorkerCalls({
      file: join(__dirname, 'localWorker.js'),
      workerData: target,
      heapMegabytes: workerHeapMegabytes,
      revive,
      explainEnd,
      onEvent: (changes) => {
        for (const change of changes as readonly StoreChange[]) this.listener?.(change);
      },
    });
  }

  async connect(signal: AbortSignal): Promise<StoreInfo> {
    return (await this.read('connect', [], signal)).rest as StoreInfo;
  }

  async searchExperiments(query: ExperimentQuery, signal: AbortSignal): Promise<Page<Experiment>> {
    return toPage(await this.read('searchExperiments', [query], signal));
  }

  async searchRuns(query: RunQuery, signal: AbortSignal): Promise<Page<Run>> {
    return toPage(await this.read('searchRuns', [query], signal));
  }

  async getRuns(
    experimentId: string,
    runIds: readonly string[],
    signal: AbortSignal,
  ): Promise<readonly Run[]> {
    return (await this.read('getRuns', [experimentId, runIds], signal)).items as readonly Run[];
  }

  async getRun(runId: string, signal: AbortSignal): Promise<Run> {
    return (await this.read('getRun', [runId], signal)).rest as Run;
  }

  async getMetricHistory(runId: string, key: string, signal: AbortSignal): Promise<MetricHistory> {
    return (await this.read('getMetricHistory', [runId, key], signal)).rest as MetricHistory;
  }

  async listArtifacts(runId: string, path: string, signal: AbortSignal): Promise<readonly Artifact[]> {
    return (await this.read('listArtifacts', [runId, path], signal)).items as readonly Artifact[];
  }

  async readArtifact(
    runId: string,
    path: string,
    limit: number,
    signal: AbortSignal,
  ): Promise<Uint8Array | undefined> {
    return ((await this.read('readArtifact', [runId, path, limit], signal)).rest as ArtifactBytes).bytes;
  }

  /** Found by the worker, as listings are; read here, since its answers come whole. */
  async openArtifact(
    runId: string,
    path: string,
    resume: ResumePoint | undefined,
    signal: AbortSignal,
  ): Promise<ArtifactStream | undefined> {
    const { rest } = await this.read('locateArtifact', [runId, path], signal);
    if (rest === undefined) return undefined;
    const inner = AbortSignal.any([signal, this.closing.signal]);
    return await openFile(
      (rest as LocatedFile).path,
      resume,
      (error) => explainFileFailure(path, error),
      inner,
    );
  }

  async artifactFolder(runId: string, signal: AbortSignal): Promise<string> {
    return (await this.read('artifactFolder', [runId], signal)).rest as string;
  }

  async searchRegisteredModels(query: ModelQuery, signal: AbortSignal): Promise<Page<RegisteredModel>> {
    return toPage(await this.read('searchRegisteredModels', [query], signal));
  }

  async getRegisteredModel(name: string, signal: AbortSignal): Promise<RegisteredModel> {
    return (await this.read('getRegisteredModel', [name], signal)).rest as RegisteredModel;
  }

  async searchModelVersions(query: ModelVersionQuery, signal: AbortSignal): Promise<Page<ModelVersion>> {
    return toPage(await this.read('searchModelVersions', [query], signal));
  }

  async getModelVersion(key: VersionKey, signal: AbortSignal): Promise<ModelVersion> {
    return (await this.read('getModelVersion', [key], signal)).rest as ModelVersion;
  }

  async searchLoggedModels(query: LoggedModelQuery, signal: AbortSignal): Promise<Page<LoggedModel>> {
    return toPage(await this.read('searchLoggedModels', [query], signal));
  }

  async getLoggedModel(modelId: string, signal: AbortSignal): Promise<LoggedModel> {
    return (await this.read('getLoggedModel', [modelId], signal)).rest as LoggedModel;
  }

  async listLoggedModelFiles(
    modelId: string,
    path: string,
    signal: AbortSignal,
  ): Promise<readonly Artifact[]> {
    return (await this.read('listLoggedModelFiles', [modelId, path], signal)).items as readonly Artifact[];
  }

  async readLoggedModelFile(modelId: string, path: string, signal: AbortSignal): Promise<string | undefined> {
    return (await this.read('readLoggedModelFile', [modelId, path], signal)).rest as string | undefined;
  }

  async readModelVersionFile(
    { name, version }: Pick<ModelVersion, 'name' | 'version'>,
    path: string,
    signal: AbortSignal,
  ): Promise<string | undefined> {
    const { rest } = await this.read('readModelVersionFile', [{ name, version }, path], signal);
    return rest as string | undefined;
  }

  watch(listener: (change: StoreChange) => void): void {
    this.listener = listener;
    this.watchInWorker();
  }

  dispose(): void {
    this.listener = undefined;
    this.closing.abort(new DOMException('The connection was closed.', 'AbortError'));
    if (!this.calls.isRunning) return;
    const end = (): void => {
      this.calls.dispose();
    };
    this.calls.call({ kind: 'close' }, new AbortController().signal).then(end, end);
  }

  private async read<Method extends ReadMethod>(
    method: Method,
    args: ArgsOf<Method>,
    signal: AbortSignal,
  ): Promise<Answer> {
    const isNewWorker = !this.calls.isRunning;
    const task = { kind: 'read', method, args } as LocalTask;
    const answering = this.calls.call(task, AbortSignal.any([signal, this.closing.signal]));
    // A worker that died took its watches with it.
    if (isNewWorker && this.listener) this.watchInWorker();
    return await answering;
  }

  private watchInWorker(): void {
    // Without watches what is shown is as of the last refresh; nobody waits for the answer.
    this.calls.call({ kind: 'watch' }, this.closing.signal).catch(() => undefined);
  }
}

function toPage<T>({ items, rest }: Answer): Page<T> {
  const { nextPageToken } = rest as Pick<Page<T>, 'nextPageToken'>;
  return { items: items as readonly T[], nextPageToken };
}

function revive({ kind, message, stack }: Failure): Error {
  if (kind !== undefined) return new TrackingError(kind as TrackingErrorKind, message);
  const error = new Error(message);
  if (stack !== undefined) error.stack = stack;
  return error;
}

function explainEnd(cause: NodeJS.ErrnoException | undefined): TrackingError {
  if (!cause) return new TrackingError('unreachable', 'The connection was closed.');
  if (cause.code !== 'ERR_WORKER_OUT_OF_MEMORY') {
    return new TrackingError('malformed', `Reading the store failed: ${cause.message}`, { cause });
  }
  return new TrackingError('tooLarge', 'There is too much in the store to be read at once.', { cause });
}
