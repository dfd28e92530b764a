import type { Settings } from '../settings';
import { TrackingError } from '../tracking/errors';
import type { TrackingStore } from '../tracking/store';
import type { Connection } from './connection';
import { resolveLocalPath } from './localPath';
import { kindOfTrackingUri } from './trackingUri';

/** One place to read. Without `path` a local URI must be absolute. */
type StorePlace = Pick<Connection, 'uri' | 'path' | 'authorize'>;

/** What a place is read for. */
export type StoreRole = 'tracking' | 'registry';

export type OpenStore = (connection: StorePlace & Pick<Connection, 'registry'>) => Promise<TrackingStore>;

export interface OpenStoreOptions {
  readonly settings: Settings;
  /** This extension's own version, which servers are told. */
  readonly version: string;
  readonly log: { info(line: string): void };
}

/**
 * Makes the store that reads a connection, its registered models from wherever that says. Rejects with a TrackingError
 * for what can't be read.
 */
export async function openStore(
  connection: Parameters<OpenStore>[0],
  options: OpenStoreOptions,
): Promise<TrackingStore> {
  const { registry } = connection;
  const tracking = await openPlace(connection, 'tracking', options);
  if (!registry) return tracking;
  const { withRegistry } = await import('../tracking/splitStore');
  return withRegistry(tracking, () => openPlace(registry, 'registry', options));
}

/** Each kind of backend is a bundle of its own, loaded when one is opened; a new kind replaces one line here. */
async function openPlace(
  connection: StorePlace,
  role: StoreRole,
  { settings, version, log }: OpenStoreOptions,
): Promise<TrackingStore> {
  const { uri, authorize } = connection;
  const kind = kindOfTrackingUri(uri);
  const restOptions = {
    timeoutMs: settings.tracking.requestTimeout,
    version,
    log: (line: string): void => {
      log.info(line);
    },
  };
  switch (kind) {
    case 'server': {
      const { RestStore } = await import('../tracking/rest/restStore');
      return new RestStore({ ...restOptions, baseUri: uri, authorize });
    }
    case 'sqlite':
    case 'files': {
      const path = connection.path ?? resolveLocalPath(uri, undefined);
      const { LocalStore } = await import('../tracking/local/localStore');
      return new LocalStore({ kind, path });
    }
    case 'database':
      throw unsupported(
        'This database can only be read through MLflow: start a local MLflow server for it, or connect to one that uses it.',
      );
    case 'databricks': {
      const { openDatabricks } = await import('./databricks');
      const workspace = await openDatabricks(uri, role);
      const { RestStore } = await import('../tracking/rest/restStore');
      return new RestStore({ ...restOptions, ...workspace });
    }
    case 'unknown':
      throw unsupported(
        `“${uri}” is not a tracking URI that can be opened: http://, https://, sqlite:///, file:/// or a path can.`,
      );
  }
}

function unsupported(message: string): TrackingError {
  return new TrackingError('unsupported', message);
}
