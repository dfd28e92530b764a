import { isSameStamp, toStamp } from './fileStamp';
import type { FolderEntry, StoreFiles } from './storeFiles';

interface Kept {
  readonly stamp: Float64Array;
  readonly entries: readonly FolderEntry[];
}

/** What lies in the folders that were looked at last, kept as long as the folders stay as they are. */
export class FolderLists {
  private readonly kept = new Map<string, Kept>();

  constructor(
    private readonly files: StoreFiles,
    private readonly most: number,
  ) {}

  /** By name; empty if there is no such folder. Throws Damage for a link out of the store, else the system's error. */
  list(folder: string): readonly FolderEntry[] {
    const found = this.files.find(folder);
    const kept = this.kept.get(folder);
    this.kept.delete(folder);
    if (!found?.stats.isDirectory()) return [];
    if (kept && isSameStamp(kept.stamp, 0, found.stats)) {
      this.kept.set(folder, kept);
      return kept.entries;
    }
    const stamp = toStamp(found.stats, Date.now());
    const entries = this.files.list(folder);
    this.kept.set(folder, { stamp, entries });
    for (const oldest of this.kept.keys()) {
      if (this.kept.size <= this.most) break;
      this.kept.delete(oldest);
    }
    return entries;
  }
}
