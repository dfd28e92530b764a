import { lstatSync, watch, type FSWatcher } from 'node:fs';
import type { StoreChange } from '../store';
import type { FilePath } from './storeFiles';

/** What an entry of a watched folder means when it comes, goes or changes; undefined if nothing. */
export type Meaning = (entry: string | undefined) => StoreChange | undefined;

interface Watched {
  readonly meaning: Meaning;
  watcher: FSWatcher | undefined;
}

/** Operating systems allow some thousand watches to all programs of a user together. */
const mostFolders = 400;

/**
 * Watches the folders that were read last, each by itself, since watching a whole store costs a handle for every folder.
 * An event is a hint and no more: what cannot be watched, or lies further back, is noticed when it is read again.
 */
export class StoreWatch {
  private readonly watched = new Map<FilePath, Watched>();
  private listener: ((change: StoreChange) => void) | undefined;

  /** Has the listener called from now on; only about folders that `see` was or will be told of. */
  start(listener: (change: StoreChange) => void): void {
    this.listener = listener;
    for (const [folder, watched] of this.watched) this.open(folder, watched);
  }

  /** Notes that the folder was read, so that changes in it matter; it may be missing. */
  see(folder: FilePath, meaning: Meaning): void {
    const known = this.watched.get(folder);
    const watched = known ?? { meaning, watcher: undefined };
    this.watched.delete(folder);
    this.watched.set(folder, watched);
    if (!watched.watcher && this.listener) this.open(folder, watched);
    for (const [oldest, { watcher }] of this.watched) {
      if (this.watched.size <= mostFolders) break;
      watcher?.close();
      this.watched.delete(oldest);
    }
  }

  close(): void {
    this.listener = undefined;
    for (const { watcher } of this.watched.values()) watcher?.close();
    this.watched.clear();
  }

  private open(folder: FilePath, watched: Watched): void {
    try {
      const inode = inodeOf(folder);
      if (inode === undefined) return;
      const watcher = watch(folder, { persistent: false }, (event, entry) => {
        const change = watched.meaning(entry ?? undefined);
        if (change) this.listener?.(change);
        if (event === 'rename' && inodeOf(folder) !== inode) this.shut(watched, watcher);
      });
      watcher.on('error', () => this.shut(watched, watcher));
      watched.watcher = watcher;
    } catch {
      watched.watcher = undefined;
    }
  }

  private shut(watched: Watched, watcher: FSWatcher): void {
    watcher.close();
    if (watched.watcher === watcher) watched.watcher = undefined;
  }
}

function inodeOf(folder: FilePath): number | undefined {
  return lstatSync(folder, { throwIfNoEntry: false })?.ino;
}
