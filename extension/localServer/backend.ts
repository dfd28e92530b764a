import { isAbsolute, join, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { UserError } from '../ui/userError';

/** A store over which a local server can run. */
export interface Backend {
  readonly kind: 'database' | 'sqlite' | 'files';
  /** Its URI with absolute paths, secrets included: it identifies the store and is what MLflow is given. */
  readonly uri: string;
  /** The file of an SQLite database or the folder of a file store; undefined for a database server. */
  readonly path: string | undefined;
}

/**
 * What `mlflow server --backend-store-uri` would make of a URI that is used in `folder` (reference/STORES.md §1).
 * Throws a UserError for what no local server can serve, or for a relative path where no folder is open.
 */
export function readBackend(uri: string, folder: string | undefined): Backend {
  const sqlite = /^(sqlite(?:\+\w+)?):\/\/(?:\/(.*?))?(\?.*)?$/is.exec(uri);
  if (sqlite) return readSqlite(sqlite[1] ?? 'sqlite', sqlite[2] ?? '', sqlite[3] ?? '', folder);
  if (/^(postgresql|mysql|mssql)(\+\w+)?:\/\//i.test(uri)) return { kind: 'database', uri, path: undefined };
  if (/^file:/i.test(uri)) return readFiles(pathOfFileUri(uri, folder));
  if (/^[a-z]:[\\/]/i.test(uri) || !/^[a-z][a-z\d+.-]*:/i.test(uri)) return readFiles(place(uri, folder));
  throw new UserError(
    'A local server can only serve an SQLite, PostgreSQL, MySQL or SQL Server database or an mlruns folder.',
  );
}

function readSqlite(scheme: string, file: string, query: string, folder: string | undefined): Backend {
  if (file === '' || file === ':memory:') {
    throw new UserError('An SQLite database in memory belongs to one program only: no server can serve it.');
  }
  const path = place(file, folder);
  return { kind: 'sqlite', uri: `${scheme}:///${path.replaceAll('\\', '/')}${query}`, path };
}

function readFiles(path: string): Backend {
  return { kind: 'files', uri: pathToFileURL(path).href, path };
}

function pathOfFileUri(uri: string, folder: string | undefined): string {
  if (/^file:\/\//i.test(uri)) {
    try {
      return fileURLToPath(uri);
    } catch {
      throw new UserError(`“${uri}” names no folder of this machine.`);
    }
  }
  return place(decodeURIComponent(uri.slice('file:'.length)), folder);
}

function place(path: string, folder: string | undefined): string {
  if (isAbsolute(path)) return resolve(path);
  if (folder === undefined)
    throw new UserError(`“${path}” is a relative path: open the folder that it is in.`);
  return join(folder, path);
}
