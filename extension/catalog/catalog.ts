import type {
  Artifact,
  Experiment,
  LoggedModel,
  ModelVersion,
  Page,
  RegisteredModel,
  Run,
} from '../tracking/model';
import type { LifecycleView, RunQuery, StoreChange, TrackingStore } from '../tracking/store';
import { Emitter, type Disposable } from './emitter';
import { ModelCache } from './modelCache';
import { PagedList, type Listing } from './pagedList';
import { Requests } from './requests';
import { RunCache } from './runCache';
import type { RunListing } from './runList';
import type { RunSearch } from './runSearch';

/** What changed, or what to read again. Views then pull what they show. */
export type Scope =
  | { readonly kind: 'all' }
  | { readonly kind: 'experiments' }
  /** The runs of an experiment. With `runIds`, only these changed, and each stands where it stood. */
  | { readonly kind: 'runs'; readonly experimentId: string; readonly runIds?: readonly string[] }
  | { readonly kind: 'models' }
  | { readonly kind: 'versions'; readonly modelName: string };

/** A scope that is one listing. */
export type ListScope = Exclude<Scope, { kind: 'all' }>;

/**
 * The one cache over a store. Whoever asks for the same thing at the same time shares one request, and what was read
 * stays until it is refreshed. Listings never reject: they carry their failure beside what was there before.
 */
export class Catalog implements Disposable {
  private readonly changed = new Emitter<Scope>();
  private readonly requests = new Requests();
  private readonly storeChanged = new Emitter<StoreChange>();
  /** Fires when cached data changed or went stale; the receiver asks again for what it shows. */
  readonly onDidChange = this.changed.event;
  /**
   * Fires when others changed something in the store, as far as it tells, or when somebody has it read again: for whoever
   * reads the store on their own. It fires for all experiments, whether anybody lists their runs or not.
   */
  readonly onDidChangeStore = this.storeChanged.event;
  /** Fires when the first request begins (true) and when the last one ends (false). */
  readonly onDidChangeLoading = this.requests.onDidChange;

  private currentView: LifecycleView = 'active';
  private experimentList: PagedList<Experiment>;
  private readonly runCache: RunCache;
  private readonly modelCache: ModelCache;

  constructor(
    private readonly store: TrackingStore,
    private readonly pageSize: number,
  ) {
    const { ask } = this.requests;
    this.experimentList = this.newExperimentList();
    this.modelCache = new ModelCache(store, ask, pageSize);
    this.runCache = new RunCache(store, ask, pageSize, (change) => {
      this.changed.fire({ kind: 'runs', ...change });
    });
  }

  /** Whether deleted experiments and runs are listed too. */
  get view(): LifecycleView {
    return this.currentView;
  }

  set view(view: LifecycleView) {
    if (view === this.currentView) return;
    this.currentView = view;
    this.experimentList = this.newExperimentList();
    this.runCache.dropLists();
    this.changed.fire({ kind: 'experiments' });
  }

  /** Newest first. */
  experiments(): Promise<Listing<Experiment>> {
    return this.experimentList.load();
  }

  /** Newest first by start, in no order with respect to nesting. The same object until something changes. */
  runs(experimentId: string): Promise<RunListing> {
    return this.runCache.list(experimentId, this.currentView).load();
  }

  /** What is searched for among an experiment's runs, if anything is. */
  runSearch(experimentId: string): RunSearch | undefined {
    return this.runCache.search(experimentId);
  }

  /** Lists only what the search finds of an experiment's runs, in its order; undefined lists all, newest first. */
  setRunSearch(experimentId: string, search: RunSearch | undefined): void {
    this.runCache.setSearch(experimentId, search);
    this.changed.fire({ kind: 'runs', experimentId });
  }

  /** What is loaded of an experiment's runs, without asking anybody. */
  loadedRuns(experimentId: string): readonly Run[] {
    return this.runCache.loaded(experimentId);
  }

