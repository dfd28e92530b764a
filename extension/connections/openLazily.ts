import type { OpenStore, OpenStoreOptions } from './openStore';

/** The extension as VS Code knows it. */
interface Extension {
  readonly packageJSON: unknown;
}

/** Opens stores as `openStore` does, with the options of that moment; its bundle is read when the first one is opened. */
export function openLazily(
  { packageJSON }: Extension,
  options: () => Omit<OpenStoreOptions, 'version'>,
): OpenStore {
  const { version } = packageJSON as { readonly version: string };
  return async (connection) => (await import('./openStore')).openStore(connection, { ...options(), version });
}
