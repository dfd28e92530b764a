import { LocalStore } from '../../../extension/tracking/local/localStore';
import { measure, serve } from '../measuring';
import type { ProbeRequest } from './probeMessages';

const stores = new Map<string, LocalStore>();

async function handle(request: ProbeRequest): Promise<unknown> {
  const store = stores.get(request.store);
  switch (request.kind) {
    case 'open':
      store?.dispose();
      stores.set(request.store, new LocalStore(request.at));
      return undefined;
    case 'ask':
      return await measure(
        request.questions.map(({ method, args }) => () => {
          const target = store as unknown as
            Record<string, (...args: unknown[]) => Promise<unknown>> | undefined;
          return target?.[method]?.(...args, new AbortController().signal);
        }),
      );
    case 'close':
      store?.dispose();
      stores.delete(request.store);
      return undefined;
  }
}

serve(handle);
