import { join } from 'node:path';
import { readBackend } from '../../../extension/localServer/backend';
import { ManagedServer } from '../../../extension/processes/managedServer';
import { hideSecretsOf } from '../../../extension/processes/secretText';
import { composeServerCommand } from '../../../extension/localServer/serverCommand';
import { findFreePort } from '../../../extension/tracking/rest/freePort';
import { withoutMlflow } from '../../support/mlflowServer';

export interface OpenedServer {
  readonly server: ManagedServer;
  readonly lines: readonly string[];
}

/** A server over what lies in a folder, as the extension starts it, but without telemetry. */
export async function openServer(uri: string, folder: string, python: string): Promise<OpenedServer> {
  const backend = readBackend(uri, folder);
  const port = await findFreePort();
  const environment = { ...withoutMlflow(process.env), MLFLOW_DISABLE_TELEMETRY: 'true' };
  const lines: string[] = [];
  const server = new ManagedServer({
    name: 'The MLflow server',
    command: composeServerCommand({ backend, python, port, environment, folder }),
    address: `http://127.0.0.1:${port}`,
    hideSecrets: hideSecretsOf(backend.uri),
    log: (line) => lines.push(line),
    startMs: 120_000,
  });
  return { server, lines };
}

/** Whether any process of the group is left. */
export function isAlive(group: number | undefined): boolean {
  try {
    return group !== undefined && process.kill(-group, 0);
  } catch {
    return false;
  }
}

/** Whether nothing answers there. */
export async function isSilent(address: string): Promise<boolean> {
  try {
    await fetch(`${address}/health`);
    return false;
  } catch {
    return true;
  }
}

/** The compiled program that holds a server until it is killed. */
export const holder = join(__dirname, 'holder.js');
