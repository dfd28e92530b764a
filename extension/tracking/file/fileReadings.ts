import { isUtf8 } from 'node:buffer';
import type { MetricPoint } from '../model';
import type { FileReading, FileValue } from './keyedFiles';
import { canContinue, readMetricFile, type ReadState } from './metricFile';
import { MetricPoints } from './metricPoints';
import type { Found, StoreFiles } from './storeFiles';

/** In bytes. MLflow allows params of 6,000 and tags of 8,000 characters. */
const longestText = 2 ** 20;

/** A param or tag: the whole file is its value. */
export class TextReading implements FileReading<string> {
  readonly isAppended = false;

  constructor(private readonly files: StoreFiles) {}

  read(found: Found, name: string): FileValue<string> {
    const value = this.files.readText(found, longestText);
    if (found.stats.size > longestText) return { value, problem: `${name} is longer than 1 MiB` };
    const isDamaged = value.includes('\uFFFD') && !this.isUtf8(found);
    return isDamaged ? { value, problem: `${name} is not UTF-8` } : { value };
  }

  /** U+FFFD stands for what is not UTF-8, unless somebody logged that very character. */
  private isUtf8(found: Found): boolean {
    const pieces: Buffer[] = [];
    this.files.readPieces(found, 0, found.stats.size, (piece) => pieces.push(Buffer.from(piece)));
    return isUtf8(Buffer.concat(pieces));
  }
}

type LatestPoint = FileValue<MetricPoint> & { readonly state?: ReadState };

/** The latest point of a metric. Of a file that has grown only what is new is read. */
export class LatestReading implements FileReading<MetricPoint> {
  readonly isAppended = true;
  private readonly points = new MetricPoints();

  constructor(private readonly files: StoreFiles) {}

  read(found: Found, name: string, before: LatestPoint | undefined): LatestPoint {
    const state = before?.state;
    return state && canContinue(state, found)
      ? (this.readFrom(found, name, state, before.value) ?? this.readAll(found, name))
      : this.readAll(found, name);
  }

  private readAll(found: Found, name: string): LatestPoint {
    return this.readFrom(found, name, undefined, undefined) ?? { value: undefined };
  }

  private readFrom(
    found: Found,
    name: string,
    before: ReadState | undefined,
    best: MetricPoint | undefined,
  ): LatestPoint | undefined {
    let value = best;
    this.points.clear();
    const state = readMetricFile(this.files, found, name, this.points, before, () => {
      value = this.points.latest(value);
      this.points.clear();
    });
    return state && { value, state, ...describeState(state, found, name) };
  }
}

function describeState(state: ReadState, { stats }: Found, name: string): Partial<FileValue<never>> {
  if (state.badLine !== undefined) {
    return { problem: `${name} line ${state.badLine} is not a metric point` };
  }
  if (stats.size === 0) return { openEnd: `${name} is empty` };
  return state.consumed < stats.size ? { openEnd: `${name} is cut off in line ${state.lines + 1}` } : {};
}
