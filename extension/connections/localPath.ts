import { homedir } from 'node:os';
import nodePath, { type PlatformPath } from 'node:path';
import { TrackingError } from '../tracking/errors';
import { kindOfTrackingUri } from './trackingUri';

/** The machine whose paths are meant: this one, except in tests. */
export interface PathSystem {
  readonly path: PlatformPath;
  readonly home: string;
}

const thisMachine: PathSystem = { path: nodePath, home: homedir() };

const windowsDrive = /^[a-z]:([\\/]|$)/i;

/**
 * The absolute path of the database file or the mlruns directory that a tracking URI of kind `sqlite` or `files` names.
 * A relative one begins at `baseFolder`, the absolute path of the folder that says so; undefined where none is open.
 *
 * As MLflow 3.17.2 reads them (reference/STORES.md §1): `sqlite:///x` is relative, `sqlite:////x` absolute, neither is
 * decoded; `file:` URIs and plain paths to a directory are percent-decoded. Beyond MLflow, `~` is the home directory and
 * a plain path to a database file means that file, as it is written. Throws a TrackingError `unsupported` for anything that
 * names no file.
 */
export function resolveLocalPath(
  uri: string,
  baseFolder: string | undefined,
  system: PathSystem = thisMachine,
): string {
  const written = pathIn(uri, system);
  if (written === '' || written.includes('\0')) throw unsupported(`“${uri}” names no file or folder.`);
  if (windowsDrive.test(written) && system.path.sep === '/') {
    throw unsupported(`“${uri}” is a path of Windows, which this machine does not run.`);
  }
  const path = expandHome(written, system);
  if (system.path.isAbsolute(path)) return withoutEnd(system.path.resolve(path), system);
  if (baseFolder === undefined) {
    throw unsupported(`“${uri}” is relative to a folder, but none is open: write an absolute path.`);
  }
  return withoutEnd(system.path.resolve(baseFolder, path), system);
}

/** The same, or undefined where there is no such path: for a server, or for what cannot be opened. */
export function findLocalPath(
  uri: string,
  baseFolder: string | undefined,
  system: PathSystem = thisMachine,
): string | undefined {
  if (!isLocal(uri)) return undefined;
  try {
    return resolveLocalPath(uri, baseFolder, system);
  } catch {
    return undefined;
  }
}

/** The tracking URI by which MLflow itself would find the store at an absolute path. */
export function localUri(
  kind: 'sqlite' | 'files',
  path: string,
  system: Pick<PathSystem, 'path'> = thisMachine,
): string {
  const slashed = path.replaceAll(system.path.sep, '/');
  // SQLAlchemy ends the path at `?` and knows no way to write it: only a plain path can.
  if (kind === 'sqlite') return path.includes('?') ? path : `sqlite:///${slashed}`;
  const encoded = slashed
    .split('/')
    .map((part) => (windowsDrive.test(part) ? part : encodeURIComponent(part)));
  if (slashed.startsWith('//')) return `file:${encoded.join('/')}`;
  return slashed.startsWith('/') ? `file://${encoded.join('/')}` : `file:///${encoded.join('/')}`;
}

/** The URI of the same place that means it anywhere: a relative path says something else in another folder. */
export function absoluteUri({
  uri,
  path,
}: {
  readonly uri: string;
  readonly path?: string | undefined;
}): string {
  const kind = kindOfTrackingUri(uri);
  return path !== undefined && (kind === 'sqlite' || kind === 'files') ? localUri(kind, path) : uri;
}

/** A path as people write it: relative to the folder that holds it, where one does. */
export function shortenPath(
  path: string,
  folders: readonly string[],
  system: Pick<PathSystem, 'path'> = thisMachine,
): string {
  const shortest = folders
    .map((folder) => system.path.relative(folder, path))
    .filter((short) => !short.startsWith('..') && !system.path.isAbsolute(short))
    .sort((one, other) => one.length - other.length)[0];
  if (shortest === undefined) return path;
  return shortest === '' ? system.path.basename(path) : shortest.replaceAll(system.path.sep, '/');
}

/** Whether a tracking URI names a file or directory of this machine. */
export function isLocal(uri: string): boolean {
  const kind = kindOfTrackingUri(uri);
  return kind === 'sqlite' || kind === 'files';
}

function pathIn(uri: string, system: PathSystem): string {
  if (/^sqlite(\+[a-z\d_]+)?:/i.test(uri)) return sqlitePath(uri);
  if (/^file:/i.test(uri)) return filePath(uri, system);
  return kindOfTrackingUri(uri) === 'sqlite' ? uri : decodePercent(uri);
}

function sqlitePath(uri: string): string {
  const [, host, database = '', query = ''] =
    /^[^:]+:(?:\/\/([^/?]*)(?:\/([^?]*))?)?(?:\?(.*))?$/s.exec(uri) ?? [];
  if (host !== '')
    throw unsupported(`“${uri}” is not a SQLite URI: sqlite:///relative.db or sqlite:////absolute.db.`);
  const isInMemory = database === '' || database === ':memory:' || /(^|&)mode=memory(&|$)/.test(query);
  if (isInMemory)
    throw unsupported(`“${uri}” is a database in another program's memory, which nobody else can read.`);
  return /^\/[a-z]:[\\/]/i.test(database) ? database.slice(1) : database;
}

function filePath(uri: string, { path }: PathSystem): string {
  const [, host, rest = ''] = /^file:(?:\/\/([^/?#]*))?([^?#]*)/is.exec(uri) ?? [];
  const decoded = decodePercent(rest);
  if (host !== undefined && !/^(localhost|127\.0\.0\.1)?$/i.test(host)) {
    if (path.sep === '\\') return `\\\\${host}${decoded}`;
    throw unsupported(`“${uri}” names another machine (${host}): a folder of this one is file:///path.`);
  }
  return /^\/[a-z]:([\\/]|$)/i.test(decoded) ? decoded.slice(1) : decoded;
}

/** As Python's `unquote`: what is no escape stays as it is. */
function decodePercent(text: string): string {
  return text.replace(/(%[\da-f]{2})+/gi, (escapes) =>
    Buffer.from(escapes.replaceAll('%', ''), 'hex').toString('utf8'),
  );
}

function expandHome(path: string, system: PathSystem): string {
  return /^~(?=$|[\\/])/.test(path) ? system.path.join(system.home, path.slice(1)) : path;
}

/** A root keeps its slash, all others lose it. */
function withoutEnd(path: string, system: Pick<PathSystem, 'path'>): string {
  return system.path.dirname(path) === path ? path : path.replace(/[\\/]+$/, '');
}

function unsupported(message: string): TrackingError {
  return new TrackingError('unsupported', message);
}
