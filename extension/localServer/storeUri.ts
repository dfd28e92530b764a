import type { Candidate } from '../connections/resolveConnection';
import { readTrackingUri } from '../connections/trackingUri';

/** What each place says of the tracking URI, a password in it included. */
export interface WrittenUris {
  readonly setting: string | undefined;
  readonly environment: string | undefined;
  /** Of the `.env` that decided. */
  readonly envFile: string | undefined;
}

/**
 * The URI of the current store as somebody wrote it: a connection's own URI has lost its login, which the server needs. If
 * what is written there has changed meanwhile, the connection's own.
 */
export function findStoreUri(current: Pick<Candidate, 'uri' | 'source'>, written: WrittenUris): string {
  const found = pick(current.source, written);
  return found !== undefined && readTrackingUri(found).uri === current.uri ? found : current.uri;
}

function pick(source: Candidate['source'], written: WrittenUris): string | undefined {
  switch (source) {
    case 'userSetting':
    case 'workspaceSetting':
      return written.setting;
    case 'environment':
      return written.environment;
    case 'envFile':
      return written.envFile;
    case 'found':
      return undefined;
  }
}
