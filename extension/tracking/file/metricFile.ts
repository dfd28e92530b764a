import { Damage } from './damage';
import { readMetricLines } from './metricLines';
import type { MetricPoints } from './metricPoints';
import type { Found, StoreFiles } from './storeFiles';

/** In bytes: 20 million points, which take about two seconds. MLflow needs minutes for a hundredth of them. */
const longestFile = 2 ** 29;

/** In bytes. A point takes about 40. */
const longestLine = 2 ** 16;

const newline = 10;

/** How far a metric file has been read. */
export interface ReadState {
  readonly inode: number;
  /** The bytes of all complete lines. */
  readonly consumed: number;
  readonly lines: number;
  /** The first line that is no metric point, counted from 1. */
  readonly badLine: number | undefined;
}

/** Whether only what is new need be read of the file, which MLflow only ever appends to. */
export function canContinue(state: ReadState, { stats }: Found): boolean {
  return state.inode === stats.ino && state.consumed < stats.size;
}

/**
 * Adds the points of a metric file to `points`, from behind what `before` says was read; `onPiece` is called whenever
 * some are there and may take them out. Undefined if the file is not what it was: then it must be read from its start.
 * Throws Damage if it is too large.
 */
export function readMetricFile(
  files: StoreFiles,
  found: Found,
  name: string,
  points: MetricPoints,
  before: ReadState | undefined,
  onPiece: () => void,
): ReadState | undefined {
  const { size, ino } = found.stats;
  if (size > longestFile) throw new Damage(`${name} is larger than 512 MiB`);
  const lines = new LineReader(points, before);
  // The newline before what is new is read again: it shows that the file was appended to, not replaced.
  files.readPieces(found, Math.max(lines.consumed - 1, 0), size, (piece) => {
    lines.take(piece);
    onPiece();
  });
  return lines.finish(ino);
}

/** Puts the lines together that lie across two pieces of a file. */
class LineReader {
  consumed: number;
  private lines: number;
  private badLine: number | undefined;
  /** The start of a line whose end has not come yet. */
  private rest: Buffer = Buffer.alloc(0);
  private awaitsNewline: boolean;
  private isOther = false;

  constructor(
    private readonly points: MetricPoints,
    before: ReadState | undefined,
  ) {
    this.consumed = before?.consumed ?? 0;
    this.lines = before?.lines ?? 0;
    this.badLine = before?.badLine;
    this.awaitsNewline = this.consumed > 0;
  }

  take(piece: Buffer): void {
    let bytes = piece;
    if (this.awaitsNewline) {
      this.awaitsNewline = false;
      this.isOther = bytes[0] !== newline;
      bytes = bytes.subarray(1);
    }
    if (this.isOther || this.rest.length > longestLine) return;
    if (this.rest.length > 0) bytes = Buffer.concat([this.rest, bytes]);
    const read = readMetricLines(bytes, this.points);
    if (read.badLine !== undefined) this.badLine ??= this.lines + read.badLine;
    this.lines += read.lines;
    this.consumed += read.consumed;
    this.rest = Buffer.from(bytes.subarray(read.consumed));
  }

  finish(inode: number): ReadState | undefined {
    if (this.isOther) return undefined;
    const badLine = this.badLine ?? (this.rest.length > longestLine ? this.lines + 1 : undefined);
    return { inode, consumed: this.consumed, lines: this.lines, badLine };
  }
}
