import { TrackingError } from '../errors';

const redirects: ReadonlySet<number> = new Set([301, 302, 303, 307, 308]);

/**
 * Where a response sends us, if anywhere. Only the same origin is followed, so that credentials stay where they belong
 * and https never becomes http: fetch itself would drop Authorization on the way, but not custom headers
 * (reference/PERFORMANCE.md §7a). Anything else throws a TrackingError `redirected` that names the target's origin,
 * and no more of it, since paths and queries of sign-in pages hold secrets.
 */
export function resolveRedirect(response: Response, from: URL, mayFollow: boolean): URL | undefined {
  if (response.type === 'opaqueredirect') throw redirected(`${from.host} sends us elsewhere.`);
  if (!redirects.has(response.status)) return undefined;
  const location = response.headers.get('location');
  if (location === null || !URL.canParse(location, from.href)) {
    throw redirected(`${from.host} sends us elsewhere (${response.status}) without saying where.`);
  }
  const target = new URL(location, from);
  if (target.origin !== from.origin) {
    const origin = target.origin === 'null' ? target.protocol : target.origin;
    throw redirected(
      `${from.host} sends us to ${origin}, where credentials must not follow: connect to that address if it is the right one.`,
    );
  }
  if (!mayFollow) throw redirected(`${from.host} sends us round in circles.`);
  target.username = '';
  target.password = '';
  return target;
}

function redirected(message: string): TrackingError {
  return new TrackingError('redirected', message);
}
