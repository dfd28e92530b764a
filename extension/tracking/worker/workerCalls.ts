import { Worker } from 'node:worker_threads';
import type { Answer, Failure, WorkerAnswer, WorkerRequest } from './messages';

export interface WorkerCallsOptions {
  /** The worker's compiled file, which calls `serveCalls`. */
  readonly file: string;
  readonly workerData?: unknown;
  /** The limit of its heap, in MiB. */
  readonly heapMegabytes: number;
  /** How long an unused worker is kept, in ms; for ever where it has something to remember. */
  readonly idleTime?: number | undefined;
  /** The error that a caller gets for a failure of its call. */
  readonly revive: (failure: Failure) => Error;
  /** The error that all who wait get when the worker ends: by `dispose`, or because it died of `cause`. */
  readonly explainEnd: (cause: NodeJS.ErrnoException | undefined) => Error;
  /** Receives what the worker tells unasked. */
  readonly onEvent?: (event: unknown) => void;
}

/** Short-lived objects are collected when they take this much, in MiB; by default they may pile up to several times that. */
const youngMegabytes = 64;

interface Waiting {
  readonly items: unknown[];
  readonly resolve: (answer: Answer) => void;
  readonly reject: (reason: Error) => void;
}

/**
 * Calls a worker thread that is started when first needed, and again after it died. Long answers come in parts, each a
 * turn of the event loop of its own: taking over a big object at once would block this thread.
 */
export class WorkerCalls<Task> {
  private readonly waiting = new Map<number, Waiting>();
  private worker: Worker | undefined;
  private idle: NodeJS.Timeout | undefined;
  private lastId = 0;

  constructor(private readonly options: WorkerCallsOptions) {}

  get isRunning(): boolean {
    return this.worker !== undefined;
  }

  /** Rejects with what `revive` and `explainEnd` make, or with the signal's reason. `handOver` is given away. */
  call(task: Task, signal: AbortSignal, handOver: readonly ArrayBuffer[] = []): Promise<Answer> {
    const id = ++this.lastId;
    const aborted = new Int32Array(new SharedArrayBuffer(4));
    return new Promise<Answer>((resolve, reject) => {
      if (signal.aborted) {
        reject(signal.reason as Error);
        return;
      }
      const giveUp = (): void => {
        Atomics.store(aborted, 0, 1);
        this.post({ kind: 'forget', id });
        this.settle(id)?.reject(signal.reason as Error);
      };
      const stopListening = (): void => {
        signal.removeEventListener('abort', giveUp);
      };
      signal.addEventListener('abort', giveUp, { once: true });
      this.waiting.set(id, {
        items: [],
        resolve: (answer) => {
          stopListening();
          resolve(answer);
        },
        reject: (reason) => {
          stopListening();
          reject(reason);
        },
      });
      this.post({ kind: 'call', id, task, aborted }, handOver);
    });
  }

  /** Whoever still waits is rejected. */
  dispose(): void {
    this.end(undefined);
  }

  private post(request: WorkerRequest<Task>, handOver: readonly ArrayBuffer[] = []): void {
    clearTimeout(this.idle);
    this.worker ??= this.start();
    this.worker.ref();
    this.worker.postMessage(request, handOver);
  }

  private start(): Worker {
    const { file, workerData, heapMegabytes } = this.options;
    const worker = new Worker(file, {
      workerData,
      resourceLimits: { maxOldGenerationSizeMb: heapMegabytes, maxYoungGenerationSizeMb: youngMegabytes },
    });
    worker.on('message', (answer: WorkerAnswer) => {
      this.receive(answer);
    });
    worker.on('error', (error) => {
      if (worker === this.worker) this.end(error);
    });
    return worker;
  }

  private receive(answer: WorkerAnswer): void {
    if (answer.kind === 'event') {
      this.options.onEvent?.(answer.event);
      return;
    }
    const waiting = this.waiting.get(answer.id);
    if (!waiting) return;
    switch (answer.kind) {
      case 'part':
        for (const item of answer.items) waiting.items.push(item);
        // Later in the loop, so that whatever else is due comes between two parts.
        setImmediate(() => {
          if (this.waiting.has(answer.id)) this.post({ kind: 'next', id: answer.id });
        });
        break;
      case 'end':
        this.settle(answer.id)?.resolve({ items: waiting.items, rest: answer.rest });
        break;
      case 'failed':
        this.settle(answer.id)?.reject(this.options.revive(answer.failure));
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
    if (this.options.idleTime === undefined) return;
    this.idle = setTimeout(() => {
      this.end(undefined);
    }, this.options.idleTime);
    this.idle.unref();
  }

  private end(cause: NodeJS.ErrnoException | undefined): void {
    clearTimeout(this.idle);
    void this.worker?.terminate();
    this.worker = undefined;
    const all = [...this.waiting.values()];
    this.waiting.clear();
    for (const waiting of all) waiting.reject(this.options.explainEnd(cause));
  }
}
