import { describeDamage, Damage } from './damage';
import { isSameStamp, toStamp } from './fileStamp';
import type { MetaFields } from './metaFields';
import { longestMeta, readMetaYaml } from './metaYaml';
import type { Found, StoreFiles } from './storeFiles';

const metaName = 'meta.yaml';

/** What a meta.yaml came to; without `fields` there is a `problem`. */
export interface Meta {
  readonly fields: MetaFields | undefined;
  readonly problem: string | undefined;
  /** Whether its last line is not ended, as MLflow ends all. */
  readonly isOpenEnded?: boolean;
}

/** What is wrong with a meta.yaml that lacks a field. */
export function describeLack({ isOpenEnded }: Meta, key: string): string {
  return isOpenEnded ? `${metaName} is cut off` : `${metaName} lacks ${key}`;
}

interface Kept<T> {
  readonly stamp: Float64Array;
  readonly value: T;
  readonly isDamaged: boolean;
}

/** Within this many milliseconds a damaged file may just be being written: MLflow empties it before it writes. */
const writingTime = 1000;

/** In milliseconds: how long to wait at a time for somebody to finish writing, and how long in all for one answer. */
const pause = 5;
const patience = 60;

/** The decoded meta.yaml of many folders, kept as long as the files stay as they are, and read again when they do not. */
export class MetaFiles<T> {
  private readonly kept = new Map<string, Kept<T>>();
  private patientUntil = 0;

  /** Keeps the `most` that were looked at last. */
  constructor(
    private readonly files: StoreFiles,
    private readonly most: number,
    private readonly decode: (meta: Meta, folder: string) => T,
  ) {}

  /** The decoded meta.yaml of the folder, damaged or not; undefined if there is none. */
  get(folder: string): T | undefined {
    const path = `${folder}/${metaName}`;
    const kept = this.kept.get(folder);
    this.kept.delete(folder);
    try {
      if (!kept) return this.files.whileOpen(path, (found) => this.take(found, folder, undefined));
      return this.take(this.files.find(path), folder, kept);
    } catch (error) {
      return this.decode({ fields: undefined, problem: describeDamage(metaName, error) }, folder);
    }
  }

  private take(found: Found | undefined, folder: string, kept: Kept<T> | undefined): T | undefined {
    if (!found) return undefined;
    const isSame = kept && isSameStamp(kept.stamp, 0, found.stats);
    const read = isSame ? kept : this.read(found, folder, kept, Date.now());
    this.keep(folder, read);
    return read.value;
  }

  private keep(folder: string, read: Kept<T>): void {
    this.kept.set(folder, read);
    for (const oldest of this.kept.keys()) {
      if (this.kept.size <= this.most) break;
      this.kept.delete(oldest);
    }
  }

  private read(found: Found, folder: string, before: Kept<T> | undefined, now: number): Kept<T> {
    const meta = readMeta(this.files, found);
    const value = (): T => this.decode(meta, folder);
    const isBeingWritten = meta.problem !== undefined && Math.abs(now - found.stats.mtimeMs) < writingTime;
    const stamp = toStamp(found.stats, now);
    if (!isBeingWritten) return { stamp, value: value(), isDamaged: meta.problem !== undefined };
    if (before && !before.isDamaged) return { ...before, stamp: stamp.fill(NaN) };
    return this.readPatiently(folder, before) ?? { stamp: stamp.fill(NaN), value: value(), isDamaged: true };
  }

  /** Gives whoever is writing the file a moment to finish. */
  private readPatiently(folder: string, before: Kept<T> | undefined): Kept<T> | undefined {
    const start = Date.now();
    if (start > this.patientUntil + writingTime) this.patientUntil = start + patience;
    while (Date.now() < this.patientUntil) {
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, pause);
      const found = this.files.find(`${folder}/${metaName}`);
      const meta = found && readMeta(this.files, found);
      if (!found || !meta) return before;
      if (meta.problem !== undefined) continue;
      return { stamp: toStamp(found.stats, start), value: this.decode(meta, folder), isDamaged: false };
    }
    return undefined;
  }
}

function readMeta(files: StoreFiles, found: Found): Meta {
  try {
    if (!found.stats.isFile()) throw new Damage(`${metaName} is not a file`);
    if (found.stats.size > longestMeta) throw new Damage(`${metaName} is too long to be one of MLflow’s`);
    const text = files.readText(found, longestMeta);
    const fields = readMetaYaml(text, metaName);
    return { fields, problem: undefined, isOpenEnded: !text.endsWith('\n') };
  } catch (error) {
    return { fields: undefined, problem: describeDamage(metaName, error) };
  }
}
