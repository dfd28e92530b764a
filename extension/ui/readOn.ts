import type { Listing } from '../catalog/pagedList';

/** A listing that is read page by page, and the text by which somebody looks for one of its items. */
export interface Searched<T> {
  readonly load: () => Promise<Listing<T>>;
  /** Loads the next page; `load` then answers with it. */
  readonly loadMore: () => Promise<void>;
  readonly textOf: (item: T) => string;
}

export interface ReadOnOptions<T> {
  /** What somebody typed to look for. */
  readonly text: string;
  /** Whether pages after the next are still wanted. */
  readonly isWanted: () => boolean;
  /** Told of the listing whenever a page brought what has the text in it, and at the end. */
  readonly show: (listing: Listing<T>) => void;
}

/** Pages read at one wish: a few seconds of a slow server. */
const mostPages = 50;

/**
 * Reads the next page of a listing, and those after it until an item has `text` as a word of its own; none of them has
 * where there is no text. Answers that item. Rejects as `load` and `loadMore` do.
 */
export async function readOn<T>(
  { load, loadMore, textOf }: Searched<T>,
  { text, isWanted, show }: ReadOnOptions<T>,
): Promise<T | undefined> {
  const sought = text.trim().toLowerCase();
  let listing = await load();
  for (let pages = 1; ; pages++) {
    const known = listing.items.length;
    await loadMore();
    listing = await load();
    const fresh = listing.items.slice(known);
    const found = sought === '' ? undefined : fresh.find((item) => hasWord(textOf(item), sought));
    const isLast =
      !listing.hasMore || listing.moreFailure !== undefined || pages === mostPages || !isWanted();
    if (found !== undefined || sought === '' || isLast) {
      show(listing);
      return found;
    }
    if (fresh.some((item) => textOf(item).toLowerCase().includes(sought))) show(listing);
  }
}

/** Whether the text has the word, which is in small letters, with nothing of a word beside it. */
function hasWord(text: string, word: string): boolean {
  const small = text.toLowerCase();
  for (let at = small.indexOf(word); at >= 0; at = small.indexOf(word, at + 1)) {
    const before = small.slice(0, at);
    const after = small.slice(at + word.length);
    if (!/[\p{L}\p{N}]$/u.test(before) && !/^[\p{L}\p{N}]/u.test(after)) return true;
  }
  return false;
}
