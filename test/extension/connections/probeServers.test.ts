import { deepEqual, equal } from 'node:assert/strict';
import { probeServers, type FoundServer } from '../../../extension/connections/probeServers';
import { TrackingError } from '../../../extension/tracking/errors';
import { storeThat } from './fakes';

const never = (signal: AbortSignal) =>
  new Promise<never>((_, reject) => {
    signal.addEventListener('abort', () => {
      reject(signal.reason as Error);
    });
  });

describe('probeServers', () => {
  it('names servers that answer or want a login, and nobody else', async () => {
    const stores = {
      open: storeThat(() => Promise.resolve({ version: '3.1.0' })),
      locked: storeThat(() => Promise.reject(new TrackingError('unauthorized', ''))),
      forbidden: storeThat(() => Promise.reject(new TrackingError('forbidden', ''))),
      dead: storeThat(() => Promise.reject(new TrackingError('refused', ''))),
      slow: storeThat(never),
    };
    const found: FoundServer[] = [];
    const signal = new AbortController().signal;
    const open = ({ uri }: { readonly uri: string }) => Promise.resolve(stores[uri as keyof typeof stores]);
    await probeServers(Object.keys(stores), open, (server) => found.push(server), signal);
    deepEqual(found, [
      { uri: 'open', note: 'MLflow 3.1.0 answers' },
      { uri: 'locked', note: 'A server answers and asks you to sign in' },
    ]);
  });

  it('sends no credentials', async () => {
    let sent: ReadonlyMap<string, string> | undefined;
    await probeServers(
      ['x'],
      ({ authorize }) =>
        Promise.resolve(
          storeThat(async () => {
            sent = await authorize();
            return { version: undefined };
          }),
        ),
      () => undefined,
      new AbortController().signal,
    );
    equal(sent?.size, 0);
  });

  it('ends when nobody looks any more', async () => {
    const controller = new AbortController();
    const ended = probeServers(
      ['x'],
      () => Promise.resolve(storeThat(never)),
      () => undefined,
      controller.signal,
    );
    controller.abort();
    await ended;
  });
});
