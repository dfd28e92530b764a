import { TrackingError } from '../errors';
import type { Page } from '../model';
import type { PageRequest } from '../store';

/** The page of all items that the request asks for. Tokens are as MLflow's: base64 of `{"offset": N}`. */
export function paginate<T>(items: readonly T[], { pageSize, pageToken }: PageRequest): Page<T> {
  const start = pageToken === undefined ? 0 : readOffset(pageToken);
  const end = start + pageSize;
  return { items: items.slice(start, end), nextPageToken: end < items.length ? toToken(end) : undefined };
}

function toToken(offset: number): string {
  return Buffer.from(`{"offset": ${offset}}`).toString('base64');
}

function readOffset(token: string): number {
  const match = /^\{"offset": ?(\d{1,15})\}$/.exec(Buffer.from(token, 'base64').toString('latin1'));
  if (!match) throw new TrackingError('rejected', 'The page token is not one of this store’s.');
  return Number(match[1]);
}
