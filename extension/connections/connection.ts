/** What decided where to look, strongest first: see `resolveConnection`. */
export type ConnectionSource = 'userSetting' | 'workspaceSetting' | 'environment' | 'envFile';

/** One place where MLflow keeps its data, and who chose it. */
export interface Connection {
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

/** A short name for status bar and view: the host, and the path if there is one. */
export function nameConnection(uri: string): string {
  if (!/^https?:\/\//i.test(uri) || !URL.canParse(uri)) return uri;
  const { host, pathname } = new URL(uri);
  return host + pathname.replace(/\/+$/, '');
}
