import { constants, copyFileSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { TrackingError } from '../errors';
import { inspectFiles, toFileError } from './databaseFiles';

/** In bytes. A larger database would take long to copy, and fill the disk of temporary files. */
const largestCopy = 2 * 2 ** 30;

const mostAttempts = 3;

/** A copy of a database that only this user can see and that is gone with `remove`. */
export interface PrivateCopy {
  readonly path: string;
  /** What the originals were when they were copied. */
  readonly stamp: string;
  remove(): void;
}

/**
 * Copies a database with its journal and its log, for one that cannot be read without changing the files beside it: SQLite
 * rolls the copy back or recovers its log. Throws a TrackingError if it is too large or never rests.
 */
export function makePrivateCopy(path: string): PrivateCopy {
  const { totalSize } = inspectFiles(path);
  if (totalSize > largestCopy) {
    throw new TrackingError(
      'tooLarge',
      `${basename(path)} was left unfinished by a program that wrote to it, and with more than ` +
        `${largestCopy / 2 ** 30} GiB it is too large to recover in a copy; let MLflow open it once.`,
    );
  }
  // The folder is made with mode 0700.
  const folder = mkdtempSync(join(tmpdir(), `mlflow-lens-copy-${process.pid}-`));
  const remove = (): void => {
    rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
  };
  try {
    const copy = join(folder, 'copy.db');
    return { path: copy, stamp: copyAtRest(path, copy), remove };
  } catch (error) {
    remove();
    throw error instanceof TrackingError ? error : toFileError(error, path);
  }
}

/** Copies until nothing changed meanwhile; answers the stamp of what was copied. */
function copyAtRest(path: string, copy: string): string {
  for (let attempt = 0; attempt < mostAttempts; attempt++) {
    const { stamp } = inspectFiles(path);
    for (const suffix of ['', '-journal', '-wal']) {
      rmSync(copy + suffix, { force: true });
      if (existsSync(path + suffix)) copyFileSync(path + suffix, copy + suffix, constants.COPYFILE_FICLONE);
    }
    if (inspectFiles(path).stamp === stamp) return stamp;
  }
  throw new TrackingError('locked', `${basename(path)} is being written to by another program.`);
}
