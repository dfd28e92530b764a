import dns from 'node:dns';
import { RestStore } from '../../../extension/tracking/rest/restStore';
import { keepLog, measure, serve } from '../measuring';
import type { Call, ProbeRequest } from './probeMessages';

const stores = new Map<string, RestStore>();
const headers = new Map<string, ReadonlyMap<string, string>>();

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
    log: keepLog,
  });
}

async function act(calls: readonly Call[]): Promise<unknown> {
  return await measure(
    calls.map(({ store, method, args }) => () => {
      const target = stores.get(store) as
        Record<string, (...args: unknown[]) => Promise<unknown>> | undefined;
      return target?.[method]?.(...args, new AbortController().signal);
    }),
  );
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

serve(handle);
