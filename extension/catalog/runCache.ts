import { TrackingError } from '../tracking/errors';
import { isUnfinished, type Artifact, type LoggedModel, type Run } from '../tracking/model';
import type { LifecycleView, RunQuery, TrackingStore } from '../tracking/store';
import type { Ask } from './requests';
import { RunList, type RunListing } from './runList';
import type { RunSearch } from './runSearch';
import { isSamePlace, isSameRun } from './sameRun';
import { SharedReads } from './sharedReads';

/** What came of newer states of runs: all that the views that show them must know. */
export interface RunChange {
  readonly experimentId: string;
  /** The runs that changed in their places; absent where runs moved, came or went. */
  readonly runIds?: readonly string[];
}

/** The runs that were read: listed by experiment or asked for one by one, and what belongs to each. */
export class RunCache {
  private readonly lists = new Map<string, RunList>();
  private readonly searches = new Map<string, RunSearch>();
  /** Runs that were asked for by id and are in no list. */
  private readonly strays = new Map<string, Run>();
  /** Keyed `run <id> `, `artifacts <id> <path>`, `loggedModels <id> `. */
  private readonly reads = new SharedReads();

  constructor(
    private readonly store: TrackingStore,
    private readonly ask: Ask,
    private readonly pageSize: number,
    private readonly onDidChange: (change: RunChange) => void,
  ) {}

  /** The runs of an experiment as `view` shows them; one view at a time, see `dropLists`. */
  list(experimentId: string, view: LifecycleView): RunList {
    const present = this.lists.get(experimentId);
    if (present) return present;
    const list = this.newList(experimentId, view);
    this.lists.set(experimentId, list);
    return list;
  }

  search(experimentId: string): RunSearch | undefined {
    return this.searches.get(experimentId);
  }

  /** Lists an experiment's runs anew, as the search says; all of them for undefined. */
  setSearch(experimentId: string, search: RunSearch | undefined): void {
    if (search) this.searches.set(experimentId, search);
    else this.searches.delete(experimentId);
    this.lists.delete(experimentId);
  }

  /** The listing as far as it is there. */
  loaded(experimentId: string): readonly Run[] {
    return this.lists.get(experimentId)?.listing.items ?? [];
  }

  /** Lists a run among its experiment's and answers whether it is there, as `RunList.include`; tells where that changes them. */
  async include({ id, experimentId }: Run, view: LifecycleView): Promise<boolean> {
    const list = this.list(experimentId, view);
    const before = await list.load();
    const isListed = await list.include(id);
    if (list.listing !== before) this.onDidChange({ experimentId });
    return isListed;
  }

  find(runId: string): Run | undefined {
    for (const list of this.lists.values()) {
      const found = list.find(runId);
      if (found) return found;
    }
    return this.strays.get(runId);
  }

  async read(runId: string): Promise<Run> {
    return this.find(runId) ?? (await this.readStray(runId));
  }

  artifacts(runId: string, path: string): Promise<readonly Artifact[]> {
    return this.reads.once(`artifacts ${runId} ${path}`, () =>
      this.ask((signal) => this.store.listArtifacts(runId, path, signal)),
    );
  }

  loggedModels(run: Run): Promise<readonly LoggedModel[]> {
    const query = { experimentId: run.experimentId, sourceRunId: run.id, pageSize: this.pageSize };
    return this.reads.once(`loggedModels ${run.id} `, async () => {
      return (await this.ask((signal) => this.store.searchLoggedModels(query, signal))).items;
    });
  }

  /** Reads a run anew, and has what belongs to it read anew when it is next shown. */
  async refresh(runId: string): Promise<Run> {
    const before = this.find(runId);
    try {
      const run = await this.ask((signal) => this.store.getRun(runId, signal));
      this.forgetContents(runId);
      if (!this.accept(run.experimentId, [run], [])) {
        this.onDidChange({ experimentId: run.experimentId, runIds: [runId] });
      }
      return run;
    } catch (error) {
      const isGone = error instanceof TrackingError && error.kind === 'notFound';
      if (isGone && before) this.accept(before.experimentId, [], [runId]);
      throw error;
    }
  }

  async renew(experimentId: string, runIds: readonly string[], signal: AbortSignal): Promise<void> {
    const runs = await this.store.getRuns(experimentId, runIds, signal);
    const present = new Set(runs.map((run) => run.id));
    this.accept(
      experimentId,
      runs,
      runIds.filter((id) => !present.has(id)),
    );
  }

  /**
   * Reads all that is loaded of an experiment's runs again, in place or not, and tells what came of it. Never rejects: what
   * cannot be read stays as it was, and the listing says why.
   */
  async follow(experimentId: string): Promise<void> {
    for (const run of this.loaded(experimentId)) this.forgetContents(run.id);
    await Promise.all([this.followList(experimentId), this.followStrays(experimentId)]);
  }

