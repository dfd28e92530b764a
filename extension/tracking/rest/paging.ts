import type { Page } from '../model';
import type { LifecycleView, PageRequest } from '../store';

/** The largest page asked for: one of 1,000 runs already takes a real server seconds (reference/PERFORMANCE.md §4). */
const largestPage = 1000;

/** A page request as the fields of a POST body. `max_results` must be sent: missing means 0, which is rejected. */
export function pageBody({ pageSize, pageToken }: PageRequest): Readonly<Record<string, unknown>> {
  return { max_results: limitSize(pageSize), page_token: pageToken };
}

/** A page request as query parameters. */
export function pageQuery({
  pageSize,
  pageToken,
}: PageRequest): Readonly<Record<string, string | undefined>> {
  return { max_results: String(limitSize(pageSize)), page_token: pageToken };
}

function limitSize(pageSize: number): number {
  return Math.min(Math.max(Math.trunc(pageSize), 1), largestPage);
}

/** A server that names the page we asked for as the next one would keep us asking for ever: the page is the last. */
export function endRepetition<T>(page: Page<T>, { pageToken }: PageRequest): Page<T> {
  return page.nextPageToken === pageToken ? { ...page, nextPageToken: undefined } : page;
}

/** MLflow's name of a view (reference/REST.md §2). */
export function nameView(view: LifecycleView): string {
  switch (view) {
    case 'active':
      return 'ACTIVE_ONLY';
    case 'deleted':
      return 'DELETED_ONLY';
    case 'all':
      return 'ALL';
  }
}

/** The items in order, in lists of at most `size`. */
export function splitInto<T>(items: readonly T[], size: number): readonly (readonly T[])[] {
  const count = Math.ceil(items.length / size);
  return Array.from({ length: count }, (_, index) => items.slice(index * size, (index + 1) * size));
}
