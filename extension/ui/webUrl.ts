import { startServer } from './steps';
import { UserError } from './userError';

/**
 * The address of a page of MLflow's web UI, which routes behind `#` (reference/REST.md §1). The tracking URI's own path
 * is where the UI lies.
 */
export function webUrl(trackingUri: string, ...segments: readonly string[]): string {
  if (!/^https?:\/\//i.test(trackingUri) || !URL.canParse(trackingUri)) {
    throw new UserError('Only an MLflow server has a web UI. A local one can be started for this store.', {
      next: startServer,
    });
  }
  const { origin, pathname } = new URL(trackingUri);
  const route = segments.map((segment) => `/${encodeURIComponent(segment.replace(/\p{Cs}/gu, '\ufffd'))}`);
  return `${origin}${pathname.replace(/\/+$/, '')}/#${route.join('')}`;
}
