import type { Catalog } from '../catalog/catalog';
import { Pace } from '../histories/pace';
import type { Page, Run } from '../tracking/model';
import type { TableQuery } from './composeQuery';
import type { RunColumns } from './runColumns';

export interface RunReaderOptions {
  readonly catalog: Pick<Catalog, 'searchRuns' | 'getRuns'>;
  readonly experimentIds: readonly string[];
  readonly columns: RunColumns;
  /** What to ask for now: the same until runs are read anew. */
  readonly query: () => TableQuery;
  /** Whether parents that are not found are brought too. */
  readonly bringsParents: boolean;
}

/** So few that the first rows come at once. */
const firstPageSize = 50;
/** What a store reads and sends in a fraction of a second. */
const valuesPerPage = 50_000;
/** What the stores take; a larger page stalls a real server. */
const largestPage = 1000;
/** Levels of missing ancestors: nobody nests as deep, and a server that makes them up never ends. */
const mostLevels = 10;

/** The runs that a search finds, as far as they are read, in the store's order; and runs that were brought by id. */
export class RunReader {
  /** Slots of the runs that were found, in the store's order. */
  readonly found = new Set<number>();
  /** Slots of ancestors that the pages did not bring yet. */
  readonly ancestors = new Set<number>();
  /** Slots of runs that were asked for by id, found or not. */
  private readonly asked = new Set<number>();
  /** Runs that are not there. */
  private readonly absent = new Set<string>();
  private query: TableQuery | undefined;
  private nextPageToken: string | undefined;
  private hasLeftovers = false;
  /** Another whenever the found runs, or their order, are. */
  revision = 0;

  constructor(private readonly options: RunReaderOptions) {}

  get isStarted(): boolean {
    return this.query !== undefined;
  }

  get hasMore(): boolean {
    return !this.isStarted || this.nextPageToken !== undefined;
  }

  /** Reads the next page. Rejects as the store does, with nothing changed. */
  async readMore(signal: AbortSignal): Promise<void> {
    const query = this.query ?? this.options.query();
    const page = await this.readPage(query, this.nextPageToken, signal, false);
    const runs = page.items.filter(query.accepts);
    const parents = await this.readParents(runs, query, signal, false);
    await this.takeIn(runs, this.found);
    await this.takeIn(parents, this.ancestors);
    this.query = query;
    this.nextPageToken = page.nextPageToken;
    this.revision++;
  }

  /**
   * Reads again what is there, and puts the new in the place of the old when all of it is here. Rejects as the store does,
   * with nothing changed.
   */
  async readAgain(signal: AbortSignal, isQuiet: boolean): Promise<void> {
    const query = this.options.query();
    const fresh = new Fresh(this.options.columns);
    let token: string | undefined;
    do {
      const page = await this.readPage(query, token, signal, isQuiet);
      await fresh.add(page.items.filter(query.accepts));
      token = page.nextPageToken;
    } while (token !== undefined && fresh.ids.size < this.found.size);
    const extras = await this.readExtras(fresh.ids, signal, isQuiet);
    await fresh.compare(extras);
    const parents = await this.readParents(fresh.changed, query, signal, isQuiet, fresh.ids);
    signal.throwIfAborted();
    this.query = query;
    this.nextPageToken = token;
    await this.replace(fresh, extras, parents, query);
  }

  /** Brings runs that are wanted whether the search finds them or not. Runs that are not there are asked for once. */
  async bring(runIds: readonly string[], signal: AbortSignal): Promise<void> {
    for (const id of runIds) {
      const slot = this.options.columns.slotOf(id);
      if (slot !== undefined) this.asked.add(slot);
    }
    let missing = runIds.filter((id) => this.isMissing(id));
    for (const experimentId of this.options.experimentIds) {
      if (missing.length === 0) return;
      const runs = await this.options.catalog.getRuns(experimentId, missing, signal, true);
      await this.takeIn(runs, this.asked);
      missing = missing.filter((id) => this.isMissing(id));
    }
    for (const id of missing) this.absent.add(id);
  }

  /** Whether the run is loaded and stays so, or is known not to be there. */
  isKept(runId: string): boolean {
    const slot = this.options.columns.slotOf(runId);
    return slot === undefined ? this.absent.has(runId) : this.asked.has(slot);
  }

  /** Whether the run is not loaded, and may be there. */
  private isMissing(runId: string): boolean {
    return this.options.columns.slotOf(runId) === undefined && !this.absent.has(runId);
  }

  /** Forgets runs that are no longer there; until then their slots are what they were for whoever still shows them. */
  forgetLeftovers(): void {
    if (!this.hasLeftovers) return;
    this.hasLeftovers = false;
    const { columns } = this.options;
    for (let slot = 0; slot < columns.slotCount; slot++) {
      const id = columns.facts(slot)?.id;
      if (id === undefined || this.found.has(slot) || this.ancestors.has(slot) || this.asked.has(slot))
        continue;
      columns.remove(id);
    }
  }

  private readPage(
    { filter, orderBy, view }: TableQuery,
    pageToken: string | undefined,
    signal: AbortSignal,
    isQuiet: boolean,
  ): Promise<Page<Run>> {
    const { catalog, experimentIds } = this.options;
    const query = { experimentIds, filter, orderBy, view, pageToken, pageSize: this.pageSize(pageToken) };
    return catalog.searchRuns(query, signal, isQuiet);
  }

