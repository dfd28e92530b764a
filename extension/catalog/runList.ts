import { parentRunIdOf, type Page, type Run } from '../tracking/model';
import type { LifecycleView, PageRequest, RunQuery } from '../tracking/store';
import { PagedList, type Listing } from './pagedList';
import { toRunQuery, type RunSearch } from './runSearch';

/** The runs of an experiment as far as they are loaded, ancestors of loaded runs included. */
export interface RunListing extends Listing<Run> {
  /**
   * Loaded ahead of their page because a nested run needs them: their other children may not be loaded yet, and
   * `RunList.loadMoreChildren` brings them.
   */
  readonly incompleteParents: ReadonlySet<string>;
  /** What was searched for. The runs then stand in the order of the search, not under their parents. */
  readonly search: RunSearch | undefined;
}

/** What a RunList asks of a store, with the caller's abort signal already bound. */
export interface RunReader {
  searchRuns(request: PageRequest & Pick<RunQuery, 'filter' | 'orderBy' | 'view'>): Promise<Page<Run>>;
  getRuns(runIds: readonly string[]): Promise<readonly Run[]>;
}

/** Levels of missing ancestors followed in one go. Nobody nests as deep; a server that makes them up never ends. */
const mostLevels = 10;

/**
 * The loaded runs of one experiment. MLflow lists runs flat, newest first, so a nested run usually comes before its
 * parent and may come pages before it: a parent that is missing is asked for by id, all of a level in one request.
 */
export class RunList {
  private readonly pages: PagedList<Run>;
  /** Runs that came by id or by parent, not by page. */
  private readonly extras = new Map<string, Run>();
  private readonly children = new Map<string, PagedList<Run>>();
  /** Parents that the experiment does not have, or that the view hides. */
  private readonly absent = new Set<string>();
  /** What `listing` and `find` answer until something changes. */
  private snapshot: { readonly listing: RunListing; readonly byId: ReadonlyMap<string, Run> } | undefined;

  constructor(
    private readonly reader: RunReader,
    private readonly view: LifecycleView,
    private readonly pageSize: number,
    private readonly search?: RunSearch,
  ) {
    this.pages = new PagedList({
      pageSize,
      identify: idOf,
      fetchPage: (request) => reader.searchRuns({ ...request, ...this.query() }),
      ...(search ? {} : { complete: (fresh, all) => this.completeRuns(fresh, all) }),
    });
  }

  /** The same object until something changes. */
  get listing(): RunListing {
    return this.current.listing;
  }

  /** A loaded run. */
  find(runId: string): Run | undefined {
    return this.current.byId.get(runId);
  }

  async load(): Promise<RunListing> {
    await this.following(this.pages.load());
    return this.listing;
  }

  async refresh(): Promise<void> {
    this.absent.clear();
    await this.following(this.pages.refresh());
  }

  /** As `refresh`, by a reading that begins now. */
  async refreshAnew(): Promise<void> {
    this.absent.clear();
    await this.following(this.pages.refreshAnew());
  }

  /** Whoever asks next has it read again. */
  markStale(): void {
    this.absent.clear();
    this.pages.markStale();
  }

  loadMore(): Promise<void> {
    return this.following(this.pages.loadMore());
  }

  /** Loads a page of the runs nested directly in a run whose own page is not loaded. Rejects as the store does. */
  async loadMoreChildren(parentId: string): Promise<void> {
    const isFirst = !this.children.has(parentId);
    const children = this.children.get(parentId) ?? this.newChildList(parentId);
    this.children.set(parentId, children);
    await (isFirst ? children.load() : children.loadMore());
    const { items, failure, moreFailure } = children.listing;
    if (isFirst && failure !== undefined) this.children.delete(parentId);
    for (const run of items) this.extras.set(run.id, run);
    this.snapshot = undefined;
    const error = failure ?? moreFailure;
    if (error !== undefined) throw error as Error;
  }

