import { createReadStream } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { explainUnsafePath } from '../tracking/artifactPath';
import type { Artifact } from '../tracking/model';
import { causeOf, TrackingError } from '../tracking/errors';
import { UserError } from '../ui/userError';
import type { LeftOut } from './downloadPlan';

/** A file of this machine, and the path that it will have among a run's artifacts. */
export interface PlannedUpload {
  readonly file: string;
  readonly size: number;
  readonly path: string;
}

export interface UploadPlan {
  readonly files: readonly PlannedUpload[];
  readonly leftOut: readonly LeftOut[];
}

/** In bytes. */
const chunkSize = 2 ** 20;

/** Finds the files of what is to be uploaded into a folder of the artifacts; folders keep their own name. Links to folders are not followed. */
export async function planUpload(
  sources: readonly string[],
  folder: string,
  signal: AbortSignal,
): Promise<UploadPlan> {
  const files: PlannedUpload[] = [];
  const leftOut: LeftOut[] = [];
  const add = async (file: string, path: string, isTop: boolean): Promise<void> => {
    signal.throwIfAborted();
    try {
      const stats = await stat(file);
      const reason = explainUnsafePath(path) ?? explainRefused(path);
      if (reason !== undefined) leftOut.push({ path: file, reason });
      else if (stats.isFile()) files.push({ file, size: stats.size, path });
      else if (stats.isDirectory() && isTop) await walk(file, path);
      else leftOut.push({ path: file, reason: 'It is no file.' });
    } catch (error) {
      signal.throwIfAborted();
      leftOut.push({ path: file, reason: `It cannot be read: ${causeOf(error)}.` });
    }
  };
  const walk = async (directory: string, path: string): Promise<void> => {
    for (const entry of await readdir(directory, { withFileTypes: true })) {
      await add(join(directory, entry.name), `${path}/${entry.name}`, entry.isDirectory());
    }
  };
  for (const source of sources) {
    const name = basename(source);
    await add(source, folder === '' ? name : `${folder}/${name}`, true);
  }
  return { files, leftOut };
}

/** Those of the paths at which there is an artifact already. Folders that are not there are not asked for. */
export async function findPresent(
  paths: readonly string[],
  list: (folder: string) => Promise<readonly Artifact[]>,
): Promise<ReadonlySet<string>> {
  const listings = new Map<string, Promise<ReadonlySet<string>>>();
  const listOnce = (folder: string): Promise<ReadonlySet<string>> => {
    const listing = listings.get(folder) ?? read(folder);
    listings.set(folder, listing);
    return listing;
  };
  const read = async (folder: string): Promise<ReadonlySet<string>> => {
    if (folder !== '' && !(await isThere(folder))) return new Set();
    const found = await list(folder).catch(ignoreMissing);
    return new Set(found.map(({ path }) => path));
  };
  const isThere = async (path: string): Promise<boolean> =>
    (await listOnce(path.slice(0, Math.max(0, path.lastIndexOf('/'))))).has(path);
  const present = new Set<string>();
  for (const path of paths) if (await isThere(path)) present.add(path);
  return present;
}

/** The bytes of a file as it was when it was planned. Rejects with a UserError if it has become shorter. */
export async function* readPlanned(
  { file, size }: PlannedUpload,
  onBytes: (count: number) => void,
): AsyncIterable<Uint8Array> {
  if (size === 0) return;
  let left = size;
  for await (const chunk of createReadStream(file, { highWaterMark: chunkSize, end: size - 1 })) {
    const { byteLength } = chunk as Buffer;
    left -= byteLength;
    onBytes(byteLength);
    yield chunk as Buffer;
  }
  if (left > 0) throw new UserError(`${file} has become shorter while it was uploaded.`);
}

/** Its client would write such a file to a local store, and never read it again. */
function explainRefused(path: string): string | undefined {
  return path.includes('#') ? 'MLflow refuses “#” in the path of an artifact.' : undefined;
}

function ignoreMissing(error: unknown): readonly Artifact[] {
  if (error instanceof TrackingError && error.kind === 'notFound') return [];
  throw error;
}
