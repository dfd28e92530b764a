import { parentPort } from 'node:worker_threads';
import { splitByWeight } from './wire/weight';
import { decodeReply, decodeText, UnusableReply } from './wire/reply';
import { hasLongInteger } from './wire/json';
import { parseLossless } from './wire/losslessJson';
import type { WorkerAnswer, WorkerRequest } from './workerMessages';

/** The worker thread that parses and decodes big replies for ReplyReader, and sends them back in small parts. */

/** Answers not yet sent, by reply. */
const pending = new Map<number, readonly WorkerAnswer[]>();

function handle(request: WorkerRequest): void {
  switch (request.kind) {
    case 'decode':
      pending.set(request.id, decode(request));
      sendNext(request.id);
      break;
    case 'next':
      sendNext(request.id);
      break;
    case 'forget':
      pending.delete(request.id);
      break;
  }
}

function decode({ id, name, chunks }: WorkerRequest & { kind: 'decode' }): readonly WorkerAnswer[] {
  try {
    const text = decodeText(Buffer.concat(chunks));
    const page = decodeReply(name, text, hasLongInteger(text) ? parseLossless : JSON.parse);
    return [
      ...splitByWeight<unknown>(page.items).map((items) => ({ kind: 'part' as const, id, items })),
      { kind: 'end', id, nextPageToken: page.nextPageToken },
    ];
  } catch (error) {
    if (!(error instanceof UnusableReply)) throw error;
    return [{ kind: 'unusable', id, failure: error.kind, message: error.message }];
  }
}

function sendNext(id: number): void {
  const [next, ...rest] = pending.get(id) ?? [];
  if (rest.length > 0) pending.set(id, rest);
  else pending.delete(id);
  if (next) parentPort?.postMessage(next);
}

parentPort?.on('message', handle);
