import { watch, type FSWatcher } from 'node:fs';
import { basename, dirname } from 'node:path';
import { inspectFiles } from './databaseFiles';

/**
 * Calls the listener when the database, its journal or its log were written to or replaced, until the answer is called.
 * Looks at the files only when the folder reports one of them; events that come together count once. Where the folder
 * cannot be watched, nothing is ever told.
 */
export function watchDatabase(path: string, listener: () => void): () => void {
  const name = basename(path);
  const names = new Set([name, `${name}-wal`, `${name}-journal`]);
  let last = stampOf(path);
  let isWaiting = false;
  let watcher: FSWatcher | undefined;
  const look = (): void => {
    isWaiting = false;
    const stamp = stampOf(path);
    if (!watcher || stamp === undefined || stamp === last) return;
    last = stamp;
    listener();
  };
  const close = (): void => {
    watcher?.close();
    watcher = undefined;
  };
  try {
    watcher = watch(dirname(path), { persistent: false }, (_, file) => {
      if (isWaiting || (file !== null && !names.has(file))) return;
      isWaiting = true;
      setImmediate(look);
    });
    watcher.on('error', close);
  } catch {
    // Folders of some file systems cannot be watched; views still refresh when asked to.
  }
  return close;
}

/** What was committed to the files, `''` while there is no database; undefined while somebody is in a transaction. */
function stampOf(path: string): string | undefined {
  try {
    const { isMidway, stamp } = inspectFiles(path);
    return isMidway ? undefined : stamp;
  } catch {
    return '';
  }
}
