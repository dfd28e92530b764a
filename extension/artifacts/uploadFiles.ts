import { causeOf, isCancellation, TrackingError } from '../tracking/errors';
import { UserError } from '../ui/userError';
import { transferInTurn, type TransferOutcome } from './transferFailures';
import type { Upload } from './transferSource';
import { type PlannedUpload, readPlanned } from './uploadPlan';

/**
 * Uploads files one after the other; one that fails does not keep the others, unless they would fail too. What is done is told by its
 * artifact's path. Rejects with the signal's reason.
 */
export async function uploadFiles(
  files: readonly PlannedUpload[],
  upload: Upload,
  onBytes: (count: number) => void,
  signal: AbortSignal,
): Promise<TransferOutcome> {
  const send = async (file: PlannedUpload): Promise<string> => {
    await uploadFile(file, upload, onBytes, signal);
    return file.path;
  };
  return await transferInTurn(files, ({ path }) => path, send, signal);
}

/** What goes wrong with the file itself counts before what the request makes of it. */
async function uploadFile(
  planned: PlannedUpload,
  upload: Upload,
  onBytes: (count: number) => void,
  signal: AbortSignal,
): Promise<void> {
  const { file, size, path } = planned;
  let problem: unknown;
  let sent = 0;
  const count = (bytes: number): void => {
    sent += bytes;
    onBytes(bytes);
  };
  const read = async function* (): AsyncIterable<Uint8Array> {
    try {
      yield* readPlanned(planned, count);
    } catch (error) {
      problem = error;
      throw error;
    }
  };
  try {
    await upload({ file, size, read }, path, signal);
    // MLflow's own client does not tell how far it is.
    onBytes(size - sent);
  } catch (error) {
    throw problem === undefined ? error : explainProblem(file, problem);
  }
}

function explainProblem(file: string, cause: unknown): unknown {
  if (cause instanceof UserError || cause instanceof TrackingError || isCancellation(cause)) return cause;
  return new UserError(`${file} cannot be read: ${causeOf(cause)}.`, { cause });
}
