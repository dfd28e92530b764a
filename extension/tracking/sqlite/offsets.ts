import { TrackingError } from '../errors';
import type { Page } from '../model';
import type { PageRequest } from '../store';

/** Where a page starts and how many rows to ask for: one more than fit, which tells whether there is a next page. */
export interface Slice {
  readonly offset: number;
  readonly limit: number;
}

/** Throws a TrackingError 'rejected' for a token that is not MLflow's. */
export function toSlice({ pageSize, pageToken }: PageRequest): Slice {
  return { offset: pageToken ? readOffset(pageToken) : 0, limit: pageSize + 1 };
}

/** A token as MLflow's own stores write it: base64 of `{"offset": 3}` (reference/STORES.md §4). */
function readOffset(token: string): number {
  const text = Buffer.from(token, 'base64').toString();
  const offset = Number(/^\{"offset": (\d{1,15})\}$/.exec(text)?.[1]);
  if (Number.isSafeInteger(offset)) return offset;
  throw new TrackingError('rejected', `${token} is no page token.`);
}

/** The items of a slice without the one too many. */
export function toPage<T>(items: readonly T[], { offset, limit }: Slice): Page<T> {
  const pageSize = limit - 1;
  if (items.length <= pageSize) return { items, nextPageToken: undefined };
  const token = Buffer.from(`{"offset": ${offset + pageSize}}`).toString('base64');
  return { items: items.slice(0, pageSize), nextPageToken: token };
}
