import { shortenPath } from './localPath';

/** What decided where to look, strongest first: see `resolveConnection`. */
export type ConnectionSource = 'userSetting' | 'workspaceSetting' | 'environment' | 'envFile' | 'found';

/** A place that MLflow keeps data in, and who chose it. */
export interface ConnectedPlace {
  /** The tracking URI as it was said, without credentials: it is shown and logged. */
  readonly uri: string;
  /** The absolute path of a local store's database file or mlruns directory. */
  readonly path?: string | undefined;
  readonly source: ConnectionSource;
  /** What decided, for people: `setting mlflow.tracking.uri (workspace)`, `MLFLOW_TRACKING_URI in .env`. */
  readonly sourceLabel: string;
  /** The headers that authorise a request to this connection's own origin; asked for anew with each request. */
  readonly authorize: () => Promise<ReadonlyMap<string, string>>;
}

/** Where MLflow keeps its data. */
export interface Connection extends ConnectedPlace {
  /** What people call it, where that says more than `nameConnection`. */
  readonly name?: string | undefined;
  /** Where registered models are kept, if not in the same place. */
  readonly registry?: ConnectedPlace | undefined;
}

/** What people call a connection. */
export function nameOf({ name, uri }: Pick<Connection, 'name' | 'uri'>): string {
  return name ?? nameConnection(uri);
}

/**
 * A short name for status bar and view: a server's host, and its path if there is one; the path of a local store, as
 * the workspace folders see it.
 */
export function nameConnection(uri: string, path?: string, folders: readonly string[] = []): string {
  if (path !== undefined) return shortenPath(path, folders);
  if (!/^https?:\/\//i.test(uri) || !URL.canParse(uri)) return uri;
  const { host, pathname } = new URL(uri);
  return host + pathname.replace(/\/+$/, '');
}
