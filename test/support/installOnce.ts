import { existsSync } from 'node:fs';
import { mkdir, readFile, rename, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { dirname, join } from 'node:path';
import { until } from './until';

const MARKER = '.installed';
const HEARTBEAT_MS = 5_000;
/** A lock that nobody has touched for this long was left by a process that died. */
const STALE_MS = 60_000;
const LONGEST_INSTALL_MS = 45 * 60_000;

/** Whether `installOnce` has finished in that folder before. */
export function isInstalled(folder: string): boolean {
  return existsSync(join(folder, MARKER));
}

/**
 * Fills `folder` unless that was done before, and returns it. Two processes may ask at once: one works, the other
 * waits. The work is done in place and sealed by a marker written last, not renamed into place, because a Python venv
 * has its own path in its scripts; what an interrupted install left is swept away by the next.
 */
export async function installOnce(folder: string, fill: (folder: string) => Promise<void>): Promise<string> {
  if (isInstalled(folder)) return folder;
  await withLock(`${folder}.lock`, async () => {
    if (isInstalled(folder)) return;
    await rm(folder, { recursive: true, force: true });
    await mkdir(folder, { recursive: true });
    await fill(folder);
    await writeFile(join(folder, MARKER), new Date().toISOString());
  });
  return folder;
}

/** Runs `work` while this process alone, of all on the machine, holds the lock. */
export async function withLock<T>(lock: string, work: () => Promise<T>): Promise<T> {
  await mkdir(dirname(lock), { recursive: true });
  await until(`${lock} is free`, () => tryLock(lock), LONGEST_INSTALL_MS);
  const heartbeat = setInterval(() => {
    const now = new Date();
    // A lock that is gone was judged stale by somebody else; the work itself still finishes.
    utimes(lock, now, now).catch(() => undefined);
  }, HEARTBEAT_MS);
  try {
    return await work();
  } finally {
    clearInterval(heartbeat);
    await rm(lock, { recursive: true, force: true });
  }
}

async function tryLock(lock: string): Promise<boolean> {
  if (await makeFolder(lock)) {
    await writeFile(ownerFile(lock), owner());
    return true;
  }
  if (await isStale(lock)) await breakLock(lock);
  return false;
}

async function makeFolder(path: string): Promise<boolean> {
  try {
    await mkdir(path);
    return true;
  } catch (error) {
    if (isCode(error, 'EEXIST')) return false;
    throw error;
  }
}

async function isStale(lock: string): Promise<boolean> {
  const touched = await stat(lock).catch(() => undefined);
  if (!touched) return false;
  if (Date.now() - touched.mtimeMs > STALE_MS) return true;
  const [host, pid] = (await readFile(ownerFile(lock), 'utf8').catch(() => '')).split(' ');
  return host === hostname() && pid !== undefined && !isAlive(Number(pid));
}

/** The rename lets one of several breakers win; the others find the folder gone and go back to waiting. */
async function breakLock(lock: string): Promise<void> {
  const aside = `${lock}.stale-${process.pid}`;
  try {
    await rename(lock, aside);
  } catch (error) {
    if (isCode(error, 'ENOENT')) return;
    throw error;
  }
  await rm(aside, { recursive: true, force: true });
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return isCode(error, 'EPERM');
  }
}

const ownerFile = (lock: string): string => join(lock, 'owner');
const owner = (): string => `${hostname()} ${process.pid}`;

function isCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code;
}
