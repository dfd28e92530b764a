import dns from 'node:dns';
import { inspect } from 'node:util';
import { TrackingError } from '../../../extension/tracking/errors';
import { RestStore } from '../../../extension/tracking/rest/restStore';
import { LoopWatch } from '../loopWatch';
import type { Acted, Call, CallResult, ProbeRequest } from './probeMessages';

/** The process under measurement: it holds our stores and nothing else, so that whatever blocks or crashes is ours. */

const stores = new Map<string, RestStore>();
const headers = new Map<string, ReadonlyMap<string, string>>();
let log: string[] = [];
let crashes: string[] = [];

for (const event of ['unhandledRejection', 'uncaughtException'] as const) {
  process.on(event, (error: unknown) => crashes.push(`${event}: ${inspect(error)}`));
}

async function handle(request: ProbeRequest): Promise<unknown> {
  switch (request.kind) {
    case 'open':
      headers.set(request.store, new Map(request.headers));
      stores.get(request.store)?.dispose();
      stores.set(request.store, openStore(request));
      return undefined;
    case 'authorize':
      headers.set(request.store, new Map(request.headers));
      return undefined;
    case 'act':
      return await act(request.calls);
    case 'breakNames':
      breakNames(request.areBroken);
      return undefined;
    case 'close':
      for (const store of stores.values()) store.dispose();
      process.disconnect();
      return undefined;
  }
}

function openStore({ store, baseUri, timeoutMs }: ProbeRequest & { kind: 'open' }): RestStore {
  return new RestStore({
    baseUri,
    timeoutMs,
    authorize: () => Promise.resolve(headers.get(store) ?? new Map<string, string>()),
    log: (line) => log.push(line),
  });
}

async function act(calls: readonly Call[]): Promise<Acted> {
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

async function perform({ store, method, args }: Call): Promise<CallResult> {
  const start = performance.now();
  const target = stores.get(store) as Record<string, (...args: unknown[]) => Promise<unknown>> | undefined;
  try {
    const value = await target?.[method]?.(...args, new AbortController().signal);
    return { ok: true, value, ms: performance.now() - start };
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

const lookup = dns.lookup.bind(dns) as (...args: readonly unknown[]) => void;

/** The name is looked up as one that cannot exist, or as this machine: by the system's own resolver either way. */
function breakNames(areBroken: boolean): void {
  const flaky = areBroken ? 'flaky.invalid' : 'localhost';
  const patched = (host: string, ...rest: readonly unknown[]): void => {
    lookup(host === 'flaky.test' ? flaky : host, ...rest);
  };
  (dns as { lookup: unknown }).lookup = patched;
}

process.on('message', ({ id, request }: { readonly id: number; readonly request: ProbeRequest }) => {
  void handle(request).then((answer) => {
    if (process.connected) process.send?.({ id, answer });
  });
});
