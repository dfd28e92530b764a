import {
  closeSync,
  constants,
  fstatSync,
  lstatSync,
  openSync,
  readdirSync,
  readSync,
  realpathSync,
  type Dirent,
  type Stats,
} from 'node:fs';
import { basename, sep } from 'node:path';
import { codeOf, Damage } from './damage';

/** A path; raw bytes where a name on the way is not valid UTF-8. */
export type FilePath = string | Buffer;

export interface FolderEntry {
  /** With U+FFFD for what is not UTF-8. */
  readonly name: string;
  readonly path: FilePath;
  /** `other` is what must not be opened: a pipe, a socket, a device. */
  readonly kind: 'file' | 'folder' | 'link' | 'other';
}

/** What lies at a path, links followed: where it really is, and what the system says of it. */
export interface Found {
  readonly path: FilePath;
  readonly stats: Stats;
  /** Where it is open already. */
  readonly descriptor?: number;
}

// Neither waits at a pipe nor follows a link that was put there since the look at it. Windows has neither flag.
const openFlags =
  constants.O_RDONLY |
  ((constants as Partial<typeof constants>).O_NONBLOCK ?? 0) |
  ((constants as Partial<typeof constants>).O_NOFOLLOW ?? 0);

const canRefuseLinks = (constants as Partial<typeof constants>).O_NOFOLLOW !== undefined;

const bufferSize = 1 << 18;

/**
 * Looks into the files below one folder without changing them, and without leaving it: links are followed only to what
 * lies below the same folder, and only regular files are opened. One buffer serves all reads, since with 45 small files a
 * run allocating one each costs more than reading.
 */
export class StoreFiles {
  private readonly buffer = Buffer.allocUnsafeSlow(bufferSize);
  private realRoot: string | undefined;

  constructor(readonly root: string) {}

  /** What lies there; undefined if nothing does. Throws Damage for a link that leads out of the store or nowhere. */
  find(path: FilePath): Found | undefined {
    const stats = this.look(path);
    if (!stats?.isSymbolicLink()) return stats && { path, stats };
    const target = this.follow(path);
    const found = lstatSync(target, { throwIfNoEntry: false });
    return found && { path: target, stats: found };
  }

  /**
   * What `find` finds, kept open while `use` reads it. For a file that is to be read anyway this saves a search for its
   * path, the dearer half of reading thousands of small files.
   */
  whileOpen<T>(path: FilePath, use: (found: Found | undefined) => T): T {
    if (!canRefuseLinks) return use(this.find(path));
    let descriptor: number;
    try {
      descriptor = openSync(path, openFlags);
    } catch (error) {
      const code = codeOf(error);
      if (code === 'ENOENT' || code === 'ENOTDIR') return use(undefined);
      // A link, or what cannot be opened at all.
      return use(this.find(path));
    }
    try {
      return use({ path, stats: fstatSync(descriptor), descriptor });
    } finally {
      closeSync(descriptor);
    }
  }

  /** Whether a folder itself, not a link to one, lies there. */
  isFolder(path: FilePath): boolean {
    return this.look(path)?.isDirectory() === true;
  }

  private look(path: FilePath): Stats | undefined {
    try {
      return lstatSync(path, { throwIfNoEntry: false });
    } catch (error) {
      if (codeOf(error) === 'ENOTDIR') return undefined;
      throw error;
    }
  }

  private follow(path: FilePath): string {
    const name = basename(String(path));
    let target: string;
    try {
      target = realpathSync.native(path);
    } catch (error) {
      const code = codeOf(error);
      if (code === 'ELOOP') throw new Damage(`${name} is a link that leads in a circle`);
      if (code === 'ENOENT') throw new Damage(`${name} is a link that leads nowhere`);
      throw error;
    }
    this.realRoot ??= realpathSync.native(this.root);
    if (target !== this.realRoot && !target.startsWith(this.realRoot + sep)) {
      throw new Damage(`${name} is a link that leads out of the store`);
    }
    return target;
  }

  /** What lies directly in a folder, links not followed, by name in code point order. Throws if it is no folder. */
  list(folder: FilePath): readonly FolderEntry[] {
    const entries = readdirSync(folder, { withFileTypes: true });
    const isRaw = typeof folder !== 'string' || entries.some(({ name }) => name.includes('\uFFFD'));
    const found = isRaw ? listRaw(folder) : entries.map((entry) => toEntry(folder, entry));
    return found.sort((one, other) => (one.name < other.name ? -1 : one.name > other.name ? 1 : 0));
  }

  /**
   * The bytes from `start` to `end` of a regular file that `find` found, in pieces that are valid only during the call;
   * fewer if the file has become shorter. Whatever was written after the look at the file is left for the next look.
   */
  readPieces(found: Found, start: number, end: number, take: (bytes: Buffer) => void): void {
    const file = found.descriptor ?? openSync(found.path, openFlags);
    try {
      for (let offset = start; offset < end;) {
        const size = Math.min(this.buffer.length, end - offset);
        const count = readSync(file, this.buffer, 0, size, offset);
        if (count === 0) break;
        take(this.buffer.subarray(0, count));
        offset += count;
      }
    } finally {
      if (file !== found.descriptor) closeSync(file);
    }
  }

  /** The first `limit` bytes of a regular file that `find` found, as text; what is not UTF-8 becomes U+FFFD. */
  readText(found: Found, limit: number): string {
    const end = Math.min(found.stats.size, limit);
    if (end === 0) return '';
    const target = end > this.buffer.length ? Buffer.allocUnsafe(end) : this.buffer;
    const file = found.descriptor ?? openSync(found.path, openFlags);
    try {
      let length = 0;
      while (length < end) {
        const count = readSync(file, target, length, end - length, length);
        if (count === 0) break;
        length += count;
      }
      return target.toString('utf8', 0, length);
    } finally {
      if (file !== found.descriptor) closeSync(file);
    }
  }
}

/** The path of an entry of a folder. */
export function joinPath(folder: FilePath, name: string): FilePath {
  return typeof folder === 'string' ? folder + sep + name : Buffer.concat([folder, Buffer.from(sep + name)]);
}

function kindOf(entry: Pick<Dirent, 'isFile' | 'isDirectory' | 'isSymbolicLink'>): FolderEntry['kind'] {
  if (entry.isFile()) return 'file';
  if (entry.isDirectory()) return 'folder';
  return entry.isSymbolicLink() ? 'link' : 'other';
}

function toEntry(folder: string, entry: Dirent): FolderEntry {
  return { name: entry.name, path: folder + sep + entry.name, kind: kindOf(entry) };
}

function listRaw(folder: FilePath): FolderEntry[] {
  const start = Buffer.concat([Buffer.from(folder as string), Buffer.from(sep)]);
  return readdirSync(folder, { withFileTypes: true, encoding: 'buffer' }).map((entry) => ({
    name: entry.name.toString(),
    path: Buffer.concat([start, entry.name]),
    kind: kindOf(entry),
  }));
}
