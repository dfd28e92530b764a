import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { TrackingError } from '../errors';
import type { Page } from '../model';
import { hasLongInteger } from './wire/json';
import { decodeReply, decodeText, UnusableReply, type DecodedReply, type ReplyName } from './wire/reply';
import type { WorkerAnswer, WorkerRequest } from './workerMessages';

/**
 * Above this size in bytes, parsing and decoding is the worker's: here it would take more than about 10 ms. A page of
 * 50 runs is some 300 kB (reference/PERFORMANCE.md §4) and does not wait for a worker to start.
 */
const largestInPlace = 512 * 1024;

/** How long an unused worker is kept, in ms. */
const idleTime = 60_000;

/** The worker's heap: 64 MiB of JSON become about ten times that in objects. */
const workerHeapMegabytes = 1024;

interface Waiting {
  readonly items: unknown[];
  readonly resolve: (page: Page<unknown>) => void;
  readonly reject: (reason: Error) => void;
}

/**
 * Turns reply bodies into model values without holding up this thread: what takes long to parse goes to a worker,
 * which is started when first needed and ended when idle.
 */
export class ReplyReader {
  private readonly waiting = new Map<number, Waiting>();
  private worker: Worker | undefined;
  private idle: NodeJS.Timeout | undefined;
  private lastId = 0;

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
    return (await this.readInWorker(name, chunks, signal)) as DecodedReply<Name>;
  }

  /** Whoever still waits gets a TrackingError. */
  dispose(): void {
    this.end(new TrackingError('unreachable', 'The connection was closed.'));
  }

  private readInWorker(
    name: ReplyName,
    chunks: readonly Uint8Array[],
    signal: AbortSignal,
  ): Promise<Page<unknown>> {
    const id = ++this.lastId;
    return new Promise<Page<unknown>>((resolve, reject) => {
      const giveUp = (): void => {
        this.post({ kind: 'forget', id });
        this.settle(id)?.reject(signal.reason as Error);
      };
      const stopListening = (): void => {
        signal.removeEventListener('abort', giveUp);
      };
      signal.addEventListener('abort', giveUp, { once: true });
      this.waiting.set(id, {
        items: [],
        resolve: (page) => {
          stopListening();
          resolve(page);
        },
        reject: (reason) => {
          stopListening();
          reject(reason);
        },
      });
      this.post({ kind: 'decode', id, name, chunks }, chunks.flatMap(ownBuffer));
    });
  }

  private post(request: WorkerRequest, handOver: readonly ArrayBuffer[] = []): void {
    clearTimeout(this.idle);
    this.worker ??= this.start();
    this.worker.ref();
    this.worker.postMessage(request, handOver);
  }

  private start(): Worker {
    const worker = new Worker(join(__dirname, 'replyWorker.js'), {
      resourceLimits: { maxOldGenerationSizeMb: workerHeapMegabytes },
    });
    worker.on('message', (answer: WorkerAnswer) => {
      this.receive(answer);
    });
    worker.on('error', (error: NodeJS.ErrnoException) => {
      const isTooLarge = error.code === 'ERR_WORKER_OUT_OF_MEMORY';
      const kind = isTooLarge ? 'tooLarge' : 'malformed';
      this.end(new TrackingError(kind, 'The answer is too large or too deep to be read.', { cause: error }));
    });
    return worker;
  }

  private receive(answer: WorkerAnswer): void {
    const waiting = this.waiting.get(answer.id);
    if (!waiting) return;
    switch (answer.kind) {
      case 'part':
        waiting.items.push(...answer.items);
        // Later in the loop, so that whatever else is due comes between two parts.
        setImmediate(() => {
          if (this.waiting.has(answer.id)) this.post({ kind: 'next', id: answer.id });
        });
        break;
      case 'end':
        this.settle(answer.id)?.resolve({ items: waiting.items, nextPageToken: answer.nextPageToken });
        break;
      case 'unusable':
        this.settle(answer.id)?.reject(new UnusableReply(answer.failure, answer.message));
        break;
    }
  }

  private settle(id: number): Waiting | undefined {
    const waiting = this.waiting.get(id);
    this.waiting.delete(id);
    if (this.waiting.size === 0) this.rest();
    return waiting;
  }

  /** Nothing to do for the worker: it does not keep the process alive, and is ended if that lasts. */
  private rest(): void {
    clearTimeout(this.idle);
    this.worker?.unref();
    this.idle = setTimeout(() => {
      this.end(new TrackingError('unreachable', 'The connection was closed.'));
    }, idleTime);
    this.idle.unref();
  }

  private end(reason: TrackingError): void {
    clearTimeout(this.idle);
    void this.worker?.terminate();
    this.worker = undefined;
    const all = [...this.waiting.values()];
    this.waiting.clear();
    for (const waiting of all) waiting.reject(reason);
  }
}

/** The chunk's memory, if it holds nothing else: only then may it be handed over. */
function ownBuffer(chunk: Uint8Array): readonly ArrayBuffer[] {
  const { buffer, byteLength } = chunk;
  return buffer instanceof ArrayBuffer && buffer.byteLength === byteLength ? [buffer] : [];
}