  private pageSize(pageToken: string | undefined): number {
    const { runCount, valueCount } = this.options.columns;
    if (pageToken === undefined && this.found.size <= firstPageSize) return firstPageSize;
    const room = Math.floor(valuesPerPage / Math.max(1, valueCount / Math.max(1, runCount)));
    return Math.min(largestPage, Math.max(firstPageSize, room));
  }

  /** The ancestors of runs that neither they nor what is loaded holds; all of a level at a time. */
  private async readParents(
    runs: readonly Run[],
    query: TableQuery,
    signal: AbortSignal,
    isQuiet: boolean,
    present: ReadonlySet<string> = new Set(runs.map(({ id }) => id)),
  ): Promise<readonly Run[]> {
    const parents = new Map<string, Run>();
    let level = runs;
    for (let depth = 0; this.options.bringsParents && depth < mostLevels && level.length > 0; depth++) {
      const wanted = this.missingParents(level, (id) => present.has(id) || parents.has(id));
      level = await this.readWanted(wanted, signal, isQuiet);
      level = level.filter((run) => query.view === 'all' || run.lifecycle === query.view);
      for (const run of level) parents.set(run.id, run);
      for (const ids of wanted.values()) for (const id of ids) if (!parents.has(id)) this.absent.add(id);
    }
    return [...parents.values()];
  }

  /** By the experiment of the nested run, where its parent lies, too. */
  private missingParents(
    runs: readonly Run[],
    isPresent: (id: string) => boolean,
  ): ReadonlyMap<string, Set<string>> {
    const missing = new Map<string, Set<string>>();
    for (const { tags, experimentId } of runs) {
      const id = tags.get('mlflow.parentRunId') ?? '';
      if (id === '' || isPresent(id) || this.absent.has(id) || this.isListed(id)) continue;
      const ids = missing.get(experimentId) ?? new Set();
      missing.set(experimentId, ids.add(id));
    }
    return missing;
  }

  private isListed(runId: string): boolean {
    const slot = this.options.columns.slotOf(runId) ?? -1;
    return this.found.has(slot) || this.ancestors.has(slot);
  }

  private async readWanted(
    wanted: ReadonlyMap<string, ReadonlySet<string>>,
    signal: AbortSignal,
    isQuiet: boolean,
  ): Promise<readonly Run[]> {
    const { catalog } = this.options;
    const answers = await Promise.all(
      [...wanted].map(([experimentId, ids]) => catalog.getRuns(experimentId, [...ids], signal, isQuiet)),
    );
    return answers.flat();
  }

  /** The newer state of runs that came by id, but for those that a page brought now. */
  private readExtras(
    listed: ReadonlySet<string>,
    signal: AbortSignal,
    isQuiet: boolean,
  ): Promise<readonly Run[]> {
    const wanted = new Map<string, Set<string>>();
    for (const slot of new Set([...this.ancestors, ...this.asked])) {
      const facts = this.options.columns.facts(slot);
      if (!facts || listed.has(facts.id)) continue;
      wanted.set(facts.experimentId, (wanted.get(facts.experimentId) ?? new Set()).add(facts.id));
    }
    return this.readWanted(wanted, signal, isQuiet);
  }

  private async takeIn(runs: readonly Run[], into: Set<number>): Promise<void> {
    const pace = new Pace();
    for (const run of runs) {
      into.add(this.options.columns.put(run));
      await pace.rest();
    }
  }

  private async replace(
    fresh: Fresh,
    extras: readonly Run[],
    parents: readonly Run[],
    { view }: TableQuery,
  ): Promise<void> {
    const { columns } = this.options;
    const before = this.listing();
    await this.takeIn(fresh.changed, new Set());
    const kept = new Set(extras.map(({ id }) => id));
    this.found.clear();
    for (const id of fresh.ids) this.found.add(columns.slotOf(id) ?? -1);
    for (const set of [this.ancestors, this.asked]) {
      for (const slot of set) if (!kept.has(columns.facts(slot)?.id ?? '')) set.delete(slot);
    }
    for (const { id, lifecycle } of extras) {
      const slot = columns.slotOf(id) ?? -1;
      if (view !== 'all' && lifecycle !== view) this.ancestors.delete(slot);
    }
    await this.takeIn(parents, this.ancestors);
    this.hasLeftovers = true;
    this.absent.clear();
    const after = this.listing();
    if (before.length !== after.length || before.some((slot, index) => slot !== after[index]))
      this.revision++;
  }

  private listing(): readonly number[] {
    return [...this.found, -1, ...this.ancestors];
  }
}

/** What is read again: the ids in their order, and of the runs only those that are others than before. */
class Fresh {
  readonly ids = new Set<string>();
  readonly changed: Run[] = [];
  private readonly pace = new Pace();

  constructor(private readonly columns: RunColumns) {}

  async add(runs: readonly Run[]): Promise<void> {
    const once = runs.filter(({ id }) => !this.ids.has(id));
    for (const { id } of once) this.ids.add(id);
    await this.compare(once);
  }

  async compare(runs: readonly Run[]): Promise<void> {
    for (const run of runs) {
      if (!this.columns.holds(run)) this.changed.push(run);
      await this.pace.rest();
    }
  }
}
