import type { Editors, VersionKey } from '../editors';
import { refuseUnsafePath } from '../artifactPath';
import { TrackingError, type TrackingErrorKind } from '../errors';
import { quoteText } from '../filter/quoteText';
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
  FileSource,
  LoggedModelQuery,
  ModelQuery,
  ModelVersionQuery,
  ResumePoint,
  RunQuery,
  StoreInfo,
  TrackingStore,
} from '../store';
import { openRemote, uploadRemote } from './artifactTransfer';
import { matchName, matchRunIds } from './filters';
import type { HttpOptions } from './http';
import { isCrash, isMissingEndpoint } from './httpStatus';
import { largestText, listLoggedModelFiles, readLoggedModelFile, readSmallText } from './loggedModelFiles';
import { MetricReader } from './metricReader';
import { endRepetition, nameView, pageBody, pageQuery, splitInto } from './paging';
import { probeServer } from './probe';
import { RestClient } from './restClient';
import { createEditors } from './restEditors';

export interface RestStoreOptions extends Omit<HttpOptions, 'userAgent'> {
  /** This program's own version, for the User-Agent header. */
  readonly version?: string;
  /**
   * Where registered models lie: with the rest, or in Databricks' Unity Catalog, which has endpoints of its own, knows no
   * order, tells tags and aliases for single models only, and gives no files.
   */
  readonly registryApi?: 'workspace' | 'unityCatalog';
}

const api = '/api/2.0/mlflow';

const registryPaths = { workspace: api, unityCatalog: `${api}/unity-catalog` };

const runIdsPerRequest = 100;

/** Only some artifact stores list in pages at all; no folder worth showing has this many. */
const mostArtifactPages = 20;

/** In bytes per millisecond: a large file may take longer than an answer. */
const slowestTransfer = 200;

/** An MLflow tracking server from 2.0 on, over its REST API. What it changes goes through `editors`. */
export class RestStore implements TrackingStore {
  private readonly client: RestClient;
  /** What this server has shown to lack: asked once, then left out in silence. */
  private readonly lacking = new Set<
    'loggedModels' | 'unityCatalog' | 'runIdFilter' | 'versionOrder' | 'modelFiles'
  >();
  private readonly registry: string;
  /** Where runs' artifacts lie, by run, for those of which files were opened: that never changes. */
  private readonly artifactRoots = new Map<string, string>();
  private readonly metrics: MetricReader;
  private readonly timeoutMs: number;

  constructor({ version = 'dev', registryApi = 'workspace', ...options }: RestStoreOptions) {
    this.registry = registryPaths[registryApi];
    if (registryApi === 'unityCatalog') this.lacking.add('versionOrder').add('modelFiles');
    this.timeoutMs = options.timeoutMs;
    this.client = new RestClient({ ...options, userAgent: `mlflow-lens/${version}` });
    this.metrics = new MetricReader(this.client, `${api}/metrics`);
  }

  /** `GET /version` and `POST experiments/search` at once (reference/REST.md §1, §2). */
  async connect(signal: AbortSignal): Promise<StoreInfo> {
    return await probeServer(this.client, signal);
  }

  /** `POST experiments/search` (reference/REST.md §2); the server's own order is newest first. */
  async searchExperiments(query: ExperimentQuery, signal: AbortSignal): Promise<Page<Experiment>> {
    const body = { ...pageBody(query), view_type: nameView(query.view) };
    const page = await this.client.search('experiments', { path: `${api}/experiments/search`, body }, signal);
    return endRepetition(page, query);
  }

  /** `POST runs/search` (reference/REST.md §3, §10). */
  async searchRuns(query: RunQuery, signal: AbortSignal): Promise<Page<Run>> {
    const body = {
      ...pageBody(query),
      experiment_ids: query.experimentIds,
      filter: query.filter,
      run_view_type: nameView(query.view),
      order_by: query.orderBy ?? ['attributes.start_time DESC'],
    };
    const page = await this.client.search('runs', { path: `${api}/runs/search`, body }, signal);
    return endRepetition(page, query);
  }

