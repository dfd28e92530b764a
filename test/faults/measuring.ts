import { inspect } from 'node:util';
import { TrackingError } from '../../extension/tracking/errors';
import type { Acted, CallResult } from './acted';
import { LoopWatch } from './loopWatch';

/** The measured process's own side of MeasuredProcess: it holds our stores and nothing else, so that whatever blocks or crashes is ours. */

let log: string[] = [];
let crashes: string[] = [];

/** What our code would write to its output channel. */
export function keepLog(line: string): void {
  log.push(line);
}

/** Answers the requests of the process that runs the cases, and writes down what nobody caught. */
export function serve(handle: (request: never) => Promise<unknown>): void {
  for (const event of ['unhandledRejection', 'uncaughtException'] as const) {
    process.on(event, (error: unknown) => crashes.push(`${event}: ${inspect(error)}`));
  }
  process.on('message', ({ id, request }: { readonly id: number; readonly request: never }) => {
    void handle(request).then((answer) => {
      if (process.connected) process.send?.({ id, answer });
    });
  });
}

/** Makes the calls at the same time, and watches the event loop meanwhile. */
export async function measure(calls: readonly (() => Promise<unknown> | undefined)[]): Promise<Acted> {
  const watch = new LoopWatch();
  const results = await Promise.all(calls.map(perform));
  const block = watch.stop();
  // Whatever nobody waits for any more shows within a turn of the loop.
  await new Promise((resolve) => setImmediate(resolve));
  const acted = { results, block, memory: process.resourceUsage().maxRSS / 1024, log, crashes };
  log = [];
  crashes = [];
  return acted;
}

async function perform(call: () => Promise<unknown> | undefined): Promise<CallResult> {
  const start = performance.now();
  try {
    return { ok: true, value: await call(), ms: performance.now() - start };
  } catch (error) {
    const isOurs = error instanceof TrackingError;
    return {
      ok: false,
      kind: isOurs ? error.kind : 'not a TrackingError',
      message: error instanceof Error ? error.message : String(error),
      retryAfter: isOurs ? error.retryAfter : undefined,
      printed: inspect(error, { depth: 10 }),
      ms: performance.now() - start,
    };
  }
}
