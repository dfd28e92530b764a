import type { FoundPython } from '../processes/findPython';
import { ManagedServer } from '../processes/managedServer';
import { hideSecretsOf } from '../processes/secretText';
import { findFreePort } from '../tracking/rest/freePort';
import type { Backend } from './backend';
import { composeServerCommand } from './serverCommand';
import { nameBackend } from './serverTexts';

const startMs = 120_000;

/** Starts `mlflow server` over a store; whether it serves is known when `becomeHealthy` settles. */
export async function openStoreServer(
  backend: Backend,
  { python }: Pick<FoundPython, 'python'>,
  folder: string,
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