  /**
   * `POST runs/search` with `run_id IN (…)`, 100 ids at a time (reference/REST.md §10); `GET runs/get` for each with a
   * server that does not know the comparator. Waits behind other requests: it is what polling asks.
   */
  async getRuns(
    experimentId: string,
    runIds: readonly string[],
    signal: AbortSignal,
  ): Promise<readonly Run[]> {
    const runs: Run[] = [];
    for (const ids of splitInto([...new Set(runIds)], runIdsPerRequest)) {
      runs.push(...(await this.getSomeRuns(experimentId, ids, signal)));
    }
    return runs;
  }

  private async getSomeRuns(
    experimentId: string,
    runIds: readonly string[],
    signal: AbortSignal,
  ): Promise<readonly Run[]> {
    const findEach = (): Promise<readonly Run[]> => this.findEachRun(experimentId, runIds, signal);
    if (this.lacking.has('runIdFilter')) return await findEach();
    const body = {
      experiment_ids: [experimentId],
      filter: matchRunIds(runIds),
      run_view_type: 'ALL',
      max_results: runIdsPerRequest,
    };
    try {
      const request = { path: `${api}/runs/search`, body, priority: 'background' } as const;
      return (await this.client.search('runs', request, signal)).items;
    } catch (error) {
      if (!hasKind(error, 'rejected')) throw error;
      const runs = await findEach();
      // Only now is it known that the filter was the trouble.
      this.lacking.add('runIdFilter');
      return runs;
    }
  }

  private async findEachRun(
    experimentId: string,
    runIds: readonly string[],
    signal: AbortSignal,
  ): Promise<readonly Run[]> {
    const runs = await Promise.all(runIds.map((id) => this.findRun(id, signal)));
    return runs.filter((run) => run?.experimentId === experimentId) as readonly Run[];
  }

  private async findRun(runId: string, signal: AbortSignal): Promise<Run | undefined> {
    try {
      return await this.getRun(runId, signal);
    } catch (error) {
      if (hasKind(error, 'notFound')) return undefined;
      throw error;
    }
  }

  /** `GET runs/get` (reference/REST.md §3). */
  async getRun(runId: string, signal: AbortSignal): Promise<Run> {
    const page = await this.client.get('run', { path: `${api}/runs/get`, query: { run_id: runId } }, signal);
    const run = this.onlyItem(page, 'run');
    this.artifactRoots.set(runId, run.artifactUri);
    return run;
  }

  /** `GET metrics/get-history` (reference/REST.md §4). */
  getMetricHistory(
    runId: string,
    key: string,
    signal: AbortSignal,
    known?: MetricHistory,
  ): Promise<MetricHistory> {
    return this.metrics.history(runId, key, signal, known);
  }

  /** `GET metrics/get-history-bulk-interval` (reference/REST.md §4); none with servers before 2.11. */
  getMetricPreview(
    runIds: readonly string[],
    key: string,
    signal: AbortSignal,
  ): Promise<ReadonlyMap<string, MetricHistory>> {
    return this.metrics.preview(runIds, key, signal);
  }

  /** `GET artifacts/list` (reference/REST.md §5), again for as long as it names a further page. */
  async listArtifacts(runId: string, path: string, signal: AbortSignal): Promise<readonly Artifact[]> {
    refuseUnsafePath(path);
    const artifacts: Artifact[] = [];
    let pageToken: string | undefined;
    for (let pages = 0; pages < mostArtifactPages; pages++) {
      const query = { run_id: runId, path: path || undefined, page_token: pageToken };
      const page = await this.client.get('artifacts', { path: `${api}/artifacts/list`, query }, signal);
      artifacts.push(...page.items);
      if (page.nextPageToken === undefined || page.nextPageToken === pageToken) break;
      pageToken = page.nextPageToken;
    }
    return artifacts;
  }

