import type { OpenStore, OpenStoreOptions } from './openStore';

/** Opens stores as `openStore` does, with the options of that moment; its bundle is read when the first one is opened. */
export function openLazily(options: () => OpenStoreOptions): OpenStore {
  return async (connection) => (await import('./openStore')).openStore(connection, options());
}