  /**
   * Lists a run and its ancestors, whichever page they are on. Answers whether it is listed: a search has only what it finds, and
   * the view may hide it. Rejects as the store does.
   */
  async include(runId: string): Promise<boolean> {
    const isListed = () => this.listing.items.some(({ id }) => id === runId);
    if (isListed()) return true;
    if (this.search) return false;
    await this.following(this.bring(new Set([runId]), new Set(this.pages.listing.items.map(idOf))));
    return isListed();
  }

  /** Puts the newer state of loaded runs in place, and takes out those that are gone. */
  update(runs: readonly Run[], gone: readonly string[] = []): void {
    const newer = new Map(runs.map((run) => [run.id, run]));
    const lost = new Set(gone);
    this.pages.update((run) => (lost.has(run.id) ? undefined : (newer.get(run.id) ?? run)));
    for (const [id, run] of newer) if (this.extras.has(id)) this.extras.set(id, run);
    for (const id of lost) this.extras.delete(id);
    this.snapshot = undefined;
  }

  private query(): Pick<RunQuery, 'filter' | 'orderBy' | 'view'> {
    return this.search ? toRunQuery(this.search, this.view, Date.now()) : { view: this.view };
  }

  private async following<T>(change: Promise<T>): Promise<T> {
    try {
      return await change;
    } finally {
      this.snapshot = undefined;
    }
  }

  private get current() {
    this.snapshot ??= this.combine();
    return this.snapshot;
  }

  private combine() {
    const listed = this.pages.listing;
    const runs = new Map(listed.items.map((run) => [run.id, run]));
    const incompleteParents = new Set<string>();
    for (const run of this.extras.values()) {
      if (runs.has(run.id)) continue;
      runs.set(run.id, run);
      const isAllLoaded = !listed.hasMore || this.children.get(run.id)?.listing.hasMore === false;
      if (!isAllLoaded) incompleteParents.add(run.id);
    }
    const items = [...runs.values()].filter((run) => this.shows(run));
    return { listing: { ...listed, items, incompleteParents, search: this.search }, byId: runs };
  }

  private newChildList(parentId: string): PagedList<Run> {
    const quote = parentId.includes("'") ? '"' : "'";
    const filter = `tags.\`mlflow.parentRunId\` = ${quote}${parentId}${quote}`;
    return new PagedList({
      pageSize: this.pageSize,
      identify: idOf,
      fetchPage: (request) => this.reader.searchRuns({ ...request, filter, view: this.view }),
    });
  }

  /** Brings the ancestors of freshly read runs and, when all is read anew, also what came by id or parent before. */
  private async completeRuns(fresh: readonly Run[], all: readonly Run[]): Promise<void> {
    const listed = new Set(all.map(idOf));
    const isAnew = fresh.length === all.length;
    const stale = isAnew ? [...this.extras.keys()].filter((id) => !listed.has(id)) : [];
    await this.bring(new Set([...stale, ...this.missingParents(fresh, listed)]), listed);
  }

  /** Reads runs by id, and the ancestors that they are missing beside those that are listed by page. */
  private async bring(runIds: ReadonlySet<string>, listed: ReadonlySet<string>): Promise<void> {
    let wanted = runIds;
    for (let level = 0; wanted.size > 0 && level < mostLevels; level++) {
      const found = (await this.reader.getRuns([...wanted])).filter((run) => this.shows(run));
      for (const id of wanted) this.extras.delete(id);
      for (const run of found) if (wanted.has(run.id)) this.extras.set(run.id, run);
      for (const id of wanted) if (!this.extras.has(id)) this.absent.add(id);
      wanted = this.missingParents(found, listed);
    }
  }

  private missingParents(runs: readonly Run[], listed: ReadonlySet<string>): Set<string> {
    const parents = runs.map(parentRunIdOf).filter((id) => id !== undefined && id !== '') as string[];
    return new Set(parents.filter((id) => !listed.has(id) && !this.extras.has(id) && !this.absent.has(id)));
  }

  private shows(run: Run): boolean {
    const { view } = this.query();
    return view === 'all' || run.lifecycle === view;
  }
}

function idOf(run: Run): string {
  return run.id;
}
