import { isDeepStrictEqual } from 'node:util';
import type { ModelAlias, ModelVersion, RegisteredModel } from '../tracking/model';
import type { TrackingStore } from '../tracking/store';
import type { ModelSearch } from './modelSearch';
import { PagedList, type Listing } from './pagedList';
import type { Previews } from './previews';
import type { Ask } from './requests';
import { SharedReads } from './sharedReads';

/** The registered models that were read, their versions, and small files of these. */
export class ModelCache {
  readonly models: PagedList<RegisteredModel>;
  private found: { readonly search: ModelSearch; readonly list: PagedList<RegisteredModel> } | undefined;
  private readonly versionLists = new Map<string, PagedList<ModelVersion>>();
  /** Models that were asked for by name: they know their aliases better than an older list does. */
  private readonly single = new Map<string, RegisteredModel>();
  /** Keyed `model <name>`, `version <version> <name>`, `file <version> <name> <path>`. */
  private readonly reads = new SharedReads();

  constructor(
    private readonly store: TrackingStore,
    private readonly ask: Ask,
    private readonly pageSize: number,
    private readonly previews: Pick<Previews, 'model' | 'version'>,
  ) {
    this.models = this.newList();
  }

  /** What is searched for, if anything is. */
  get search(): ModelSearch | undefined {
    return this.found?.search;
  }

  set search(search: ModelSearch | undefined) {
    this.found = search && { search, list: this.newList(search.filter) };
  }

  /** What the search finds; all without one. */
  get listed(): PagedList<RegisteredModel> {
    return this.found?.list ?? this.models;
  }

  find(name: string): RegisteredModel | undefined {
    const all = [...this.listed.listing.items, ...this.models.listing.items];
    const found = this.single.get(name) ?? all.find((model) => model.name === name);
    return found && this.previews.model(found);
  }

  findVersion(name: string, version: string): ModelVersion | undefined {
    const found = this.versionLists.get(name)?.listing.items.find((item) => item.version === version);
    return found && this.lookOf(found, this.find(name)?.aliases ?? []);
  }

  /** From what is loaded, else from the store. Rejects as that does. */
  async version(name: string, version: string): Promise<ModelVersion> {
    await this.versions(name);
    const loaded = this.findVersion(name, version);
    if (loaded) return loaded;
    const read = await this.reads.once(`version ${version} ${name}`, () =>
      this.ask((signal) => this.store.getModelVersion({ name, version }, signal)),
    );
    return withAliases(read, this.find(name)?.aliases ?? []);
  }

  /** Newest first, each with the aliases that point at it: only the model itself knows them. */
  async versions(name: string): Promise<Listing<ModelVersion>> {
    const [listing] = await Promise.all([
      this.versionList(name).load(),
      this.find(name) ?? this.readModel(name).catch(() => undefined),
    ]);
    const aliases = this.find(name)?.aliases ?? [];
    return { ...listing, items: listing.items.flatMap((version) => this.lookOf(version, aliases) ?? []) };
  }

  versionFile(version: ModelVersion, path: string): Promise<string | undefined> {
    return this.reads.once(`file ${version.version} ${version.name} ${path}`, () =>
      this.ask((signal) => this.store.readModelVersionFile(version, path, signal)),
    );
  }

  async refreshModels(): Promise<void> {
    this.markVersionsStale();
    if (this.found) this.models.markStale();
    await this.listed.refresh();
  }

  /** Reads again what is loaded, and says whether any of it changed. */
  async follow(): Promise<boolean> {
    const single = [...this.single.keys()];
    this.forgetReads();
    const changes = await Promise.all([
      this.models.follow(),
      this.found?.list.follow() ?? false,
      ...[...this.versionLists.values()].map((list) => list.follow()),
      ...single.map((name) => this.followModel(name)),
    ]);
    return changes.includes(true);
  }

  /** Reads the versions of a model anew, and the model for its aliases. */
  async refreshVersions(name: string): Promise<void> {
    this.forgetReads();
    await Promise.all([this.versionList(name).refresh(), this.readModel(name).catch(() => undefined)]);
  }

  loadMoreVersions(name: string): Promise<void> {
    return this.versionList(name).loadMore();
  }

  markStale(): void {
    this.models.markStale();
    this.found?.list.markStale();
    this.markVersionsStale();
  }

  /** Has files and single models read again when they are next asked for. */
  forgetReads(): void {
    this.reads.forget();
  }

  private newList(filter?: string): PagedList<RegisteredModel> {
    return new PagedList({
      pageSize: this.pageSize,
      identify: (model) => model.name,
      fetchPage: (page) =>
        this.ask((signal) =>
          this.store.searchRegisteredModels(filter === undefined ? page : { ...page, filter }, signal),
        ),
    });
  }

  private markVersionsStale(): void {
    this.forgetReads();
    this.single.clear();
    for (const list of this.versionLists.values()) list.markStale();
  }

  private async followModel(name: string): Promise<boolean> {
    const before = this.single.get(name);
    // One that is gone is missing in the listing too, which tells.
    const after = await this.readModel(name).catch(() => undefined);
    return !isDeepStrictEqual(before, after);
  }

  private readModel(name: string): Promise<RegisteredModel> {
    return this.reads.once(`model ${name}`, async () => {
      const model = await this.ask((signal) => this.store.getRegisteredModel(name, signal));
      this.single.set(name, model);
      return model;
    });
  }

  private lookOf(version: ModelVersion, aliases: readonly ModelAlias[]): ModelVersion | undefined {
    return this.previews.version(withAliases(version, aliases));
  }

  private versionList(name: string): PagedList<ModelVersion> {
    const present = this.versionLists.get(name);
    if (present) return present;
    const list = new PagedList<ModelVersion>({
      pageSize: this.pageSize,
      identify: (version) => version.version,
      fetchPage: (page) => this.ask((signal) => this.store.searchModelVersions({ ...page, name }, signal)),
    });
    this.versionLists.set(name, list);
    return list;
  }
}

function withAliases(version: ModelVersion, all: readonly ModelAlias[]): ModelVersion {
  const own = all.filter((alias) => alias.version === version.version).map((alias) => alias.alias);
  return own.length === 0 ? version : { ...version, aliases: [...new Set([...version.aliases, ...own])] };
}
