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
import { FreshReads } from './freshReads';
import { ModelCache } from './modelCache';
import type { ModelSearch } from './modelSearch';
import { PagedList, type Listing } from './pagedList';
import { Previews, type Preview } from './previews';
import { RunCache } from './runCache';
import type { RunListing } from './runList';
import type { RunSearch } from './runSearch';
import { isSamePlace } from './sameRun';

/** What changed, or what to read again. Views then pull what they show. */
export type Scope =
  | { readonly kind: 'all' }
  | { readonly kind: 'experiments' }
  /** The runs of an experiment. With `runIds`, only these changed, and each stands where it stood. */
  | { readonly kind: 'runs'; readonly experimentId: string; readonly runIds?: readonly string[] }
  /** The listed models; `isWhole` for all of them, whatever is searched for. */
  | { readonly kind: 'models'; readonly isWhole?: boolean }
  | { readonly kind: 'versions'; readonly modelName: string };

/** Of those who do not change their mind. */
/** A scope that is one listing. */
export type ListScope = Exclude<Scope, { kind: 'all' }>;

/**
 * The one cache over a store. Whoever asks for the same thing at the same time shares one request, and what was read
 * stays until it is refreshed. Listings never reject: they carry their failure beside what was there before.
 */
export class Catalog extends FreshReads implements Disposable {
  private readonly changed = new Emitter<Scope>();
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
  private readonly previews = new Previews();
  private readonly runCache: RunCache;
  private readonly modelCache: ModelCache;

  constructor(
    store: TrackingStore,
    private readonly pageSize: number,
  ) {
    super(store);
    const { ask } = this.requests;
    this.experimentList = this.newExperimentList();
    this.modelCache = new ModelCache(store, ask, pageSize, this.previews);
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
  async experiments(): Promise<Listing<Experiment>> {
    return this.previews.experiments(await this.experimentList.load(), this.currentView);
  }

  /** Newest first by start, in no order with respect to nesting. The same object until something changes. */
  async runs(experimentId: string): Promise<RunListing> {
    return this.lookOfRuns(await this.runCache.list(experimentId, this.currentView).load());
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
    return this.runCache.loaded(experimentId).map((run) => this.previews.run(run));
  }

  /** Lists a run among its experiment's and answers whether it is there, as `RunList.include`. */
  includeRun(run: Run): Promise<boolean> {
    return this.runCache.include(run, this.currentView);
  }

  /**
   * A page of runs for somebody who keeps them: nothing of it stays here. `isQuiet` where nobody waits for it. Rejects as the
   * store does.
   */
  async searchRuns(query: RunQuery, signal: AbortSignal, isQuiet = false): Promise<Page<Run>> {
    const page = await this.pass((both) => this.store.searchRuns(query, both), signal, isQuiet);
    return this.previews.runs(page, query.view);
  }

  /** Those of an experiment's runs that exist, as `searchRuns`. */
  async getRuns(
    experimentId: string,
    runIds: readonly string[],
    signal: AbortSignal,
    isQuiet = false,
  ): Promise<readonly Run[]> {
    const runs = await this.pass((both) => this.store.getRuns(experimentId, runIds, both), signal, isQuiet);
    return runs.map((run) => this.previews.run(run));
  }

  /** A run from what is loaded, else from the store. Rejects as the store does. */
  async run(runId: string): Promise<Run> {
    return this.previews.run(await this.runCache.read(runId));
  }

  /** Reads a run and what belongs to it from the store anew, wherever it is shown. Rejects as the store does. */
  async refreshRun(runId: string): Promise<Run> {
    return this.previews.run(await this.runCache.refresh(runId));
  }

  /** What lies in a folder of a run's artifacts, `''` being their root. Rejects as the store does. */
  artifacts(runId: string, path: string): Promise<readonly Artifact[]> {
    return this.runCache.artifacts(runId, path);
  }

  /** The models that a run logged, as MLflow 3 keeps them; empty on older servers. Rejects as the store does. */
  loggedModels(run: Run): Promise<readonly LoggedModel[]> {
    return this.runCache.loggedModels(run);
  }

  /** All, whatever is searched for; or those that are found. */
  async models(which: 'all' | 'found' = 'all'): Promise<Listing<RegisteredModel>> {
    const { models, listed } = this.modelCache;
    return this.previews.models(await (which === 'all' ? models : listed).load());
  }

  get modelSearch(): ModelSearch | undefined {
    return this.modelCache.search;
  }
  set modelSearch(search: ModelSearch | undefined) {
    this.modelCache.search = search;
    this.changed.fire({ kind: 'models' });
  }

  /** Newest first, each with the aliases that point at it. */
  versions(modelName: string): Promise<Listing<ModelVersion>> {
    return this.modelCache.versions(modelName);
  }

  /** One version, on whichever page of them it is. Rejects as the store does. */
  version(modelName: string, version: string): Promise<ModelVersion> {
    return this.modelCache.version(modelName, version);
  }

  /** The text of a small file of a model version, such as `MLmodel`; undefined if there is none. */
  modelVersionFile(version: ModelVersion, path: string): Promise<string | undefined> {
    return this.modelCache.versionFile(version, path);
  }

  findExperiment(experimentId: string): Experiment | undefined {
    const found = this.experimentList.listing.items.find((experiment) => experiment.id === experimentId);
    return found && this.previews.experiment(found);
  }

  findRun(runId: string): Run | undefined {
    const found = this.runCache.find(runId);
    return found && this.previews.run(found);
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
        await (scope.isWhole ? this.modelCache.models : this.modelCache.listed).loadMore();
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

  /** Shows things as they will look, until `lift`, and fires for what is loaded of them. */
  lay(previews: readonly Preview[]): void {
    this.firePreviews(this.previews.lay(previews));
  }

  /** Shows things again as the store last answered. */
  lift(previews: readonly Preview[]): void {
    this.firePreviews(this.previews.lift(previews));
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

  private lookOfRuns(listing: RunListing): RunListing {
    return this.previews.runs(listing, listing.search?.isDeleted === true ? 'deleted' : this.currentView);
  }

  /** Each listing once, however many of its things look otherwise. */
  private firePreviews(previews: readonly Preview[]): void {
    const moved = new Map<string, string[] | 'moved'>();
    const scopes = new Map<string, Scope>();
    for (const one of previews) {
      if (one.kind === 'experiment') scopes.set('experiments', { kind: 'experiments' });
      else if (one.kind === 'model') scopes.set('models', { kind: 'models' });
      else if (one.kind === 'version') scopes.set(`v ${one.name}`, { kind: 'versions', modelName: one.name });
      else this.noteRun(one, moved);
    }
    for (const scope of scopes.values()) this.changed.fire(scope);
    for (const [experimentId, runIds] of moved)
      this.changed.fire({ kind: 'runs', experimentId, ...(runIds !== 'moved' && { runIds }) });
  }

  private noteRun(
    { id, change }: Preview & { readonly kind: 'run' },
    moved: Map<string, string[] | 'moved'>,
  ): void {
    const run = this.runCache.find(id);
    if (!run) return;
    const known = moved.get(run.experimentId) ?? [];
    const isMoved = known === 'moved' || !isSamePlace(run, change(run));
    moved.set(run.experimentId, isMoved ? 'moved' : [...known, id]);
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
