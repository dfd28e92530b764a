import {
  closeSync,
  constants,
  lstatSync,
  openSync,
  readdirSync,
  readSync,
  realpathSync,
  type Stats,
} from 'node:fs';
import { isAbsolute, join, resolve, sep } from 'node:path';
import { decodePercents, explainUnsafePath, refuseUnsafePath } from '../artifactPath';
import { TrackingError } from '../errors';
import type { Artifact } from '../model';

/** Of what is read as text, in bytes; an MLmodel file has a few thousand. */
const largestText = 2 ** 20;

// Neither waits at a pipe nor follows a link that was put there since the look at it. Windows has neither flag.
export const openFlags =
  constants.O_RDONLY |
  ((constants as Partial<typeof constants>).O_NONBLOCK ?? 0) |
  ((constants as Partial<typeof constants>).O_NOFOLLOW ?? 0);

/**
 * What lies directly in a folder of the artifacts at `location`, `''` being their root; by name. `location` is what MLflow
 * keeps (`file:///…`, a plain path, `mlflow-artifacts:/…`, `s3://…`); `storeFolder` is the folder in which the database or
 * the mlruns directory lies. Empty where nothing was logged. Throws a TrackingError, `unsupported` for artifacts that are
 * not in this machine's files; links that lead out of the artifacts are listed, but not followed.
 */
export function listArtifactsAt(location: string, path: string, storeFolder: string): readonly Artifact[] {
  return explain(path, () => {
    const place = findPlace(location, path, storeFolder);
    if (!lstatOf(place?.target)?.isDirectory() || !place) return [];
    const names = readdirSync(place.target).sort(compareCodePoints);
    return names.map((name) => describe(place, name, path === '' ? name : `${trimSlashes(path)}/${name}`));
  });
}

/**
 * The text of a small file among the artifacts at `location`; undefined if there is none. Throws a TrackingError like
 * `listArtifactsAt`, and `tooLarge` above 1 MiB.
 */
export function readArtifactAt(location: string, path: string, storeFolder: string): string | undefined {
  const bytes = readArtifactBytesAt(location, path, storeFolder, largestText);
  return bytes && Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('utf8');
}

/** The bytes of a file among the artifacts at `location`, in a buffer of their own; else like `readArtifactAt`, with another limit. */
export function readArtifactBytesAt(
  location: string,
  path: string,
  storeFolder: string,
  limit: number,
): Uint8Array | undefined {
  return explain(path, () => {
    const place = findPlace(location, path, storeFolder);
    const stats = lstatOf(place?.target);
    if (!place || !stats?.isFile()) return undefined;
    if (stats.size > limit) {
      throw new TrackingError(
        'tooLarge',
        `${path} is larger than ${Number((limit / 2 ** 20).toFixed(1))} MiB.`,
      );
    }
    return readBytes(place.target, stats.size);
  });
}

/** Where a file among the artifacts at `location` lies, links resolved; undefined if there is none. Throws like `listArtifactsAt`. */
export function locateArtifactAt(
  location: string,
  path: string,
  storeFolder: string,
): { readonly path: string } | undefined {
  return explain(path, () => {
    const place = findPlace(location, path, storeFolder);
    return place && lstatOf(place.target)?.isFile() ? { path: place.target } : undefined;
  });
}

/** The folder of this machine that an artifact location means. Throws a TrackingError (`unsupported`) if it means none. */
export function artifactFolderOf(location: string, storeFolder: string): string {
  const [, scheme = '', rest = ''] = /^([a-z][a-z\d+.-]+):(.*)$/is.exec(location) ?? [];
  switch (scheme.toLowerCase()) {
    case '':
      return pathOf(location, storeFolder, location);
    case 'file':
      return pathOf(decodePercents(cutHost(rest, location)), storeFolder, location);
    case 'mlflow-artifacts':
      return servedFolder(rest, storeFolder, location);
    default:
      throw elsewhere(location);
  }
}

function pathOf(path: string, storeFolder: string, location: string): string {
  const drive = /^[/\\]?([a-z]:.*)$/is.exec(path)?.[1];
  if (drive !== undefined && process.platform === 'win32') return resolve(drive);
  if (drive !== undefined || path.includes('\0')) throw elsewhere(location);
  return isAbsolute(path) ? resolve(path) : resolve(storeFolder, path);
}

