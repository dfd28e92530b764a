import { isDeepStrictEqual } from 'node:util';
import { isCancellation } from '../tracking/errors';
import type { Page } from '../tracking/model';
import type { PageRequest } from '../tracking/store';

/** What is known of a listing now. Items outlive a failed refresh: `failure` then says why they may be stale. */
export interface Listing<T> {
  readonly items: readonly T[];
  /** There is more to load; also when the very first page was not wanted any longer. */
  readonly hasMore: boolean;
  /** Why the listing could not be read, or read anew. */
  readonly failure: unknown;
  /** Why the next page could not be read. */
  readonly moreFailure: unknown;
}

export interface PagedListOptions<T> {
  readonly pageSize: number;
  readonly identify: (item: T) => string;
  readonly fetchPage: (request: PageRequest) => Promise<Page<T>>;
  /** Completes freshly read items before they are seen, such as with what they refer to; `all` is what will be there. */
  readonly complete?: (fresh: readonly T[], all: readonly T[]) => Promise<void>;
}

/** The largest page anybody asks for: one of 1,000 runs takes a real server seconds. */
const largestPage = 1000;

/** Pages read in a row for one listing: enough to refresh what somebody loaded click by click. */
const mostPages = 20;

/** Pages in a row that bring nothing new, as when a store leaves out what is not asked for. */
const mostBarrenPages = 5;

type Phase = 'new' | 'stopped' | 'failed' | 'read';
type Task = 'load' | 'refresh' | 'more';

/** A listing read page by page by token, kept until it is refreshed. Not more than one request at a time. */
export class PagedList<T> {
  private items: readonly T[] = [];
  private nextPageToken: string | undefined;
  private failure: unknown;
  private moreFailure: unknown;
  private phase: Phase = 'new';
  private isStale = false;
  private readonly tokens = new Set<string>();
  private readonly underWay = new Map<Task, Promise<void>>();
  private last: Promise<void> = Promise.resolve();

  constructor(private readonly options: PagedListOptions<T>) {}

  /** What is there without asking anybody. */
  get listing(): Listing<T> {
    const hasMore = this.nextPageToken !== undefined || this.phase === 'stopped';
    return { items: this.items, hasMore, failure: this.failure, moreFailure: this.moreFailure };
  }

  /**
   * The first page, read once, and again when it went stale. One that failed is read again only by `refresh`, and one
   * that nobody waited for by `loadMore` too.
   */
  async load(): Promise<Listing<T>> {
    if (this.isWanting) {
      await this.share('load', async () => {
        if (this.isWanting) await this.readFromStart();
      });
    }
    return this.listing;
  }

  /** Reads again what is there, and keeps the old if that fails. */
  async refresh(): Promise<void> {
    await this.share('refresh', () => this.readFromStart());
  }

  /** As `refresh`, by a reading that begins now: one that is under way may be older than what is to be seen. */
  async refreshAnew(): Promise<void> {
    await this.last;
    await this.refresh();
  }

  /** Reads again what is there, if anything is, and says whether that changed it. */
  async follow(): Promise<boolean> {
    if (this.phase === 'new') return false;
    const before = this.listing;
    await this.refreshAnew();
    return !isDeepStrictEqual(before, this.listing);
  }

  /** Whoever asks next has it read again; until then nobody does. */
  markStale(): void {
    if (this.phase !== 'new') this.isStale = true;
  }

  async loadMore(): Promise<void> {
    await this.share('more', async () => {
      if (this.phase === 'stopped') await this.readFromStart();
      else if (this.nextPageToken !== undefined) await this.readNext(this.nextPageToken);
    });
  }

  /** Puts newer states of items in the place of older ones; `undefined` takes one out. */
  update(renew: (item: T) => T | undefined): void {
    this.items = this.items.map(renew).filter((item) => item !== undefined);
  }

  private get isWanting(): boolean {
    return this.phase === 'new' || this.isStale;
  }

  private async readFromStart(): Promise<void> {
    this.isStale = false;
    try {
      this.tokens.clear();
      await this.readPages([], undefined, Math.max(1, this.items.length));
      this.failure = undefined;
      this.moreFailure = undefined;
      this.phase = 'read';
    } catch (error) {
      this.noteFailure(error);
    }
  }

  private noteFailure(error: unknown): void {
    const wasRead = this.phase === 'read';
    if (!isCancellation(error)) this.failure = error;
    if (!wasRead) this.phase = isCancellation(error) ? 'stopped' : 'failed';
  }

  private async readNext(pageToken: string): Promise<void> {
    try {
      await this.readPages(this.items, pageToken, this.items.length + 1);
      this.moreFailure = undefined;
    } catch (error) {
      if (!isCancellation(error)) this.moreFailure = error;
    }
  }

  /**
   * Reads pages until `wanted` items are there. Pages are counted by offset, so one that was read later may repeat items
   * that newer ones have pushed down: each is kept once.
   */
  private async readPages(before: readonly T[], from: string | undefined, wanted: number): Promise<void> {
    const { identify, fetchPage } = this.options;
    const pageSize = Math.min(Math.max(this.options.pageSize, before.length > 0 ? 0 : wanted), largestPage);
    const all = new Map(before.map((item) => [identify(item), item]));
    const fresh: T[] = [];
    let token = from;
    for (let pages = 0, barren = 0; pages < mostPages && barren < mostBarrenPages; pages++) {
      const page = await fetchPage(token === undefined ? { pageSize } : { pageSize, pageToken: token });
      const news = page.items.filter((item) => !all.has(identify(item)));
      for (const item of news) all.set(identify(item), item);
      fresh.push(...news);
      barren = news.length === 0 ? barren + 1 : 0;
      token = this.takeToken(page.nextPageToken);
      if (token === undefined || all.size >= wanted) break;
    }
    await this.accept(fresh, [...all.values()], token);
  }

  /** A token that was there before leads in a circle: then the listing ends. */
  private takeToken(token: string | undefined): string | undefined {
    if (token === undefined || this.tokens.has(token)) return undefined;
    this.tokens.add(token);
    return token;
  }

  private async accept(fresh: readonly T[], all: readonly T[], token: string | undefined): Promise<void> {
    try {
      await this.options.complete?.(fresh, all);
    } finally {
      // What has been read is worth showing even where what it refers to is missing.
      this.items = all;
      this.nextPageToken = token;
      this.phase = 'read';
    }
  }

  /** Callers who want the same thing at the same time share one request; different things follow one another. */
  private share(task: Task, read: () => Promise<void>): Promise<void> {
    const present = this.underWay.get(task);
    if (present) return present;
    const reading = this.last.then(read).finally(() => this.underWay.delete(task));
    this.underWay.set(task, reading);
    this.last = reading;
    return reading;
  }
}
