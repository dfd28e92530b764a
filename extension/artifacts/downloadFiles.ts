import { statfs } from 'node:fs/promises';
import { join } from 'node:path';
import { formatSize } from '../ui/numbers';
import type { ResumePoint } from '../tracking/store';
import { DiskFullError } from '../ui/writeFailure';
import { downloadFile } from './downloadFile';
import { FilePart } from '../ui/filePart';
import type { PlannedFile } from './downloadPlan';
import { prepareTarget } from './downloadTarget';
import { transferInTurn, type TransferOutcome } from './transferFailures';

export interface DownloadOptions {
  /** The absolute path of the folder that the user chose. */
  readonly folder: string;
  /** Of the connection that the runs belong to. */
  readonly connectionUri: string;
  /** Told what is done more; `isNew` is false for what an earlier download left. */
  readonly onBytes: (count: number, isNew: boolean) => void;
}

/** In bytes: less is not worth a look at the disk. */
const checkedFrom = 16 * 2 ** 20;

/**
 * Downloads files one after the other; one that fails does not keep the others from coming, unless they would fail too. Rejects with
 * the signal's reason, or before anything was written where there is no room for all.
 */
export async function downloadFiles(
  files: readonly PlannedFile[],
  options: DownloadOptions,
  signal: AbortSignal,
): Promise<TransferOutcome> {
  await requireRoom(files, options);
  const download = async (file: PlannedFile): Promise<string> => {
    const { path, size } = file.artifact;
    const target = await prepareTarget(options.folder, file.place);
    const counter = new FetchCounter(options.onBytes);
    const open = (resume: ResumePoint | undefined) =>
      file.root.source.open(path, resume, counter.fetched, signal);
    const identity = identify(file, options);
    await downloadFile({ identity, path, size, target, open }, counter.arrived, signal);
    return target;
  };
  return await transferInTurn(files, ({ artifact }) => artifact.path, download, signal);
}

/** Counts each byte of a file once: some sources fetch it whole before its chunks come. */
class FetchCounter {
  private ahead = 0;

  constructor(private readonly onBytes: DownloadOptions['onBytes']) {}

  readonly fetched = (count: number): void => {
    this.ahead += count;
    this.onBytes(count, true);
  };

  readonly arrived = (count: number, isNew: boolean): void => {
    const known = Math.min(this.ahead, count);
    this.ahead -= known;
    if (count > known) this.onBytes(count - known, isNew);
  };
}

/** Names an artifact for good. */
function identify({ root, artifact }: PlannedFile, { connectionUri }: DownloadOptions): string {
  return `${connectionUri} ${root.runId} ${artifact.path}`;
}

/** In bytes; undefined where that of some file is not known. */
export function sizeOfAll(files: readonly PlannedFile[]): number | undefined {
  let sum = 0;
  for (const { artifact } of files) {
    if (artifact.size === undefined) return undefined;
    sum += artifact.size;
  }
  return sum;
}

/** For what is still to come: the large ones may have begun earlier. */
async function requireRoom(files: readonly PlannedFile[], options: DownloadOptions): Promise<void> {
  const { folder } = options;
  let size = 0;
  for (const file of files) {
    const whole = file.artifact.size ?? 0;
    size += whole;
    if (whole < checkedFrom) continue;
    const part = new FilePart(join(folder, ...file.place.split('/')), identify(file, options));
    size -= (await part.findResumePoint().catch(() => undefined))?.from ?? 0;
  }
  if (size < checkedFrom) return;
  // Some systems do not say; writing then does.
  const disk = await statfs(folder).catch(() => undefined);
  const free = disk ? disk.bavail * disk.bsize : Infinity;
  if (free >= size) return;
  throw new DiskFullError(
    `There is no room in ${folder}: ${formatSize(size)} are to come, and ${formatSize(free)} are free.`,
  );
}