  /**
   * `GET registered-models/search` (reference/REST.md §6). Newer servers leave prompts out by themselves. None in a
   * Databricks workspace without Unity Catalog.
   */
  async searchRegisteredModels(query: ModelQuery, signal: AbortSignal): Promise<Page<RegisteredModel>> {
    const request = {
      path: `${this.registry}/registered-models/search`,
      // White space is no filter to MLflow's client, and a wrong one to its server.
      query: { ...pageQuery(query), filter: query.filter?.trim() },
    };
    const search = () => this.client.get('registeredModels', request, signal);
    const found = this.registry === api ? await search() : await this.unlessLacking('unityCatalog', search);
    const page = endRepetition(found, query);
    return { ...page, items: page.items.filter((model) => !isPrompt(model)) };
  }

  /** `GET registered-models/get` (reference/REST.md §6). */
  async getRegisteredModel(name: string, signal: AbortSignal): Promise<RegisteredModel> {
    const request = { path: `${this.registry}/registered-models/get`, query: { name } };
    return this.onlyItem(await this.client.get('registeredModel', request, signal), 'registered model');
  }

  /**
   * `GET model-versions/search` (reference/REST.md §6), newest first by the server where it can, and always within the
   * page.
   */
  async searchModelVersions(query: ModelVersionQuery, signal: AbortSignal): Promise<Page<ModelVersion>> {
    const search = (orderBy?: string): Promise<Page<ModelVersion>> => {
      const filter = matchName(query.name);
      const request = { ...pageQuery(query), filter, order_by: orderBy };
      return this.client.get(
        'modelVersions',
        { path: `${this.registry}/model-versions/search`, query: request },
        signal,
      );
    };
    const page = endRepetition(await this.withVersionOrder(search), query);
    const items = page.items.filter((version) => version.name === query.name).sort(compareVersions);
    return { ...page, items };
  }

  /** `GET model-versions/get` (reference/REST.md §6). */
  async getModelVersion({ name, version }: VersionKey, signal: AbortSignal): Promise<ModelVersion> {
    const request = { path: `${this.registry}/model-versions/get`, query: { name, version } };
    return this.onlyItem(await this.client.get('modelVersion', request, signal), 'model version');
  }

  private async withVersionOrder<T>(search: (orderBy?: string) => Promise<T>): Promise<T> {
    if (this.lacking.has('versionOrder')) return await search();
    try {
      return await search('version_number DESC');
    } catch (error) {
      if (!hasKind(error, 'rejected')) throw error;
      const answer = await search();
      this.lacking.add('versionOrder');
      return answer;
    }
  }

  /** `POST logged-models/search` (reference/REST.md §7, §10); none with servers before 3.0. */
  async searchLoggedModels(query: LoggedModelQuery, signal: AbortSignal): Promise<Page<LoggedModel>> {
    const run = query.sourceRunId === undefined ? undefined : quoteText(query.sourceRunId);
    const body = {
      ...pageBody(query),
      experiment_ids: [query.experimentId],
      filter: run === undefined ? undefined : `source_run_id = ${run}`,
    };
    const request = { path: `${api}/logged-models/search`, body };
    const page = await this.unlessLacking('loggedModels', () =>
      this.client.search('loggedModels', request, signal),
    );
    return endRepetition(page, query);
  }

  /** `GET logged-models/{id}` (reference/REST.md §7). */
  async getLoggedModel(modelId: string, signal: AbortSignal): Promise<LoggedModel> {
    const path = `${api}/logged-models/${encodeURIComponent(modelId)}`;
    return this.onlyItem(await this.client.get('loggedModel', { path }, signal), 'logged model');
  }

  listLoggedModelFiles(modelId: string, path: string, signal: AbortSignal): Promise<readonly Artifact[]> {
    return listLoggedModelFiles(this.client, modelId, path, signal);
  }

  readLoggedModelFile(modelId: string, path: string, signal: AbortSignal): Promise<string | undefined> {
    return readLoggedModelFile(this.client, modelId, path, signal);
  }