  /**
   * A page of runs for somebody who keeps them: nothing of it stays here. `isQuiet` where nobody waits for it. Rejects as the
   * store does.
   */
  searchRuns(query: RunQuery, signal: AbortSignal, isQuiet = false): Promise<Page<Run>> {
    return this.pass((both) => this.store.searchRuns(query, both), signal, isQuiet);
  }

  /** Those of an experiment's runs that exist, as `searchRuns`. */
  getRuns(
    experimentId: string,
    runIds: readonly string[],
    signal: AbortSignal,
    isQuiet = false,
  ): Promise<readonly Run[]> {
    return this.pass((both) => this.store.getRuns(experimentId, runIds, both), signal, isQuiet);
  }

  /** A run from what is loaded, else from the store. Rejects as the store does. */
  run(runId: string): Promise<Run> {
    return this.runCache.read(runId);
  }

  /** Reads a run and what belongs to it from the store anew, wherever it is shown. Rejects as the store does. */
  refreshRun(runId: string): Promise<Run> {
    return this.runCache.refresh(runId);
  }

  /** What lies in a folder of a run's artifacts, `''` being their root. Rejects as the store does. */
  artifacts(runId: string, path: string): Promise<readonly Artifact[]> {
    return this.runCache.artifacts(runId, path);
  }

  /** The bytes of a file among a run's artifacts, read anew each time; undefined if there is none. Rejects as the store does. */
  artifact(runId: string, path: string, limit: number): Promise<Uint8Array | undefined> {
    return this.requests.ask((signal) => this.store.readArtifact(runId, path, limit, signal));
  }

  /** The models that a run logged, as MLflow 3 keeps them; empty on older servers. Rejects as the store does. */
  loggedModels(run: Run): Promise<readonly LoggedModel[]> {
    return this.runCache.loggedModels(run);
  }

  models(): Promise<Listing<RegisteredModel>> {
    return this.modelCache.models.load();
  }

  /** Newest first, each with the aliases that point at it. */
  versions(modelName: string): Promise<Listing<ModelVersion>> {
    return this.modelCache.versions(modelName);
  }

  /** The text of a small file of a model version, such as `MLmodel`; undefined if there is none. */
  modelVersionFile(version: ModelVersion, path: string): Promise<string | undefined> {
    return this.modelCache.versionFile(version, path);
  }

  findExperiment(experimentId: string): Experiment | undefined {
    return this.experimentList.listing.items.find((experiment) => experiment.id === experimentId);
  }

  findRun(runId: string): Run | undefined {
    return this.runCache.find(runId);
  }

  findModel(modelName: string): RegisteredModel | undefined {
    return this.modelCache.find(modelName);
  }

  findVersion(modelName: string, version: string): ModelVersion | undefined {
    return this.modelCache.findVersion(modelName, version);
  }

  /** Reads the next page of a listing, then fires. A failure stays with the listing. */
  async loadMore(scope: ListScope): Promise<void> {
    switch (scope.kind) {
      case 'experiments':
        await this.experimentList.loadMore();
        break;
      case 'runs':
        await this.runCache.list(scope.experimentId, this.currentView).loadMore();
        break;
      case 'models':
        await this.modelCache.models.loadMore();
        break;
      case 'versions':
        await this.modelCache.loadMoreVersions(scope.modelName);
    }
    this.changed.fire(listingOf(scope));
  }

  /** Reads more of the runs nested in a run that was loaded ahead of its page. Rejects as the store does. */
  async loadMoreChildren(experimentId: string, parentId: string): Promise<void> {
    try {
      await this.runCache.list(experimentId, this.currentView).loadMoreChildren(parentId);
    } finally {
      this.changed.fire({ kind: 'runs', experimentId });
    }
  }

