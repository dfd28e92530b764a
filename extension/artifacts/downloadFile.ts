import { isCancellation, TrackingError } from '../tracking/errors';
import type { ArtifactStream, ResumePoint } from '../tracking/store';
import { formatSize } from '../ui/numbers';
import { UserError } from '../ui/userError';
import { explainFailure } from '../ui/writeFailure';
import { FilePart } from '../ui/filePart';
import { writePieces } from '../ui/writePieces';

export interface FileDownload {
  /** Names the artifact for good: by its connection, run and path. */
  readonly identity: string;
  /** The artifact's. */
  readonly path: string;
  /** What the listing says of it, in bytes. */
  readonly size: number | undefined;
  /** The absolute path that it gets; its folder is there. */
  readonly target: string;
  readonly open: (
    resume: ResumePoint | undefined,
    signal: AbortSignal,
  ) => Promise<ArtifactStream | undefined>;
}

/**
 * Downloads a file into a part beside its target, which then takes the target's place: nothing half-written ever has its name. A
 * part is kept when the user stops or the connection is lost, and gone on with the next time if the file is still the same. `onBytes` is
 * told what is there more; `isNew` is false for what an earlier download left. Rejects with a TrackingError, a UserError, or the signal's reason.
 */
export async function downloadFile(
  download: FileDownload,
  onBytes: (count: number, isNew: boolean) => void,
  signal: AbortSignal,
): Promise<void> {
  const part = new FilePart(download.target, download.identity);
  try {
    const stream = await download.open(await part.findResumePoint(), signal);
    if (!stream) throw new UserError(`${download.path} is not there any more.`);
    requireSize(download, download.size, stream.size);
    if (stream.from > 0) onBytes(stream.from, false);
    await fill(part, download, stream, onBytes);
    await part.finish();
  } catch (error) {
    throw explainFailure(download.target, error);
  }
}

/** Writes what comes into the part; it is removed where nothing can go on with it. */
async function fill(
  part: FilePart,
  download: FileDownload,
  { from, size, version, chunks }: ArtifactStream,
  onBytes: (count: number, isNew: boolean) => void,
): Promise<void> {
  const expected = size ?? download.size;
  const file = await part.open(from, version);
  try {
    const end = await writePieces(chunks, file, from, (count, position) => {
      if (expected !== undefined && position > expected) requireSize(download, expected, position);
      onBytes(count, true);
    });
    requireSize(download, expected, end);
    await file.close();
  } catch (error) {
    await file.close().catch(() => undefined);
    if (version !== undefined && isCancellation(error)) throw error;
    if (version !== undefined && error instanceof TrackingError) throw sayKept(download, error);
    await part.remove();
    throw error;
  }
}

function sayKept({ path }: FileDownload, cause: TrackingError): TrackingError {
  const message = `${cause.message} What came of ${path} is kept, and Download… goes on with it.`;
  return new TrackingError(cause.kind, message, { cause });
}

function requireSize({ path }: FileDownload, expected: number | undefined, size: number | undefined): void {
  if (expected === undefined || size === undefined || expected === size) return;
  const [said, came] = [expected, size].map((bytes) => `${formatSize(bytes)} (${bytes} bytes)`);
  throw new UserError(
    `${path} is listed with ${String(said)}, but ${String(came)} came: it was changed meanwhile, or the server is wrong.`,
  );
}