/** A file URI names no host, or this one. */
function cutHost(rest: string, location: string): string {
  if (!rest.startsWith('//')) return rest;
  const [, host = '', path = ''] = /^\/\/([^/]*)(.*)$/s.exec(rest) ?? [];
  if (/^[a-z]:$/i.test(host)) return host + path;
  if (host === '' || host.toLowerCase() === 'localhost') return path;
  if (process.platform === 'win32') return `//${host}${path}`;
  throw elsewhere(location);
}

/** Where `mlflow server` puts what it serves, unless told otherwise: `mlartifacts` beside its store. */
function servedFolder(rest: string, storeFolder: string, location: string): string {
  const folder = join(storeFolder, 'mlartifacts');
  const path = rest.replace(/^\/\/[^/]*/, '').replace(/^\/+/, '');
  if (!lstatOf(folder)?.isDirectory() || explainUnsafePath(path) !== undefined) throw elsewhere(location);
  return join(folder, decodePercents(path));
}

function elsewhere(location: string): TrackingError {
  return new TrackingError(
    'unsupported',
    `The artifacts are at ${location}, which cannot be listed without the tracking server.`,
  );
}

interface Place {
  /** The artifacts' root, links resolved. */
  readonly root: string;
  readonly target: string;
}

/** Where the path really is; undefined if nothing is there. */
function findPlace(location: string, path: string, storeFolder: string): Place | undefined {
  const folder = artifactFolderOf(location, storeFolder);
  refuseUnsafePath(path);
  const root = realPath(folder);
  const target = root === undefined ? undefined : realPath(join(root, path));
  if (root === undefined || target === undefined) return undefined;
  if (!isInside(target, root)) {
    throw new TrackingError('rejected', `${path} is a link that leads out of the artifacts.`);
  }
  return { root, target };
}

function describe({ root, target }: Place, name: string, path: string): Artifact {
  const file = join(target, name);
  const stats = lstatOf(file);
  if (!stats?.isSymbolicLink()) return toArtifact(path, stats);
  const linked = tryRealPath(file);
  return toArtifact(path, linked !== undefined && isInside(linked, root) ? lstatOf(linked) : undefined);
}

function toArtifact(path: string, stats: Stats | undefined): Artifact {
  const isDirectory = stats?.isDirectory() === true;
  return { path, isDirectory, size: stats?.isFile() ? stats.size : undefined };
}

function readBytes(path: string, size: number): Uint8Array {
  const file = openSync(path, openFlags);
  try {
    const bytes = new Uint8Array(size);
    const count = size === 0 ? 0 : readSync(file, bytes, 0, size, 0);
    return bytes.subarray(0, count);
  } finally {
    closeSync(file);
  }
}

function isInside(path: string, root: string): boolean {
  return path === root || path.startsWith(root.endsWith(sep) ? root : root + sep);
}

function lstatOf(path: string | undefined): Stats | undefined {
  return path === undefined ? undefined : lstatSync(path, { throwIfNoEntry: false });
}

function realPath(path: string): string | undefined {
  try {
    return realpathSync.native(path);
  } catch (error) {
    if (hasCode(error, 'ENOENT') || hasCode(error, 'ENOTDIR')) return undefined;
    throw error;
  }
}

function tryRealPath(path: string): string | undefined {
  try {
    return realPath(path);
  } catch {
    return undefined;
  }
}

/** Runs `work`, saying what the system's errors mean. */
function explain<T>(path: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw explainFileFailure(path, error);
  }
}

/** What an error of the system means that came of reading an artifact; any other as it is. */
export function explainFileFailure(path: string, error: unknown): unknown {
  const what = path === '' ? 'The folder of the artifacts' : path;
  if (hasCode(error, 'EACCES') || hasCode(error, 'EPERM')) {
    return new TrackingError('noAccess', `${what} may not be read.`, { cause: error });
  }
  if (hasCode(error, 'ELOOP')) {
    return new TrackingError('damaged', `${what} is a link that leads in a circle.`, { cause: error });
  }
  if (hasCode(error, 'ENOENT')) return new TrackingError('notFound', `${what} is gone.`, { cause: error });
  if (error instanceof TrackingError || !hasCode(error, undefined)) return error;
  return new TrackingError('damaged', `${what} cannot be read.`, { cause: error });
}

/** Whether it is an error of the system with that code, or with any. */
function hasCode(error: unknown, code: string | undefined): boolean {
  if (!(error instanceof Error) || !('code' in error) || typeof error.code !== 'string') return false;
  return code === undefined || error.code === code;
}

function trimSlashes(path: string): string {
  return path.replace(/\/+$/, '');
}

function compareCodePoints(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0;
}
