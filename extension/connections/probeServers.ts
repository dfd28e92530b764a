import { TrackingError } from '../tracking/errors';
import type { TrackingStore } from '../tracking/store';
import type { OpenStore } from './openStore';

/** An MLflow server that answered, though nobody named it. */
export interface FoundServer {
  readonly uri: string;
  /** What it said: its version, or that it wants credentials. */
  readonly note: string;
}

/** Where `mlflow server` listens unless told otherwise, and where its users move when macOS has taken port 5000. */
export const usualAddresses = ['http://127.0.0.1:5000', 'http://127.0.0.1:5001'] as const;

const longest = 1000;

/**
 * Asks each address, without credentials and within a second, whether MLflow is there; tells as soon as one is. Never
 * rejects; settles when all have answered or the signal aborts.
 */
export async function probeServers(
  addresses: readonly string[],
  openStore: OpenStore,
  onFound: (server: FoundServer) => void,
  signal: AbortSignal,
): Promise<void> {
  const limited = AbortSignal.any([signal, AbortSignal.timeout(longest)]);
  await Promise.all(
    addresses.map(async (uri) => {
      const store = await openStore({ uri, authorize: () => Promise.resolve(new Map()) });
      const note = await probe(store, limited);
      if (note !== undefined && !signal.aborted) onFound({ uri, note });
    }),
  );
}

async function probe(store: TrackingStore, signal: AbortSignal): Promise<string | undefined> {
  try {
    signal.throwIfAborted();
    const { version } = await store.connect(signal);
    return version === undefined ? 'MLflow answers' : `MLflow ${version} answers`;
  } catch (error) {
    // 403 is no sign of MLflow: macOS itself answers so on port 5000.
    const isLocked = error instanceof TrackingError && error.kind === 'unauthorized';
    return isLocked ? 'A server answers and asks you to sign in' : undefined;
  } finally {
    store.dispose();
  }
}
