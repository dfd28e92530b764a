import type { MetricHistory } from '../model';
import { canContinue, readMetricFile, type ReadState } from './metricFile';
import { MetricPoints } from './metricPoints';
import type { FilePath, Found, StoreFiles } from './storeFiles';

/** In bytes: what is kept of histories that were read, so that a growing one is not read anew. */
const mostBytes = 2 ** 26;

/** Of a line with time, value and step: most files need no more room than this tells, so columns rarely have to grow. */
const bytesPerPoint = 32;

/** In bytes of a file: larger ones are given more room as they need it. */
const longestGuess = 2 ** 24;

interface KnownHistory {
  readonly points: MetricPoints;
  readonly state: ReadState;
  readonly size: number;
  readonly modified: number;
}

/** Whole metric files as columns, in the order of their lines. The most recently read ones are kept and continued. */
export class MetricHistories {
  private readonly known = new Map<string, KnownHistory>();

  constructor(
    private readonly files: StoreFiles,
    private readonly throwIfAborted: () => void,
  ) {}

  /** Lines that MLflow could not read are left out. Throws Damage or the system's error if the file cannot be read. */
  read(found: Found, name: string): MetricHistory {
    const id = idOf(found.path);
    const before = this.known.get(id);
    this.known.delete(id);
    const { size, mtimeMs } = found.stats;
    const isSame =
      before?.size === size && before.modified === mtimeMs && before.state.inode === found.stats.ino;
    const now = isSame ? before : this.readNew(found, name, before);
    this.known.set(id, now);
    this.forget();
    return now.points.toHistory();
  }

  private readNew(found: Found, name: string, before: KnownHistory | undefined): KnownHistory {
    const { size, mtimeMs: modified } = found.stats;
    if (before && canContinue(before.state, found)) {
      const state = readMetricFile(this.files, found, name, before.points, before.state, this.throwIfAborted);
      if (state) return { points: before.points, state, size, modified };
    }
    const points = new MetricPoints(Math.ceil(Math.min(size, longestGuess) / bytesPerPoint));
    const state = readMetricFile(this.files, found, name, points, undefined, this.throwIfAborted);
    return {
      points,
      state: state ?? { inode: 0, consumed: 0, lines: 0, badLine: undefined },
      size,
      modified,
    };
  }

  private forget(): void {
    let bytes = 0;
    for (const [id, { points }] of [...this.known].reverse()) {
      bytes += points.bytes;
      if (bytes > mostBytes) this.known.delete(id);
    }
  }
}

function idOf(path: FilePath): string {
  return typeof path === 'string' ? path : path.toString('latin1');
}
