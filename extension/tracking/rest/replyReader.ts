import { join } from 'node:path';
import { TrackingError } from '../errors';
import type { Page } from '../model';
import { WorkerCalls } from '../worker/workerCalls';
import { hasLongInteger } from './wire/json';
import { decodeReply, decodeText, UnusableReply, type DecodedReply, type ReplyName } from './wire/reply';

/**
 * Above this size in bytes, parsing and decoding is the worker's: here it would take more than about 10 ms. A page of
 * 50 runs is some 300 kB (reference/PERFORMANCE.md §4) and does not wait for a worker to start.
 */
const largestInPlace = 512 * 1024;

/** How long an unused worker is kept, in ms. */
const idleTime = 60_000;

/** The worker's heap: 64 MiB of JSON become about ten times that in objects. */
const workerHeapMegabytes = 1024;

/** A body to parse and decode; the chunks are handed over, not copied. */
export interface ReplyTask {
  readonly name: ReplyName;
  readonly chunks: readonly Uint8Array[];
}

/** Turns reply bodies into model values without holding up this thread: what takes long to parse goes to a worker. */
export class ReplyReader {
  private readonly calls = new WorkerCalls<ReplyTask>({
    file: join(__dirname, 'replyWorker.js'),
    heapMegabytes: workerHeapMegabytes,
    idleTime,
    revive: ({ kind, message }) =>
      new UnusableReply(kind === 'notMlflow' ? 'notMlflow' : 'malformed', message),
    explainEnd,
  });

  /** The body's chunks are given away. Rejects with UnusableReply, TrackingError or the signal's reason. */
  async read<Name extends ReplyName>(
    name: Name,
    chunks: readonly Uint8Array[],
    signal: AbortSignal,
  ): Promise<DecodedReply<Name>> {
    signal.throwIfAborted();
    const size = chunks.reduce((sum, chunk) => sum + chunk.byteLength, 0);
    if (size <= largestInPlace) {
      const text = decodeText(Buffer.concat(chunks));
      if (!hasLongInteger(text)) return decodeReply(name, text);
    }
    const { items, rest } = await this.calls.call({ name, chunks }, signal, chunks.flatMap(ownBuffer));
    const page: Page<unknown> = { items, nextPageToken: rest as string | undefined };
    return page as DecodedReply<Name>;
  }

  /** Whoever still waits gets a TrackingError. */
  dispose(): void {
    this.calls.dispose();
  }
}

function explainEnd(cause: NodeJS.ErrnoException | undefined): TrackingError {
  if (!cause) return new TrackingError('unreachable', 'The connection was closed.');
  const isTooLarge = cause.code === 'ERR_WORKER_OUT_OF_MEMORY';
  const kind = isTooLarge ? 'tooLarge' : 'malformed';
  return new TrackingError(kind, 'The answer is too large or too deep to be read.', { cause });
}

/** The chunk's memory, if it holds nothing else: only then may it be handed over. */
function ownBuffer(chunk: Uint8Array): readonly ArrayBuffer[] {
  const { buffer, byteLength } = chunk;
  return buffer instanceof ArrayBuffer && buffer.byteLength === byteLength ? [buffer] : [];
}