  /**
   * Reads the listing of the scope again, keeping the old where that fails, then fires. What lies under it goes stale:
   * it is read again when somebody asks, so that what nobody sees costs nothing. For `all`, everything does.
   */
  async refresh(scope: Scope): Promise<void> {
    this.storeChanged.fire(staleWith(scope));
    switch (scope.kind) {
      case 'all':
        this.experimentList.markStale();
        this.runCache.markListsStale();
        this.runCache.forgetReads();
        this.modelCache.markStale();
        break;
      case 'experiments':
        this.runCache.markListsStale();
        this.runCache.forgetReads();
        await this.experimentList.refresh();
        break;
      case 'runs':
        this.runCache.forgetReads();
        await this.runCache.list(scope.experimentId, this.currentView).refresh();
        break;
      case 'models':
        await this.modelCache.refreshModels();
        break;
      case 'versions':
        await this.modelCache.refreshVersions(scope.modelName);
    }
    this.changed.fire(listingOf(scope));
  }

  /** Has what belongs to a run (artifacts, logged models) read again when it is next shown, then fires. */
  refreshContents(experimentId: string, runId: string): void {
    this.runCache.forgetContents(runId);
    this.changed.fire({ kind: 'runs', experimentId, runIds: [runId] });
  }

  /**
   * Reads the given runs of an experiment again in one request, behind whatever the user waits for, and fires if any
   * changed or is gone. Rejects as the store does.
   */
  renewRuns(experimentId: string, runIds: readonly string[], signal: AbortSignal): Promise<void> {
    return this.runCache.renew(experimentId, runIds, signal);
  }

  /**
   * Reads again what a store says that others changed, as far as it is loaded, without telling that something is being
   * loaded, and fires for what really changed. Runs of experiments that nobody sees only go stale. Never rejects.
   */
  async follow(change: StoreChange, isSeen: (experimentId: string) => boolean): Promise<void> {
    this.storeChanged.fire(change);
    await this.requests.quietly(() => this.followQuietly(change, isSeen));
  }

  /** Stops all that is being loaded; what was there stays. */
  stopLoading(): void {
    this.requests.stop();
  }

  dispose(): void {
    this.requests.dispose();
    this.storeChanged.dispose();
    this.changed.dispose();
  }

  private pass<T>(
    read: (signal: AbortSignal) => Promise<T>,
    signal: AbortSignal,
    isQuiet: boolean,
  ): Promise<T> {
    const ask = () => this.requests.ask((own) => read(AbortSignal.any([own, signal])));
    return isQuiet ? this.requests.quietly(ask) : ask();
  }

  private async followQuietly(change: StoreChange, isSeen: (experimentId: string) => boolean): Promise<void> {
    switch (change.kind) {
      case 'all':
        await Promise.all([
          this.followExperiments(),
          this.followModels(),
          ...this.runCache.experimentIds.map((id) => this.followRuns(id, isSeen)),
        ]);
        break;
      case 'experiments':
        await this.followExperiments();
        break;
      case 'runs':
        await this.followRuns(change.experimentId, isSeen);
        break;
      case 'models':
        await this.followModels();
    }
  }

  private async followRuns(experimentId: string, isSeen: (experimentId: string) => boolean): Promise<void> {
    if (isSeen(experimentId)) await this.runCache.follow(experimentId);
    else this.runCache.markListStale(experimentId);
  }

  private async followExperiments(): Promise<void> {
    if (await this.experimentList.follow()) this.changed.fire({ kind: 'experiments' });
  }

  private async followModels(): Promise<void> {
    if (await this.modelCache.follow()) this.changed.fire({ kind: 'models' });
  }

  private newExperimentList(): PagedList<Experiment> {
    return new PagedList({
      pageSize: this.pageSize,
      identify: (experiment) => experiment.id,
      fetchPage: (page) =>
        this.requests.ask((signal) =>
          this.store.searchExperiments({ ...page, view: this.currentView }, signal),
        ),
    });
  }
}

/** The listing as a whole: its rows may have come, gone or moved. */
function listingOf(scope: Scope): Scope {
  return scope.kind === 'runs' ? { kind: 'runs', experimentId: scope.experimentId } : scope;
}

/** What goes stale when the scope is read again. */
function staleWith(scope: Scope): StoreChange {
  switch (scope.kind) {
    case 'all':
    case 'experiments':
      return { kind: 'all' };
    case 'runs':
      return { kind: 'runs', experimentId: scope.experimentId };
    case 'models':
    case 'versions':
      return { kind: 'models' };
  }
}