  private async followList(experimentId: string): Promise<void> {
    const list = this.lists.get(experimentId);
    if (!list) return;
    const before = list.listing;
    await list.refreshAnew();
    const after = list.listing;
    const changed = findChanges(before, after);
    if (changed?.length !== 0) this.onDidChange({ experimentId, ...(changed && { runIds: changed }) });
  }

  private async followStrays(experimentId: string): Promise<void> {
    const strays = [...this.strays.values()].filter((run) => run.experimentId === experimentId);
    if (strays.length === 0) return;
    const ids = strays.map((run) => run.id);
    await this.ask((signal) => this.renew(experimentId, ids, signal)).catch(() => undefined);
  }

  /** Has what belongs to a run read again when it is next shown. */
  forgetContents(runId: string): void {
    this.reads.forget(`artifacts ${runId} `);
    this.reads.forget(`loggedModels ${runId} `);
  }

  /** Has all that is not in a list read again when it is next shown. */
  forgetReads(): void {
    this.strays.clear();
    this.reads.forget();
  }

  markListsStale(): void {
    for (const list of this.lists.values()) list.markStale();
  }

  /** Has the runs of an experiment read again when they are next shown. */
  markListStale(experimentId: string): void {
    this.lists.get(experimentId)?.markStale();
  }

  /** The experiments of which anything is loaded. */
  get experimentIds(): readonly string[] {
    const strays = [...this.strays.values()].map((run) => run.experimentId);
    return [...new Set([...this.lists.keys(), ...strays])];
  }

  /** Lists anew from nothing, as another view shows. */
  dropLists(): void {
    this.lists.clear();
  }

  private newList(experimentId: string, view: LifecycleView): RunList {
    const reader = {
      searchRuns: (query: Omit<RunQuery, 'experimentIds'>) =>
        this.ask((signal) => this.store.searchRuns({ ...query, experimentIds: [experimentId] }, signal)),
      getRuns: (runIds: readonly string[]) =>
        this.ask((signal) => this.store.getRuns(experimentId, runIds, signal)),
    };
    return new RunList(reader, view, this.pageSize, this.searches.get(experimentId));
  }

  private readStray(runId: string): Promise<Run> {
    return this.reads.once(`run ${runId} `, async () => {
      const run = await this.ask((signal) => this.store.getRun(runId, signal));
      this.strays.set(runId, run);
      return run;
    });
  }

  /** Takes newer states of runs in, tells if anything changed, and says whether it did. */
  private accept(experimentId: string, runs: readonly Run[], gone: readonly string[]): boolean {
    const lost = gone.filter((id) => this.find(id) !== undefined);
    const news = runs.filter((run) => this.isNews(run));
    if (news.length + lost.length === 0) return false;
    const isInPlace = lost.length === 0 && !news.some((run) => this.isMoved(run));
    for (const run of news) this.takeIn(run);
    for (const id of lost) this.takeOut(id);
    for (const list of this.lists.values()) list.update(news, lost);
    this.onDidChange({ experimentId, ...(isInPlace ? { runIds: news.map((run) => run.id) } : {}) });
    return true;
  }

  private isNews(run: Run): boolean {
    const before = this.find(run.id);
    return before === undefined || !isSameRun(before, run);
  }

  private isMoved(run: Run): boolean {
    const before = this.find(run.id);
    return before !== undefined && !isSamePlace(before, run);
  }

  private takeIn(run: Run): void {
    const before = this.find(run.id);
    // The end of a run is when its last artifacts and models are there.
    if (before && isUnfinished(before) && !isUnfinished(run)) this.forgetContents(run.id);
    this.reads.forget(`run ${run.id} `);
    const isListed = [...this.lists.values()].some((list) => list.find(run.id) !== undefined);
    if (!isListed) this.strays.set(run.id, run);
  }

  private takeOut(runId: string): void {
    this.strays.delete(runId);
    this.reads.forget(`run ${runId} `);
    this.forgetContents(runId);
  }
}

/** The runs that changed in their places from one listing to the next; undefined if the listing itself did. */
function findChanges(before: RunListing, after: RunListing): readonly string[] | undefined {
  const isSameListing =
    before.items.length === after.items.length &&
    before.hasMore === after.hasMore &&
    before.failure === after.failure &&
    before.incompleteParents.size === after.incompleteParents.size;
  if (!isSameListing) return undefined;
  const changed: string[] = [];
  for (const [index, run] of after.items.entries()) {
    const old = before.items[index];
    if (old?.id !== run.id || !isSamePlace(old, run)) return undefined;
    if (!isSameRun(old, run)) changed.push(run.id);
  }
  return changed;
}
