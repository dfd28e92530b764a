import { open, opendir, stat } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { FileEntry, FileReader } from './files';

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
  const file = await open(path);
  try {
    const buffer = Buffer.alloc(size);
    const { bytesRead } = await file.read(buffer, 0, size, 0);
    return new TextDecoder().decode(buffer.subarray(0, bytesRead));
  } finally {
    await file.close();
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
