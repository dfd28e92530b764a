import { TrackingError } from '../errors';
import type { Page } from '../model';
import type { PageRequest } from '../store';

/** The page of all items that the request asks for. Throws a TrackingError 'rejected' for a token that is not MLflow's. */
export function paginate<T>(items: readonly T[], { pageSize, pageToken }: PageRequest): Page<T> {
  const start = readOffset(pageToken);
  const end = start + pageSize;
  return { items: items.slice(start, end), nextPageToken: end < items.length ? toToken(end) : undefined };
}

/** Where a page starts and how many rows to ask for: one more than fit, which tells whether there is a next page. */
export interface Slice {
  readonly offset: number;
  readonly limit: number;
}

/** Throws a TrackingError 'rejected' for a token that is not MLflow's. */
export function toSlice({ pageSize, pageToken }: PageRequest): Slice {
  return { offset: readOffset(pageToken), limit: pageSize + 1 };
}

/** The items of a slice without the one too many. */
export function toPage<T>(items: readonly T[], { offset, limit }: Slice): Page<T> {
  const pageSize = limit - 1;
  if (items.length <= pageSize) return { items, nextPageToken: undefined };
  return { items: items.slice(0, pageSize), nextPageToken: toToken(offset + pageSize) };
}

/** A token as MLflow's own stores write it: base64 of `{"offset": 3}` (reference/STORES.md §4). */
function toToken(offset: number): string {
  return Buffer.from(`{"offset": ${offset}}`).toString('base64');
}

function readOffset(token: string | undefined): number {
  if (!token) return 0;
  const match = /^\{"offset": ?(\d{1,15})\}$/.exec(Buffer.from(token, 'base64').toString('latin1'));
  if (match) return Number(match[1]);
  throw new TrackingError('rejected', 'The page token is not one of this store’s.');
}
