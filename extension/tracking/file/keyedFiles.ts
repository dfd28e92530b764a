import type { Stats } from 'node:fs';
import { Damage, describeDamage } from './damage';
import { isSameStamp, stampLength, toStamp, writeStamp } from './fileStamp';
import type { FilePath, FolderEntry, Found, StoreFiles } from './storeFiles';

/** How the file of one key is read. */
export interface FileReading<T> {
  /** Whether what is in a file is never changed, only added to: its size then tells every change. */
  readonly isAppended: boolean;
  /**
   * The value of a file; undefined if the file holds none yet. `before` is what the same file gave when it was read last.
   * Throws Damage or the system's error.
   */
  read(found: Found, name: string, before: FileValue<T> | undefined): FileValue<T> | undefined;
}

export interface FileValue<T> {
  readonly value: T | undefined;
  readonly problem?: string | undefined;
  /** What is wrong with the file unless it is still being written. */
  readonly openEnd?: string | undefined;
}

/** No store worth showing nests keys deeper; a key of MLflow's is at most 250 characters long. */
const deepest = 64;

/** No run has so many of one kind: a folder of ten times as many would hold up whoever takes its answer. */
const mostKeys = 20_000;

/** What editors, file managers and network file systems leave behind. */
const leftover =
  /^(?:\.DS_Store|Thumbs\.db|desktop\.ini|\._.*|\.gitkeep|\.gitignore|\.nfs[\da-f]+|\.#.*|#.*#|.*~|\..*\.sw[a-p])$/;

export function isLeftover(name: string): boolean {
  return leftover.test(name);
}

interface Listing {
  readonly keys: readonly string[];
  readonly paths: ReadonlyMap<string, FilePath> | undefined;
  /** Of the folder itself and those in it, as far as there are any. */
  readonly folders: readonly { readonly path: FilePath; readonly stamp: Float64Array }[];
  readonly problem: string | undefined;
}

/**
 * The files below a folder by key, as MLflow keeps params, metrics and tags: the key is the path below the folder, with
 * `/`. What was read is kept as long as the files stay as they are. Keys come in code point order.
 */
export class KeyedFiles<T> {
  private listing: Listing = { keys: [], paths: undefined, folders: [], problem: undefined };
  private values: (FileValue<T> | undefined)[] = [];
  private stamps = new Float64Array(0);

  /** `name` is what the folder is called in problems. */
  constructor(
    private readonly files: StoreFiles,
    private readonly folder: string,
    private readonly name: string,
    private readonly reading: FileReading<T>,
    private readonly keyLists: KeyLists,
  ) {}

  get size(): number {
    return this.values.length;
  }

  /** Looks at the folders and at every file, and reads what is not as it was. Answers what is wrong with any of them. */
  refresh(now: number): string | undefined {
    if (!this.isListed()) this.list(now);
    let problem = this.listing.problem;
    this.listing.keys.forEach((key, index) => {
      const found = this.refreshFile(key, index, now);
      problem ??= found;
    });
    return problem;
  }

  /** What is wrong with the files of a run that has ended, though it would not be with a running one's. */
  get openEnd(): string | undefined {
    return this.values.find((value) => value?.openEnd !== undefined)?.openEnd;
  }

  /** The folders that the files lie in, as they were when last looked at. */
  get folders(): readonly FilePath[] {
    return this.listing.folders.map(({ path }) => path);
  }

  /** The values by key. */
  toMap(): Map<string, T> {
    const map = new Map<string, T>();
    this.listing.keys.forEach((key, index) => {
      const value = this.values[index]?.value;
      if (value !== undefined) map.set(key, value);
    });
    return map;
  }

  private isListed(): boolean {
    const { folders } = this.listing;
    if (folders.length === 0) return false;
    return folders.every(({ path, stamp }) => {
      const stats = this.lookAt(path);
      return stats !== undefined && isSameStamp(stamp, 0, stats);
    });
  }

  private lookAt(path: FilePath): Stats | undefined {
    try {
      return this.files.find(path)?.stats;
    } catch {
      return undefined;
    }
  }

  private list(now: number): void {
    const before = new Map(this.listing.keys.map((key, index) => [key, index]));
    const { values, stamps } = this;
    this.listing = this.readListing(now);
    const { keys } = this.listing;
    this.values = new Array<FileValue<T> | undefined>(keys.length);
    this.stamps = new Float64Array(keys.length * stampLength).fill(NaN);
    keys.forEach((key, index) => {
      const old = before.get(key);
      if (old === undefined) return;
      this.values[index] = values[old];
      this.stamps.set(stamps.subarray(old * stampLength, (old + 1) * stampLength), index * stampLength);
    });
  }

  private readListing(now: number): Listing {
    const walk = new Walk(this.files, this.name);
    try {
      walk.enter(this.folder, '', 0, now);
    } catch (error) {
      walk.problem ??= describeDamage(this.name, error);
    }
    const keys = [...walk.found.keys()].sort();
    const isPlain = keys.every((key) => walk.found.get(key) === this.pathOf(key));
    return {
      keys: this.keyLists.share(keys),
      paths: isPlain ? undefined : walk.found,
      folders: walk.folders,
      problem: walk.problem,
    };
  }

  private pathOf(key: string): string {
    return `${this.folder}/${key}`;
  }

  private refreshFile(key: string, index: number, now: number): string | undefined {
    const path = this.listing.paths?.get(key) ?? this.pathOf(key);
    const at = index * stampLength;
    const isUnread = Number.isNaN(this.stamps[at]);
    try {
      if (isUnread) return this.files.whileOpen(path, (found) => this.readFile(found, key, index, now));
      const found = this.files.find(path);
      if (found && isSameStamp(this.stamps, at, found.stats)) return this.values[index]?.problem;
      return this.readFile(found, key, index, now);
    } catch (error) {
      return describeDamage(`${this.name}/${key}`, error);
    }
  }

  private readFile(found: Found | undefined, key: string, index: number, now: number): string | undefined {
    const at = index * stampLength;
    this.stamps[at] = NaN;
    const before = this.values[index];
    this.values[index] = undefined;
    if (!found) return undefined;
    const value = readValue(this.reading, found, `${this.name}/${key}`, before);
    this.values[index] = value;
    writeStamp(this.stamps, at, found.stats, this.reading.isAppended ? Infinity : now);
    return value?.problem;
  }
}

/** The value of a file; what keeps it from being read becomes its problem. */
export function readValue<T>(
  reading: FileReading<T>,
  found: Found,
  name: string,
  before: FileValue<T> | undefined,
): FileValue<T> | undefined {
  try {
    if (!found.stats.isFile()) throw new Damage(`${name} is not a file`);
    return reading.read(found, name, before);
  } catch (error) {
    return { value: undefined, problem: describeDamage(name, error) };
  }
}

/** Runs mostly have the same keys as others: each list of keys is kept once. */
export class KeyLists {
  private readonly lists = new Map<string, readonly string[]>();

  share(keys: readonly string[]): readonly string[] {
    const text = keys.join('\0');
    const known = this.lists.get(text);
    if (known) return known;
    if (this.lists.size >= 1000) this.lists.clear();
    this.lists.set(text, keys);
    return keys;
  }
}

/** One way through a folder and the folders in it. */
class Walk {
  readonly found = new Map<string, FilePath>();
  readonly folders: { path: FilePath; stamp: Float64Array }[] = [];
  problem: string | undefined;

  constructor(
    private readonly files: StoreFiles,
    private readonly name: string,
  ) {}

  enter(folder: FilePath, prefix: string, depth: number, now: number): void {
    const found = this.files.find(folder);
    if (!found) return;
    if (!found.stats.isDirectory()) throw new Damage(`${this.name}${prefix && '/'}${prefix} is not a folder`);
    this.folders.push({ path: folder, stamp: toStamp(found.stats, now) });
    for (const entry of this.files.list(folder)) this.take(entry, prefix, depth, now);
  }

  private take(entry: FolderEntry, prefix: string, depth: number, now: number): void {
    if (isLeftover(entry.name)) return;
    const key = prefix === '' ? entry.name : `${prefix}/${entry.name}`;
    try {
      if (entry.kind === 'folder' && depth < deepest) this.enter(entry.path, key, depth + 1, now);
      else this.takeFile(entry, key);
    } catch (error) {
      this.problem ??= describeDamage(`${this.name}/${key}`, error);
    }
  }

  private takeFile(entry: FolderEntry, key: string): void {
    if (entry.kind === 'folder') throw new Damage(`${this.name}/${key} lies too deep`);
    if (entry.kind === 'other') throw new Damage(`${this.name}/${key} is neither a file nor a folder`);
    if (entry.kind === 'link' && this.files.find(entry.path)?.stats.isDirectory()) {
      throw new Damage(`${this.name}/${key} is a link to a folder`);
    }
    if (this.found.size === mostKeys) throw new Damage(`${this.name} holds more than 20,000 files`);
    this.found.set(key, entry.path);
  }
}
