import type { RunQuery } from '../store';
import type { RunFolder } from './runFolders';

/** How long a search may rest between two of its pages and still go on where it was, in ms. */
const longestRest = 5000;

/** Two people page through different things at a time, at most. */
const mostSearches = 4;

interface PagedSearch {
  readonly runs: readonly RunFolder[];
  readonly lastUse: number;
}

/**
 * What searches found that are being paged through right now: the next page goes on in the same order, and does not look at
 * every run of the store again. A first page always searches anew.
 */
export class PagedSearches {
  private readonly kept = new Map<string, PagedSearch>();

  /** What the query finds, by `search` unless it continues what was found a moment ago. */
  find(query: RunQuery, search: () => readonly RunFolder[]): readonly RunFolder[] {
    const { experimentIds, view, filter, orderBy, pageToken } = query;
    const key = JSON.stringify([experimentIds, view, filter, orderBy]);
    const before = this.kept.get(key);
    const now = performance.now();
    const isContinued = pageToken !== undefined && before && now - before.lastUse < longestRest;
    const runs = isContinued ? before.runs : search();
    this.kept.delete(key);
    this.kept.set(key, { runs, lastUse: now });
    for (const [oldest, { lastUse }] of this.kept) {
      if (this.kept.size > mostSearches || now - lastUse >= longestRest) this.kept.delete(oldest);
    }
    return runs;
  }
}
