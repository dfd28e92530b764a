import { closeSync, openSync, readSync, statSync, type BigIntStats } from 'node:fs';
import { basename } from 'node:path';
import { causeOf, TrackingError } from '../errors';

/** The files of an SQLite database as they lie there at one moment. */
export interface DatabaseFiles {
  /** Tells another file of the same name apart. */
  readonly identity: string;
  /** Differs whenever one of the files was written to. */
  readonly stamp: string;
  /** Whether the database's header says that it keeps a write-ahead log. */
  readonly isWal: boolean;
  /** Of the write-ahead log in bytes; undefined where there is none. */
  readonly logSize: number | undefined;
  /** Whether somebody writes, or was killed while writing: what is in the database itself is not committed yet. */
  readonly isMidway: boolean;
  /** Whether the index of the log is there, which every program that has the database open keeps beside it. */
  readonly hasLogIndex: boolean;
  /** In bytes, of the database and its log and journal together. */
  readonly totalSize: number;
}

/** Looks at the database file, its journal and its log. Throws a TrackingError for what can hold no database. */
export function inspectFiles(path: string): DatabaseFiles {
  const name = basename(path);
  const database = statDatabase(path);
  if (database.isDirectory()) {
    throw new TrackingError('noAccess', `${name} is a folder, not a database file.`);
  }
  if (!database.isFile()) throw new TrackingError('damaged', `${name} is not a file.`);
  const companions = ['-wal', '-journal'].map((suffix) => statOf(path + suffix));
  if (database.size === 0n && companions.every((it) => !it?.size)) {
    throw new TrackingError('damaged', `${name} is empty: MLflow has not filled it yet.`);
  }
  const all = [database, ...companions];
  return {
    identity: `${database.dev}:${database.ino}`,
    stamp: all.map((it) => (it ? `${it.ino}:${it.size}:${it.mtimeNs}` : '')).join('|'),
    isWal: database.size > 0n && readIsWal(path),
    logSize: companions[0] && Number(companions[0].size),
    isMidway: Boolean(companions[1]?.size) && readHead(`${path}-journal`, 1)[0] === firstOfJournal,
    hasLogIndex: statOf(`${path}-shm`) !== undefined,
    totalSize: all.reduce((sum, it) => sum + Number(it?.size ?? 0n), 0),
  };
}

function statDatabase(path: string): BigIntStats {
  try {
    return statSync(path, { bigint: true });
  } catch (error) {
    throw toFileError(error, path);
  }
}

function statOf(path: string): BigIntStats | undefined {
  return statSync(path, { bigint: true, throwIfNoEntry: false });
}

const magic = 'SQLite format 3\0';

/** The first byte of a journal that counts; a writer that keeps the file writes 0 over it on committing. */
const firstOfJournal = 0xd9;

/** Byte 19 of the header, the format version for reading, is 2 with a log (https://sqlite.org/fileformat.html). */
function readIsWal(path: string): boolean {
  const header = readHead(path, 20);
  if (header.toString('latin1', 0, magic.length) === magic) return header[19] === 2;
  throw new TrackingError('damaged', `${basename(path)} is not an SQLite database.`);
}

/** The first bytes of a file, zeros where it has none; a journal may be gone by now. */
function readHead(path: string, length: number): Buffer {
  const head = Buffer.alloc(length);
  try {
    const file = openSync(path, 'r');
    try {
      readSync(file, head, 0, length, 0);
    } finally {
      closeSync(file);
    }
  } catch (error) {
    const isGone = (error as NodeJS.ErrnoException).code === 'ENOENT';
    if (!isGone || !path.endsWith('-journal')) throw toFileError(error, path);
  }
  return head;
}

/** Why a file could not be opened, as a TrackingError. */
export function toFileError(error: unknown, path: string): TrackingError {
  const name = basename(path);
  const code = (error as NodeJS.ErrnoException).code;
  if (code === 'ENOENT' || code === 'ENOTDIR') {
    return new TrackingError('missing', `There is no ${name} in its folder any more.`, { cause: error });
  }
  if (code === 'EACCES' || code === 'EPERM') {
    return new TrackingError('noAccess', `You have no permission to read ${name}.`, { cause: error });
  }
  if (code === 'ENOSPC') {
    return new TrackingError('tooLarge', `There is no room on the disk to read ${name}.`, { cause: error });
  }
  return new TrackingError('noAccess', `${name} cannot be read: ${causeOf(error)}.`, { cause: error });
}
