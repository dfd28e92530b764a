import { isAbsolute, join, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { UserError } from '../ui/userError';

/** A store of this machine over which a local server can run. */
export interface LocalBackend {
  readonly kind: 'sqlite' | 'files';
  /** Its URI with absolute paths, secrets included: it identifies the store and is what MLflow is given. */
  readonly uri: string;
  /** The file of an SQLite database or the folder of a file store. */
  readonly path: string;
}

/** A local store, or a database that a server of its own keeps. */
export type Backend =
  LocalBackend | { readonly kind: 'database'; readonly uri: string; readonly path: undefined };

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

/** The store at an absolute path of this machine, which is a database's file or a file store's folder. */
export function readLocalBackend(kind: LocalBackend['kind'], path: string): LocalBackend {
  if (kind === 'files') return readFiles(path);
  // SQLAlchemy takes the one for the beginning of a query, and the other, from 2.1 on, for the character that it encodes.
  const misread = /\?|%[\da-f]{2}/i.exec(path)?.[0];
  if (misread !== undefined)
    throw new UserError(`MLflow cannot open ${path}: in its URI, “${misread}” would mean something else.`);
  return readSqlite('sqlite', path, '', undefined);
}

function readSqlite(scheme: string, file: string, query: string, folder: string | undefined): LocalBackend {
  if (file === '' || file === ':memory:') {
    throw new UserError('An SQLite database in memory belongs to one program only: no server can serve it.');
  }
  const path = place(file, folder);
  return { kind: 'sqlite', uri: `${scheme}:///${path.replaceAll('\\', '/')}${query}`, path };
}

function readFiles(path: string): LocalBackend {
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
