import type { Connection } from '../connections/connection';
import { ManagedServer } from '../processes/managedServer';
import { hideSecretsOf } from '../processes/secretText';
import type { WindowServer, WindowServers } from '../processes/windowServers';
import { findFreePort } from '../tracking/rest/freePort';
import type { Backend } from './backend';
import { composeServerCommand } from './serverCommand';
import { nameBackend } from './serverTexts';

const startMs = 120_000;

/** Where servers of this window are listed, and what they write. */
export interface StoreServersOptions {
  /** All servers of this window. */
  readonly servers: WindowServers;
  readonly output: { info(line: string): void; show(): void };
}

export interface StoreServerStart {
  readonly backend: Backend;
  readonly python: string;
  /** Where relative paths of a database server's artifacts begin. */
  readonly folder: string;
}

/** Starts `mlflow server` over a store as one of this window; rejects as `WindowServers.start` does. */
export async function startStoreServer(
  { servers, output }: StoreServersOptions,
  start: StoreServerStart,
  signal: AbortSignal,
): Promise<WindowServer> {
  const { backend } = start;
  const showLog = (): void => {
    output.show();
  };
  const log = (line: string): void => {
    output.info(line);
  };
  const served = { kind: 'store', id: backend.uri, name: nameBackend(backend), page: '/', showLog } as const;
  return await servers.start(served, () => openServer(start, log), signal);
}

/** The connection to a server of this window, which wants no credentials. */
export function connectionTo(address: string, sourceLabel: string): Connection {
  return { uri: address, source: 'userSetting', sourceLabel, authorize: () => Promise.resolve(new Map()) };
}

async function openServer(
  { backend, python, folder }: StoreServerStart,
  log: (line: string) => void,
): Promise<ManagedServer> {
  const port = await findFreePort();
  const command = composeServerCommand({ backend, python, port, environment: process.env, folder });
  log(`${nameBackend(backend)}: ${[command.program, ...command.args].join(' ')}`);
  return new ManagedServer({
    name: 'The MLflow server',
    command,
    address: `http://127.0.0.1:${port}`,
    hideSecrets: hideSecretsOf(backend.uri),
    log,
    startMs,
  });
}
