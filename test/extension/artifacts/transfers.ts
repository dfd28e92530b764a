import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { downloadFiles } from '../../../extension/artifacts/downloadFiles';
import { planDownload, type DownloadPlan } from '../../../extension/artifacts/downloadPlan';
import type { TransferOutcome } from '../../../extension/artifacts/transferFailures';
import { findTransferSource, type OpenPython } from '../../../extension/artifacts/transferSource';
import type { TrackingStore } from '../../../extension/tracking/store';

const never = new AbortController().signal;

/** Where nothing but the store may be asked. */
export const withoutPython: OpenPython = () => Promise.reject(new Error('Python was asked for.'));

/** What of a run is downloaded, and how. */
export interface Asked {
  readonly store: TrackingStore;
  readonly runId: string;
  readonly path: string;
  readonly openPython?: OpenPython;
}

/** The files of an artifact, as the command lists them. */
export async function planOf({
  store,
  runId,
  path,
  openPython = withoutPython,
}: Asked): Promise<DownloadPlan> {
  const run = await store.getRun(runId, never);
  const source = await findTransferSource(store, run, openPython, never);
  const folder = path.slice(0, Math.max(0, path.lastIndexOf('/')));
  const found = path === '' ? undefined : (await source.list(folder, never)).find((one) => one.path === path);
  const artifact = found ?? { path, isDirectory: true, size: undefined };
  const name = path.slice(path.lastIndexOf('/') + 1) || 'all';
  return await planDownload([{ runId, source, artifact, name }], never);
}

/** Downloads an artifact into a folder, as the command does after its questions. */
export async function downloadTo(
  folder: string,
  asked: Asked,
  signal: AbortSignal = never,
  onBytes: (count: number, isNew: boolean) => void = () => undefined,
): Promise<TransferOutcome> {
  const { files } = await planOf(asked);
  return await downloadFiles(files, { folder, connectionUri: 'test', onBytes }, signal);
}

/** The SHA-256 of each file below a folder, by its path. */
export async function sumsOf(folder: string): Promise<Readonly<Record<string, string>>> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries
    .filter((entry) => !entry.isDirectory())
    .map((entry) => join(entry.parentPath, entry.name));
  const sums = files.sort().map(async (file) => {
    const sum = createHash('sha256')
      .update(await readFile(file))
      .digest('hex');
    return [relative(folder, file).replaceAll('\\', '/'), sum] as const;
  });
  return Object.fromEntries(await Promise.all(sums));
}
