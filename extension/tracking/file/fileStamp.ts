import type { Stats } from 'node:fs';

/**
 * By what a file's content is known to be the same: device, inode, size, and the times of the last change of its content
 * and of anything about it. MLflow rewrites meta.yaml and tags in place and appends to metrics, which all change one of
 * these. Who sets the clock back, or keeps a file's inode, size and both times while changing it, goes unnoticed.
 */
export const stampLength = 5;

/** How coarse a file system's clock may be: a file changed again within this time may look the same. */
const coarsest = 60;

/** Of file systems that keep whole seconds only. */
const coarsestOfWholeSeconds = 2500;

/** Whether the stamp at `at` is that of the file as it is now. */
export function isSameStamp(stamps: Float64Array, at: number, stats: Stats): boolean {
  return (
    stamps[at] === stats.dev &&
    stamps[at + 1] === stats.ino &&
    stamps[at + 2] === stats.size &&
    stamps[at + 3] === stats.mtimeMs &&
    stamps[at + 4] === stats.ctimeMs
  );
}

/**
 * Notes the stamp of a file that is about to be read; one that never matches if the file was changed so shortly before
 * `now` that a further change might keep the times as they are.
 */
export function writeStamp(stamps: Float64Array, at: number, stats: Stats, now: number): void {
  stamps[at] = isSettled(stats, now) ? stats.dev : NaN;
  stamps[at + 1] = stats.ino;
  stamps[at + 2] = stats.size;
  stamps[at + 3] = stats.mtimeMs;
  stamps[at + 4] = stats.ctimeMs;
}

/** A stamp of its own. */
export function toStamp(stats: Stats, now: number): Float64Array {
  const stamp = new Float64Array(stampLength);
  writeStamp(stamp, 0, stats, now);
  return stamp;
}

function isSettled({ mtimeMs, ctimeMs }: Stats, now: number): boolean {
  const changed = Math.max(mtimeMs, ctimeMs);
  const slack = changed % 1000 === 0 ? coarsestOfWholeSeconds : coarsest;
  return now - changed > slack;
}
