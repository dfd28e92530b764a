import { parentPort } from 'node:worker_threads';
import type { Answer, Failure, WorkerAnswer, WorkerRequest } from './messages';
import { splitByWeight } from './weight';

/**
 * Does a task at once. `throwIfAborted` throws when nobody waits for its answer any more. Typed arrays that are properties
 * of the answer's `rest` are given away with it.
 */
export type Perform<Task> = (task: Task, throwIfAborted: () => void) => Answer;

/** While the other side takes over one part, the next is on its way. */
const partsAhead = 2;

class Aborted extends Error {}

/**
 * The worker's side of WorkerCalls: performs one task after the other and sends the answers back in parts. What a
 * task throws is the caller's failure, described by `describe`.
 */
export function serveCalls<Task>(perform: Perform<Task>, describe: (error: unknown) => Failure): void {
  /** Answers not yet sent, by call. */
  const pending = new Map<number, readonly WorkerAnswer[]>();

  const sendNext = (id: number): void => {
    const [next, ...later] = pending.get(id) ?? [];
    if (later.length > 0) pending.set(id, later);
    else pending.delete(id);
    if (next) post(next);
  };
  parentPort?.on('message', (request: WorkerRequest<Task>) => {
    switch (request.kind) {
      case 'call':
        pending.set(request.id, answer(request, perform, describe));
        for (let part = 0; part < partsAhead; part++) sendNext(request.id);
        break;
      case 'next':
        sendNext(request.id);
        break;
      case 'forget':
        pending.delete(request.id);
        break;
    }
  });
}

/** Tells the other side something that it did not ask for. */
export function emit(event: unknown): void {
  post({ kind: 'event', event });
}

function answer<Task>(
  { id, task, aborted }: WorkerRequest<Task> & { kind: 'call' },
  perform: Perform<Task>,
  describe: (error: unknown) => Failure,
): readonly WorkerAnswer[] {
  const throwIfAborted = (): void => {
    if (Atomics.load(aborted, 0) === 1) throw new Aborted();
  };
  try {
    throwIfAborted();
    const { items, rest } = perform(task, throwIfAborted);
    const parts = splitByWeight(items).map((part) => ({ kind: 'part' as const, id, items: part }));
    return [...parts, { kind: 'end', id, rest }];
  } catch (error) {
    return error instanceof Aborted ? [] : [{ kind: 'failed', id, failure: describe(error) }];
  }
}

/** Columns are given away: copying those of a long history would take as long as reading it. */
function post(message: WorkerAnswer): void {
  parentPort?.postMessage(message, message.kind === 'end' ? columnsOf(message.rest) : []);
}

function columnsOf(rest: unknown): ArrayBuffer[] {
  if (typeof rest !== 'object' || rest === null) return [];
  const columns: readonly unknown[] = Object.values(rest);
  const buffers = columns.map((column) => (ArrayBuffer.isView(column) ? column.buffer : undefined));
  return buffers.filter((buffer) => buffer instanceof ArrayBuffer);
}