  /** An empty page once the server has shown that it has no such endpoint. */
  private async unlessLacking<T>(
    feature: 'loggedModels' | 'unityCatalog',
    search: () => Promise<Page<T>>,
  ): Promise<Page<T>> {
    const none = { items: [], nextPageToken: undefined };
    if (this.lacking.has(feature)) return none;
    try {
      return await search();
    } catch (error) {
      if (!isMissingEndpoint(error)) throw error;
      this.lacking.add(feature);
      return none;
    }
  }

  /**
   * `GET /model-versions/get-artifact`, up to 1 MiB (reference/REST.md §5). MLflow 2.0 answers 500 with a web page for
   * a file that is not there, where newer ones say 404.
   */
  async readModelVersionFile(
    version: Pick<ModelVersion, 'name' | 'version'>,
    path: string,
    signal: AbortSignal,
  ): Promise<string | undefined> {
    if (this.lacking.has('modelFiles')) return undefined;
    const query = { name: version.name, version: version.version, path };
    const request = { path: '/model-versions/get-artifact', query, limit: largestText, isRepeatable: false };
    return await readSmallText(() => this.client.getText(request, signal));
  }

  /**
   * `GET /get-artifact` (reference/REST.md §5): the server fetches what lies elsewhere, and answers for its own
   * `mlflow-artifacts:` too. MLflow 2.0 answers 500 with a web page for a file that is not there.
   */
  async readArtifact(
    runId: string,
    path: string,
    limit: number,
    signal: AbortSignal,
  ): Promise<Uint8Array | undefined> {
    refuseUnsafePath(path);
    const query = { run_id: runId, path };
    const timeoutMs = Math.max(this.timeoutMs, limit / slowestTransfer);
    const request = { path: '/get-artifact', query, limit, timeoutMs, isRepeatable: false };
    try {
      return await this.client.getBytes(request, signal);
    } catch (error) {
      if (hasKind(error, 'notFound') || isCrash(error)) return undefined;
      if (!isMissingEndpoint(error)) throw error;
      throw new TrackingError('unsupported', `${this.client.host} gives no files of artifacts.`);
    }
  }

  async openArtifact(
    runId: string,
    path: string,
    resume: ResumePoint | undefined,
    signal: AbortSignal,
  ): Promise<ArtifactStream | undefined> {
    const root = await this.artifactRoot(runId, signal);
    return await openRemote(this.client, { runId, root, path }, resume, signal);
  }

  async uploadArtifact(runId: string, path: string, file: FileSource, signal: AbortSignal): Promise<void> {
    const root = await this.artifactRoot(runId, signal);
    await uploadRemote(this.client, { runId, root, path }, file, this.timeoutMs, signal);
  }

  private async artifactRoot(runId: string, signal: AbortSignal): Promise<string> {
    return this.artifactRoots.get(runId) ?? (await this.getRun(runId, signal)).artifactUri;
  }

  editor<Part extends keyof Editors>(part: Part): Promise<Editors[Part]> {
    return Promise.resolve(createEditors(this.client, this.registry)[part]);
  }

  dispose(): void {
    this.client.dispose();
  }

  private onlyItem<T>(page: Page<T>, what: string): T {
    const [item] = page.items;
    if (item === undefined) {
      throw new TrackingError('malformed', `${this.client.host} answered without the ${what} asked for.`);
    }
    return item;
  }
}

function hasKind(error: unknown, kind: TrackingErrorKind): boolean {
  return error instanceof TrackingError && error.kind === kind;
}

/** Prompts are registered models with this tag (reference/REST.md §6). */
function isPrompt(model: RegisteredModel): boolean {
  return model.tags.get('mlflow.prompt.is_prompt')?.toLowerCase() === 'true';
}

/** Newest first. Versions are whole numbers; whatever else a server says sorts last. */
function compareVersions(one: ModelVersion, other: ModelVersion): number {
  return (Number(other.version) || 0) - (Number(one.version) || 0);
}
