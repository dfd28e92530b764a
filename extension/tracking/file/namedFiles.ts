import { sep } from 'node:path';
import { describeDamage } from './damage';
import { isSameStamp, toStamp } from './fileStamp';
import { readValue, type FileReading, type FileValue } from './keyedFiles';
import type { Found, StoreFiles } from './storeFiles';

interface Kept<T> {
  readonly stamp: Float64Array;
  readonly value: FileValue<T> | undefined;
}

/** How many keys are kept for all runs: what somebody filters and sorts by at a time. */
const mostKeys = 16;

/**
 * The same few keys of very many runs, as filtering and sorting ask for them: one file of a run is read without looking
 * at the others.
 */
export class NamedFiles<T> {
  private readonly columns = new Map<string, Map<string, Kept<T>>>();

  /** `name` is the folder within a run's: `metrics`, `params` or `tags`. */
  constructor(
    private readonly files: StoreFiles,
    private readonly name: string,
    private readonly reading: FileReading<T>,
  ) {}

  /** The value that the run in the folder has for the key; undefined where it has none that can be read. */
  get(runFolder: string | undefined, key: string): T | undefined {
    if (runFolder === undefined || !isKey(key)) return undefined;
    const column = this.columnOf(key);
    const kept = column.get(runFolder);
    column.delete(runFolder);
    const folder = `${runFolder}/${this.name}`;
    try {
      const read = kept
        ? this.read(this.files.find(`${folder}/${key}`), folder, key, kept)
        : this.files.whileOpen(`${folder}/${key}`, (found) => this.read(found, folder, key, undefined));
      if (read) column.set(runFolder, read);
      return read?.value?.value;
    } catch (error) {
      describeDamage(key, error);
      return undefined;
    }
  }

  private read(
    found: Found | undefined,
    folder: string,
    key: string,
    kept: Kept<T> | undefined,
  ): Kept<T> | undefined {
    const now = Date.now();
    if (kept && found && isSameStamp(kept.stamp, 0, found.stats)) return kept;
    if (!found || !isWithin(this.files, folder, key)) return undefined;
    const value = readValue(this.reading, found, `${this.name}/${key}`, kept?.value);
    return { stamp: toStamp(found.stats, this.reading.isAppended ? Infinity : now), value };
  }

  private columnOf(key: string): Map<string, Kept<T>> {
    const column = this.columns.get(key) ?? new Map<string, Kept<T>>();
    this.columns.delete(key);
    this.columns.set(key, column);
    for (const oldest of this.columns.keys()) {
      if (this.columns.size <= mostKeys) break;
      this.columns.delete(oldest);
    }
    return column;
  }
}

/** Whether the key names a file below the folder of keys, and none elsewhere. */
function isKey(key: string): boolean {
  if (key.includes('\0') || (sep === '\\' && key.includes(sep))) return false;
  return key.split('/').every((part) => part !== '' && part !== '.' && part !== '..');
}

/**
 * The file of a key as it is now in a folder of such files, `…/metrics`; undefined if there is none. Throws Damage for a
 * link that leads out of the store.
 */
export function findKeyFile(files: StoreFiles, folder: string, key: string): Found | undefined {
  const found = isKey(key) ? files.find(`${folder}/${key}`) : undefined;
  return found && isWithin(files, folder, key) ? found : undefined;
}

/** Whether no folder on the way to the key is a link: only what is listed with the run may be found. */
function isWithin(files: StoreFiles, folder: string, key: string): boolean {
  if (!files.find(folder)?.stats.isDirectory()) return false;
  let path = folder;
  for (const part of key.split('/').slice(0, -1)) {
    path += `/${part}`;
    if (!files.isFolder(path)) return false;
  }
  return true;
}
