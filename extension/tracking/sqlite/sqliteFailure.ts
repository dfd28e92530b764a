import { basename } from 'node:path';
import { causeOf, TrackingError } from '../errors';

/** SQLite's primary result codes (https://sqlite.org/rescode.html) that say something about the file. */
const codes = {
  busy: 5,
  locked: 6,
  readOnly: 8,
  ioError: 10,
  corrupt: 11,
  full: 13,
  cannotOpen: 14,
  notADatabase: 26,
};

/** SQLITE_READONLY_ROLLBACK: a writer was killed midway and its journal must be rolled back before anybody may read. */
const hotJournal = 776;

function errorCodeOf(error: unknown): number | undefined {
  if (!(error instanceof Error) || !('errcode' in error)) return undefined;
  return typeof error.errcode === 'number' ? error.errcode : undefined;
}

/** Whether a database cannot be read in place because a killed writer left its journal behind. */
export function isHotJournal(error: unknown): boolean {
  return errorCodeOf(error) === hotJournal;
}

/** Whether SQLite found the bytes of the file to be wrong, so that other parts of it may still be readable. */
export function isCorruption(error: unknown): boolean {
  return error instanceof TrackingError && error.kind === 'damaged';
}

/** What SQLite said about the database at `path`, as a TrackingError; errors of others are passed through. */
export function toTrackingError(error: unknown, path: string): unknown {
  const code = errorCodeOf(error);
  if (code === undefined) return error;
  const name = basename(path);
  const details = { cause: error };
  switch (code & 0xff) {
    case codes.busy:
    case codes.locked:
      return new TrackingError('locked', `${name} is locked by another program.`, details);
    case codes.cannotOpen:
    case codes.readOnly:
      return new TrackingError('noAccess', `${name} cannot be opened for reading.`, details);
    case codes.full:
      return new TrackingError('tooLarge', `There is no room on the disk to read ${name}.`, details);
    case codes.notADatabase:
      return new TrackingError('damaged', `${name} is not an SQLite database.`, details);
    case codes.corrupt:
      return new TrackingError('damaged', `${name} is damaged: ${firstLineOf(error)}.`, details);
    default:
      return new TrackingError('damaged', `${name} cannot be read: ${firstLineOf(error)}.`, details);
  }
}

/** SQLite quotes SQL of several lines from a damaged schema. */
function firstLineOf(error: unknown): string {
  return causeOf(error).split('\n', 1).join('').slice(0, 200).trimEnd();
}
