import { TrackingError } from '../errors';
import type { SilenceWatch } from './deadline';

/**
 * The body of a response in chunks, decompressed, up to `limit` bytes: beyond it the connection is cut at once, so that
 * neither a compression bomb nor an endless answer fills the memory.
 * Rejects with a TrackingError `tooLarge`, or as the stream does.
 */
export async function readBody(
  response: Response,
  limit: number,
  host: string,
): Promise<readonly Uint8Array[]> {
  const reader = (response.body as ReadableStream<Uint8Array> | null)?.getReader();
  if (!reader) return [];
  const chunks: Uint8Array[] = [];
  let size = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return chunks;
    size += value.byteLength;
    if (size > limit) {
      discard(reader.cancel());
      throw new TrackingError('tooLarge', `${host} sent more than ${formatSize(limit)}; the answer was cut.`);
    }
    chunks.push(value);
  }
}

/** The body of a response as it arrives. Whoever reads it slowly has no part in the silence that is watched. */
export async function* readChunks(
  response: Response,
  watch: SilenceWatch,
  explain: (error: unknown) => Error,
): AsyncIterable<Uint8Array> {
  const reader = (response.body as ReadableStream<Uint8Array> | null)?.getReader();
  if (!reader) return;
  try {
    for (;;) {
      const { done, value } = await watch.next(() => reader.read());
      if (done) return;
      yield value;
    }
  } catch (error) {
    throw explain(error);
  } finally {
    watch.stop();
    discard(reader.cancel());
  }
}

/** Lets go of a body that nobody wants, so that its connection can be used again or closed. */
export function dropBody(response: Response): void {
  discard(response.body?.cancel());
}

/** The body is not wanted any more, so neither is a failure to cancel it. */
function discard(cancelling: Promise<void> | undefined): void {
  cancelling?.catch(() => undefined);
}

function formatSize(bytes: number): string {
  return bytes >= 2 ** 20 ? `${bytes / 2 ** 20} MiB` : `${Math.round(bytes / 1024)} KiB`;
}
