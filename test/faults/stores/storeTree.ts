import { createHash } from 'node:crypto';
import {
  chmodSync,
  cpSync,
  lstatSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  renameSync,
  rmSync,
  utimesSync,
  type Stats,
} from 'node:fs';
import { join } from 'node:path';

/** Beyond this a file is told by its size and time alone, in bytes. */
const largest = 64 * 2 ** 20;

/** Identifies names, kinds, sizes, contents and link targets of all that is at the path; no time of access. */
export function hashTree(path: string): string {
  const hash = createHash('sha256');
  const add = (at: string): void => {
    const stats = look(at);
    hash.update(`${at}\0${stats ? describe(stats) : 'nothing'}\0`);
    if (stats?.isSymbolicLink()) hash.update(readlinkSync(at));
    if (stats?.isFile() && stats.size <= largest) {
      unlock(at, stats, () => hash.update(readFileSync(at)));
    }
    if (stats?.isDirectory()) {
      unlock(at, stats, () => {
        for (const name of readdirSync(at).sort()) add(join(at, name));
      });
    }
  };
  add(path);
  return hash.digest('hex');
}

/** Makes what is at `path` like the original again and leaves alone what still is like it. */
export function restoreTree(original: string, path: string): void {
  const wanted = look(original);
  const found = look(path);
  if (!wanted) {
    if (found) removeTree(path);
    return;
  }
  if (found && wanted.mode !== found.mode && sameType(wanted, found)) chmodSync(path, wanted.mode);
  if (found?.isDirectory() && wanted.isDirectory()) {
    const names = new Set([...readdirSync(original), ...readdirSync(path)]);
    for (const name of names) restoreTree(join(original, name), join(path, name));
    return;
  }
  if (found?.isFile() && wanted.isFile() && isSameFile(original, path, wanted, found)) return;
  if (found && !(found.isFile() && wanted.isFile())) removeTree(path);
  // Whoever looks meanwhile sees the one or the other, never a half.
  const aside = `${path}.restored`;
  cpSync(original, aside, { recursive: true });
  renameSync(aside, path);
}

/** Makes what changed lately look as if that was a minute ago, when whoever wrote it had long finished. */
export function settleTree(path: string): void {
  const stats = look(path);
  if (stats?.isDirectory() && (stats.mode & 0o500) === 0o500) {
    for (const name of readdirSync(path)) settleTree(join(path, name));
  }
  if (!stats?.isFile() || Date.now() - stats.mtimeMs > 10_000) return;
  const then = (stats.mtimeMs - 60_000) / 1000;
  utimesSync(path, then, then);
}

/** Removes a tree even if it holds folders that may not be read. */
export function removeTree(path: string): void {
  const stats = look(path);
  if (stats?.isDirectory()) {
    chmodSync(path, 0o755);
    for (const entry of readdirSync(path, { withFileTypes: true })) {
      if (entry.isDirectory()) removeTree(join(path, entry.name));
    }
  }
  rmSync(path, { recursive: true, force: true });
}

function isSameFile(one: string, other: string, { size }: Stats, found: Stats): boolean {
  return size === found.size && size <= largest && readFileSync(one).equals(readFileSync(other));
}

function sameType(one: Stats, other: Stats): boolean {
  return one.isDirectory() === other.isDirectory() && one.isFile() === other.isFile();
}

function describe(stats: Stats): string {
  const time = stats.isFile() ? stats.mtimeMs : 0;
  return `${stats.mode} ${stats.isDirectory() ? 0 : stats.size} ${time} ${stats.ino}`;
}

function look(path: string): Stats | undefined {
  return lstatSync(path, { throwIfNoEntry: false });
}

/** Reads what its owner may not: we are not who is tested. */
function unlock(path: string, stats: Stats, read: () => void): void {
  const isOpen = (stats.mode & 0o500) === 0o500 || (stats.isFile() && (stats.mode & 0o400) !== 0);
  if (!isOpen) chmodSync(path, stats.mode | 0o700);
  try {
    read();
  } finally {
    if (!isOpen) chmodSync(path, stats.mode);
  }
}
