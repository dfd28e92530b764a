import type { BasicLogin } from './login';

/** A tracking URI taken apart: what may be shown, and the login that was written into it. */
export interface TrackingUri {
  readonly uri: string;
  readonly login: BasicLogin | undefined;
}

/** What stands behind a tracking URI, as far as its form tells. */
export type BackendKind =
  | 'server' // a tracking server over HTTP
  | 'sqlite' // a database file of this machine
  | 'files' // an mlruns directory of this machine
  | 'database' // a database that a server keeps
  | 'databricks'
  | 'unknown';

/** Most specific first. A path that ends like a database file is one: MLflow would take it for a directory. */
const schemes: readonly (readonly [RegExp, BackendKind])[] = [
  [/^sqlite(\+[a-z\d_]+)?:/i, 'sqlite'],
  [/^(postgresql|mysql|mssql)(\+[a-z\d_]+)?:/i, 'database'],
  [/^(?=[a-z]:[\\/]|(?![a-z][a-z\d+.-]*:)).*\.(db|sqlite3?)$/is, 'sqlite'],
  [/^file:/i, 'files'],
  [/^databricks(-uc)?(:|$)/i, 'databricks'],
  [/^[a-z]:[\\/]/i, 'files'],
  [/^[a-z][a-z\d+.-]*:/i, 'unknown'],
  [/./, 'files'],
];

/** Control characters and those that turn the direction of text: a URI that holds them only looks like another. */
const invisible = /[\p{Cc}\u061c\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]/gu;

export function kindOfTrackingUri(uri: string): BackendKind {
  if (originOf(uri) !== undefined) return 'server';
  return schemes.find(([form]) => form.test(uri))?.[1] ?? 'unknown';
}

/** Scheme, host and port of an MLflow server's URI; undefined for all other URIs. Credentials belong to an origin. */
export function originOf(uri: string): string | undefined {
  return /^https?:\/\//i.test(uri) && URL.canParse(uri) ? new URL(uri).origin : undefined;
}

/**
 * Reads what somebody wrote as a tracking URI: `host:port` means `http://host:port`, an address copied from MLflow's
 * own web UI loses its fragment, and a login in it is taken out so that it can't be shown by accident.
 */
export function readTrackingUri(text: string): TrackingUri {
  const written = withScheme(text.replace(invisible, '').trim());
  // The URL standard takes a backslash for a slash: here it can only belong to a password.
  const encoded = written.replaceAll('\\', '%5C');
  if (originOf(encoded) === undefined) return { uri: withoutUserInfo(written), login: undefined };
  const url = new URL(encoded);
  const login: BasicLogin | undefined =
    url.username === '' && url.password === ''
      ? undefined
      : { kind: 'basic', username: decode(url.username), password: decode(url.password) };
  url.username = '';
  url.password = '';
  url.hash = '';
  url.search = '';
  return { uri: url.href.replace(/\/+$/, ''), login };
}

/** What is wrong with a tracking URI that somebody is typing; undefined when nothing is. */
export function findUriProblem(text: string): string | undefined {
  const trimmed = text.trim();
  if (trimmed === '')
    return 'Enter the address of an MLflow server or the path of a store, such as ./mlflow.db.';
  const { uri } = readTrackingUri(trimmed);
  if (/^https?:/i.test(uri) && originOf(uri) === undefined) {
    return 'The address is not complete: http://host:port or https://host.';
  }
  if (/^[\w-]+(\.[\w-]+)*$/.test(uri) && kindOfTrackingUri(uri) === 'files') {
    return `For a server write http://${uri} or https://${uri}, for a folder ./${uri}.`;
  }
  return kindOfTrackingUri(uri) === 'unknown'
    ? 'A tracking URI begins with http://, https://, sqlite:/// or file:///, or is a path.'
    : undefined;
}

/** Whether what is sent there stays on this machine. */
export function isLoopback(uri: string): boolean {
  const origin = originOf(uri);
  if (origin === undefined) return false;
  const { hostname } = new URL(origin);
  return /^(localhost|.+\.localhost|127(\.\d+){3}|\[::1\])$/.test(hostname);
}

function withScheme(text: string): string {
  const isHostAndPort = /^([^\s/@]+@)?([^\s/:@]+|\[[\da-f:]+\]):\d{1,5}(\/|$)/i.test(text);
  const isKnownHost = /^(localhost|\d{1,3}(\.\d{1,3}){3})(\/|$)/i.test(text);
  return isHostAndPort || isKnownHost ? `http://${text}` : text;
}

/** Leaves nothing between `//` and the last `@`: an odd password may itself hold `/`, `#` or `@`. */
function withoutUserInfo(uri: string): string {
  const stripped = uri.replace(/^(https?:\/*|[a-z][a-z\d+.-]*:\/\/(?!\/)).*@/is, '$1');
  return kindOfTrackingUri(stripped) === 'unknown' ? stripped.replace(/^.*@/s, '') : stripped;
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
