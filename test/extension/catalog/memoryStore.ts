import { TrackingError } from '../../../extension/tracking/errors';
import { toMetricHistory } from '../../../extension/tracking/metricHistory';
import type {
  Artifact,
  Experiment,
  LoggedModel,
  MetricHistory,
  ModelVersion,
  Page,
  RegisteredModel,
  Run,
} from '../../../extension/tracking/model';
import type {
  ExperimentQuery,
  LifecycleView,
  LoggedModelQuery,
  ModelVersionQuery,
  PageRequest,
  RunQuery,
  StoreInfo,
  TrackingStore,
} from '../../../extension/tracking/store';

type Method = Exclude<keyof TrackingStore, 'dispose' | 'watch'>;

/**
 * A store in memory that counts what it is asked. Pages by offset, as MLflow does; fails and waits where it is told to.
 */
export class MemoryStore implements TrackingStore {
  experiments: Experiment[] = [];
  runs: Run[] = [];
  models: RegisteredModel[] = [];
  versions: ModelVersion[] = [];
  loggedModels: LoggedModel[] = [];
  /** By run id, then by folder. */
  artifacts = new Map<string, Map<string, Artifact[]>>();
  /** The MLmodel of each version, by `name/version`. */
  files = new Map<string, string>();

  /** Every call in order. */
  readonly calls: { readonly method: Method; readonly about: unknown }[] = [];
  private readonly failures = new Map<Method, Error>();
  private gate: { readonly opened: Promise<void>; readonly open: () => void } | undefined;

  count(method?: Method): number {
    return method ? this.calls.filter((call) => call.method === method).length : this.calls.length;
  }

  /** What the calls of a method were about. */
  abouts(method: Method): unknown[] {
    return this.calls.filter((call) => call.method === method).map((call) => call.about);
  }

  forgetCalls(): void {
    this.calls.length = 0;
  }

  /** Makes a method fail until `undefined` mends it. */
  fail(method: Method, error: Error | undefined = new TrackingError('refused', 'Nobody answers.')): void {
    this.failures.set(method, error);
  }

  mend(): void {
    this.failures.clear();
  }

  /** Lets every call wait until the answer is called. */
  hold(): () => void {
    let open = (): void => undefined;
    const opened = new Promise<void>((resolve) => {
      open = resolve;
    });
    const gate = { opened, open };
    this.gate = gate;
    return () => {
      if (this.gate === gate) this.gate = undefined;
      open();
    };
  }

  connect(signal: AbortSignal): Promise<StoreInfo> {
    return this.answer('connect', undefined, signal, () => ({ version: '3.17.2' }));
  }

  searchExperiments(query: ExperimentQuery, signal: AbortSignal): Promise<Page<Experiment>> {
    return this.answer('searchExperiments', query, signal, () =>
      page(
        this.experiments.filter((experiment) => shows(query.view, experiment.lifecycle)),
        query,
      ),
    );
  }

  searchRuns(query: RunQuery, signal: AbortSignal): Promise<Page<Run>> {
    return this.answer('searchRuns', query, signal, () => page(this.findRuns(query), query));
  }

  getRuns(experimentId: string, runIds: readonly string[], signal: AbortSignal): Promise<readonly Run[]> {
    return this.answer('getRuns', runIds, signal, () =>
      this.runs.filter((run) => run.experimentId === experimentId && runIds.includes(run.id)),
    );
  }

  getRun(runId: string, signal: AbortSignal): Promise<Run> {
    return this.answer('getRun', runId, signal, () => {
      const run = this.runs.find((candidate) => candidate.id === runId);
      if (!run) throw new TrackingError('notFound', `Run ${runId} does not exist.`);
      return run;
    });
  }

  getMetricHistory(runId: string, key: string, signal: AbortSignal): Promise<MetricHistory> {
    return this.answer('getMetricHistory', `${runId} ${key}`, signal, () => toMetricHistory([]));
  }

  listArtifacts(runId: string, path: string, signal: AbortSignal): Promise<readonly Artifact[]> {
    return this.answer('listArtifacts', path, signal, () => this.artifacts.get(runId)?.get(path) ?? []);
  }

  searchRegisteredModels(query: PageRequest, signal: AbortSignal): Promise<Page<RegisteredModel>> {
    return this.answer('searchRegisteredModels', query, signal, () => page(this.models, query));
  }

  getRegisteredModel(name: string, signal: AbortSignal): Promise<RegisteredModel> {
    return this.answer('getRegisteredModel', name, signal, () => {
      const model = this.models.find((candidate) => candidate.name === name);
      if (!model) throw new TrackingError('notFound', `No model ${name}.`);
      return model;
    });
  }

  searchModelVersions(query: ModelVersionQuery, signal: AbortSignal): Promise<Page<ModelVersion>> {
    return this.answer('searchModelVersions', query, signal, () =>
      page(
        this.versions.filter((version) => version.name === query.name),
        query,
      ),
    );
  }

  searchLoggedModels(query: LoggedModelQuery, signal: AbortSignal): Promise<Page<LoggedModel>> {
    return this.answer('searchLoggedModels', query, signal, () =>
      page(
        this.loggedModels.filter((model) => model.sourceRunId === query.sourceRunId),
        query,
      ),
    );
  }

  readModelVersionFile(
    version: Pick<ModelVersion, 'name' | 'version'>,
    path: string,
    signal: AbortSignal,
  ): Promise<string | undefined> {
    return this.answer('readModelVersionFile', path, signal, () =>
      this.files.get(`${version.name}/${version.version}`),
    );
  }

  dispose(): void {
    this.calls.length = 0;
  }

  private findRuns({ experimentIds, view, filter }: RunQuery): Run[] {
    const parent = filter === undefined ? undefined : /parentRunId` = '(.*)'$/.exec(filter)?.[1];
    return this.runs
      .filter((run) => experimentIds.includes(run.experimentId) && shows(view, run.lifecycle))
      .filter((run) => parent === undefined || run.tags.get('mlflow.parentRunId') === parent)
      .sort((one, other) => (other.startedAt ?? 0) - (one.startedAt ?? 0));
  }

  private async answer<T>(method: Method, about: unknown, signal: AbortSignal, read: () => T): Promise<T> {
    this.calls.push({ method, about });
    signal.throwIfAborted();
    if (this.gate) await Promise.race([this.gate.opened, abortion(signal)]);
    await Promise.resolve();
    signal.throwIfAborted();
    const failure = this.failures.get(method);
    if (failure) throw failure;
    return read();
  }
}

function abortion(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    signal.addEventListener(
      'abort',
      () => {
        reject(signal.reason as Error);
      },
      { once: true },
    );
  });
}

function page<T>(items: readonly T[], { pageSize, pageToken }: PageRequest): Page<T> {
  const start = Number(pageToken ?? 0);
  const end = start + pageSize;
  return { items: items.slice(start, end), nextPageToken: end < items.length ? String(end) : undefined };
}

function shows(view: LifecycleView, lifecycle: string): boolean {
  return view === 'all' || view === lifecycle;
}
