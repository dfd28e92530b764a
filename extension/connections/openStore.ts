import type { Settings } from '../settings';
import { TrackingError } from '../tracking/errors';
import type { TrackingStore } from '../tracking/store';
import type { Connection } from './connection';
import { kindOfTrackingUri } from './trackingUri';

export type OpenStore = (connection: Pick<Connection, 'uri' | 'authorize'>) => Promise<TrackingStore>;

export interface OpenStoreOptions {
  readonly settings: Settings;
  /** This extension's own version, which servers are told. */
  readonly version: string;
  readonly log: (line: string) => void;
}

/**
 * Makes the store that reads a connection. Rejects with a TrackingError for what can't be read. Each kind of backend is a
 * bundle of its own, loaded when one is opened; a new kind replaces one line here.
 */
export async function openStore(
  connection: Pick<Connection, 'uri' | 'authorize'>,
  { settings, version, log }: OpenStoreOptions,
): Promise<TrackingStore> {
  const { uri, authorize } = connection;
  switch (kindOfTrackingUri(uri)) {
    case 'server': {
      const { RestStore } = await import('../tracking/rest/restStore');
      const timeoutMs = settings.tracking.requestTimeout;
      return new RestStore({ baseUri: uri, authorize, timeoutMs, version, log });
    }
    case 'database':
      throw unsupported(`A database can't be read directly yet: ${startServerOn(uri)}.`);
    case 'files':
      throw unsupported(`A folder can't be read directly yet: ${startServerOn(uri)}.`);
    case 'databricks':
      throw unsupported(`Databricks can't be read yet: connect to an MLflow server by http:// or https://.`);
    case 'unknown':
      throw unsupported(
        `“${uri}” is not a tracking URI: connect to an MLflow server by http:// or https://.`,
      );
  }
}

function startServerOn(uri: string): string {
  return `start \`mlflow server --backend-store-uri ${uri}\` and connect to it`;
}

function unsupported(message: string): TrackingError {
  return new TrackingError('unsupported', message);
}
