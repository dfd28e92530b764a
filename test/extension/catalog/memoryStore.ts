import type { VersionKey } from '../../../extension/tracking/editors';
import { TrackingError } from '../../../extension/tracking/errors';
import { compileOrder } from '../../../extension/tracking/filter/compareRuns';
import { compileFilter } from '../../../extension/tracking/filter/matchRun';
import { parseRunFilter } from '../../../extension/tracking/filter/parseRunFilter';
import { parseRunOrder } from '../../../extension/tracking/filter/parseRunOrder';
import type { RunFacts } from '../../../extension/tracking/filter/runFacts';
import type { RunAttribute } from '../../../extension/tracking/filter/runFilter';
import { toMetricHistory } from '../../../extension/tracking/metricHistory';
import type {
  Artifact,
  Experiment,
  LoggedModel,
  MetricHistory,
  MetricPoint,
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
  /** By `runId metric`. */
  histories = new Map<string, MetricPoint[]>();
  /** By run id, then by folder. */
  artifacts = new Map<string, Map<string, Artifact[]>>();
  /** The MLmodel of each version, by `name/version`. */
  files = new Map<string, string>();
  /** Files of logged models, by `<id>/<path>`. */
  loggedFiles = new Map<string, string>();
  /** Files among runs' artifacts, by `<run>/<path>`. */
  artifactFiles = new Map<string, Uint8Array>();

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
    return this.answer('getMetricHistory', `${runId} ${key}`, signal, () =>
      toMetricHistory(this.histories.get(`${runId} ${key}`) ?? []),
    );
  }

  listArtifacts(runId: string, path: string, signal: AbortSignal): Promise<readonly Artifact[]> {
    return this.answer('listArtifacts', path, signal, () => this.artifacts.get(runId)?.get(path) ?? []);
  }

  readArtifact(
    runId: string,
    path: string,
    _limit: number,
    signal: AbortSignal,
  ): Promise<Uint8Array | undefined> {
    return this.answer('readArtifact', path, signal, () => this.artifactFiles.get(`${runId}/${path}`));
  }

  openArtifact(): Promise<never> {
    return Promise.reject(new Error('There are no files to be streamed.'));
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

  getModelVersion(key: VersionKey, signal: AbortSignal): Promise<ModelVersion> {
    return this.answer('getModelVersion', key, signal, () => {
      const found = this.versions.find(({ name, version }) => name === key.name && version === key.version);
      if (!found) throw new TrackingError('notFound', `No version ${key.version} of ${key.name}.`);
      return found;
    });
  }

  searchLoggedModels(query: LoggedModelQuery, signal: AbortSignal): Promise<Page<LoggedModel>> {
    return this.answer('searchLoggedModels', query, signal, () =>
      page(
        this.loggedModels.filter((model) => model.sourceRunId === query.sourceRunId),
        query,
      ),
    );
  }

  getLoggedModel(modelId: string, signal: AbortSignal): Promise<LoggedModel> {
    return this.answer('getLoggedModel', modelId, signal, () => {
      const model = this.loggedModels.find(({ id }) => id === modelId);
      if (!model) throw new TrackingError('notFound', `No logged model ${modelId}.`);
      return model;
    });
  }

  listLoggedModelFiles(modelId: string, path: string, signal: AbortSignal): Promise<readonly Artifact[]> {
    const folder = path === '' ? `${modelId}/` : `${modelId}/${path}/`;
    return this.answer('listLoggedModelFiles', path, signal, () =>
      [...this.loggedFiles]
        .filter(([key]) => key.startsWith(folder) && !key.slice(folder.length).includes('/'))
        .map(([key, text]) => ({
          path: key.slice(modelId.length + 1),
          ...{ isDirectory: false, size: text.length },
        })),
    );
  }

  readLoggedModelFile(modelId: string, path: string, signal: AbortSignal): Promise<string | undefined> {
    return this.answer('readLoggedModelFile', path, signal, () => this.loggedFiles.get(`${modelId}/${path}`));
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

  private findRuns({ experimentIds, view, filter = '', orderBy = [] }: RunQuery): Run[] {
    const matches = compileFilter(parseRunFilter(filter));
    const found = this.runs
      .filter((run) => experimentIds.includes(run.experimentId) && shows(view, run.lifecycle))
      .filter((run) => matches(factsOf(run)))
      .sort((one, other) => (other.startedAt ?? 0) - (one.startedAt ?? 0));
    if (orderBy.length === 0) return found;
    const order = compileOrder(parseRunOrder(orderBy));
    const keyed = found.map((run) => ({ run, keys: order.keysOf(factsOf(run)) }));
    return keyed.sort((one, other) => order.compare(one.keys, other.keys)).map(({ run }) => run);
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

function factsOf(run: Run): RunFacts {
  const attributes: Readonly<Record<RunAttribute, string | number | undefined>> = {
    run_id: run.id,
    run_name: run.name,
    status: run.status,
    user_id: run.userId,
    artifact_uri: run.artifactUri,
    start_time: run.startedAt,
    end_time: run.endedAt,
  };
  return {
    metric: (key) => run.metrics.get(key)?.value,
    param: (key) => run.params.get(key),
    tag: (key) => run.tags.get(key),
    attribute: (key) => attributes[key],
    datasets: () => run.datasets,
  };
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
