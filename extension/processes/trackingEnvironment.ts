import { pathToFileURL } from 'node:url';

/** One store of MLflow's. */
interface StorePlace {
  /** Without a login. */
  readonly uri: string;
  /** The absolute path of a local store. */
  readonly path?: string | undefined;
}

/** Where MLflow keeps its data, as programs of ours are told. */
export interface TrackedPlace extends StorePlace {
  /** Where models are registered, if elsewhere. */
  readonly registry?: StorePlace | undefined;
  /** What a request to it is given, by name in lower case. */
  readonly headers: ReadonlyMap<string, string>;
}

/**
 * MLflow's own variables for a place. Credentials are among them: they belong into a program's environment, never into its
 * arguments. Paths become absolute, since the program may run in another folder.
 */
export function composeTrackingEnvironment(place: TrackedPlace): Record<string, string> {
  const { registry } = place;
  const workspace = place.headers.get('x-mlflow-workspace');
  return {
    MLFLOW_TRACKING_URI: absoluteUri(place),
    ...([place, registry].some(isFileStore) ? { MLFLOW_ALLOW_FILE_STORE: 'true' } : {}),
    ...(registry === undefined ? {} : { MLFLOW_REGISTRY_URI: absoluteUri(registry) }),
    ...(workspace === undefined ? {} : { MLFLOW_WORKSPACE: workspace }),
    ...credentialsIn(place.headers.get('authorization') ?? ''),
  };
}

/** The names of headers that MLflow's own client knows no variable for. */
export function listLostHeaders(headers: ReadonlyMap<string, string>): readonly string[] {
  return [...headers.keys()].filter((name) => !['authorization', 'x-mlflow-workspace'].includes(name));
}

function isSqlite({ uri, path = '' }: StorePlace): boolean {
  return /^sqlite/i.test(uri) || /\.(db|sqlite3?)$/i.test(path);
}

function isFileStore(place: StorePlace | undefined): boolean {
  return place?.path !== undefined && !isSqlite(place);
}

function absoluteUri(place: StorePlace): string {
  const { uri, path } = place;
  if (path === undefined) return uri;
  return isSqlite(place) ? `sqlite:///${path.replaceAll('\\', '/')}` : pathToFileURL(path).href;
}

function credentialsIn(authorization: string): Record<string, string> {
  const [, scheme = '', rest = ''] = /^(\S+) (.*)$/.exec(authorization) ?? [];
  if (scheme.toLowerCase() === 'bearer') return { MLFLOW_TRACKING_TOKEN: rest };
  if (scheme.toLowerCase() !== 'basic') return {};
  const login = Buffer.from(rest, 'base64').toString('utf8');
  const colon = login.indexOf(':');
  return {
    MLFLOW_TRACKING_USERNAME: login.slice(0, colon),
    MLFLOW_TRACKING_PASSWORD: login.slice(colon + 1),
  };
}
