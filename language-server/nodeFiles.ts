import * as fs from 'node:fs';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { FileEntry, FileReader } from './files';

// Not of node:fs/promises, which takes a thirtieth of the server's start to load.
const [open, close, read] = [promisify(fs.open), promisify(fs.close), promisify(fs.read)];
const [opendir, stat] = [promisify(fs.opendir), promisify(fs.stat)];

const mostEntries = 10_000;

/** Files of this machine, by `file:` URIs. Links are followed; nothing throws. */
export const nodeFiles: FileReader = {
  async kindOf(uri) {
    const path = pathOf(uri);
    if (path === undefined) return 'unknown';
    try {
      const found = await stat(path);
      return found.isDirectory() ? 'directory' : 'file';
    } catch (error) {
      return isMissing(error) ? 'missing' : 'unknown';
    }
  },

  async readText(uri, mostBytes) {
    const path = pathOf(uri);
    return path === undefined ? undefined : await readText(path, mostBytes).catch(() => undefined);
  },

  async list(uri) {
    const path = pathOf(uri);
    return path === undefined ? [] : await list(path).catch(() => []);
  },
};

/** A pipe or a device is no file to read: it may never end. */
async function readText(path: string, mostBytes: number): Promise<string | undefined> {
  const { size } = await stat(path).then((found) => (found.isFile() ? found : { size: Infinity }));
  if (size > mostBytes) return undefined;
  const file = await open(path, 'r');
  try {
    const buffer = Buffer.alloc(size);
    const { bytesRead } = await read(file, buffer, 0, size, 0);
    return new TextDecoder().decode(buffer.subarray(0, bytesRead));
  } finally {
    await close(file);
  }
}

async function list(path: string): Promise<readonly FileEntry[]> {
  const entries: FileEntry[] = [];
  for await (const entry of await opendir(path)) {
    const kind = entry.isSymbolicLink() ? await kindOfTarget(`${path}/${entry.name}`) : kindOfEntry(entry);
    if (kind) entries.push({ name: entry.name, kind });
    if (entries.length >= mostEntries) break;
  }
  return entries;
}

async function kindOfTarget(path: string): Promise<FileEntry['kind'] | undefined> {
  return await stat(path).then(kindOfEntry, () => undefined);
}

function kindOfEntry(entry: { isFile(): boolean; isDirectory(): boolean }): FileEntry['kind'] | undefined {
  if (entry.isDirectory()) return 'directory';
  return entry.isFile() ? 'file' : undefined;
}

function pathOf(uri: string): string | undefined {
  try {
    return uri.startsWith('file:') ? fileURLToPath(uri) : undefined;
  } catch {
    return undefined;
  }
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && /^(ENOENT|ENOTDIR)$/.test(String(error.code));
}
