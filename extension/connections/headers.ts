import { authorizationOf, type Login, type OriginCredentials } from './login';

/** Headers that make up the request itself: setting them breaks it, or lets one request pass for two. */
const ownByTransport: ReadonlySet<string> = new Set([
  'accept-encoding',
  'connection',
  'content-encoding',
  'content-length',
  'content-type',
  'expect',
  'host',
  'keep-alive',
  'origin',
  'proxy-authorization',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
]);

/** What is wrong with a custom header's name; undefined when nothing is. */
export function findHeaderNameProblem(name: string): string | undefined {
  if (name === '') return 'Enter the name of a header, such as X-Api-Key.';
  if (!/^[!#$%&'*+.^_`|~\w-]+$/.test(name)) return "A header's name holds letters, digits and - only.";
  return ownByTransport.has(name.toLowerCase())
    ? `${name} belongs to the connection itself and can't be set.`
    : undefined;
}

/** What is wrong with a header's value, or with a token that becomes part of one; undefined when nothing is. */
export function findHeaderValueProblem(value: string): string | undefined {
  if (value.trim() === '') return 'Enter a value.';
  // Node accepts Latin-1 here and refuses the rest with an error of its own that would show the value.
  return /^[\t\x20-\x7e\x80-\xff]+$/.test(value)
    ? undefined
    : "A value can't hold line breaks, control characters or letters outside Latin-1.";
}

/** Where the headers of a request come from, weakest last. */
export interface HeaderSources {
  readonly stored: OriginCredentials | undefined;
  /** The login that stood in the tracking URI. */
  readonly embedded: Login | undefined;
  /** The login of the environment, where it belongs to this connection. */
  readonly environment: Login | undefined;
  /** MLFLOW_WORKSPACE, where it belongs to this connection. */
  readonly workspace: string | undefined;
}

/**
 * The headers that authorise a request, by name in lower case. A stored login wins over one in the URI, and that over
 * the environment's; stored headers are added to whichever wins, and a stored `Authorization` header replaces it.
 * What no request could carry is left out.
 */
export function composeHeaders(sources: HeaderSources): ReadonlyMap<string, string> {
  const { stored, embedded, environment, workspace } = sources;
  const headers = new Map<string, string>();
  const login = stored?.login ?? embedded ?? environment;
  if (login) headers.set('authorization', authorizationOf(login));
  if (workspace !== undefined) headers.set('x-mlflow-workspace', workspace);
  for (const [name, value] of stored?.headers ?? []) headers.set(name.toLowerCase(), value);
  return new Map([...headers].filter(([name, value]) => isSendable(name, value)));
}

/** Whether anyone who reads these headers on the way could pose as the user. */
export function holdSecret(headers: ReadonlyMap<string, string>): boolean {
  return [...headers.keys()].some((name) => name !== 'x-mlflow-workspace');
}

function isSendable(name: string, value: string): boolean {
  return findHeaderNameProblem(name) === undefined && findHeaderValueProblem(value) === undefined;
}
