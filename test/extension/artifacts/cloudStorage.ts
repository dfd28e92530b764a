import { createServer, request, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { becomeHealthy, freePort, startProcess } from '../../support/processes';
import { ensureGoogleStorage, ensureMlflow, ensureS3 } from '../../support/tools';

const START_MS = 120_000;

/** A server on this machine that plays a cloud's storage, empty at first but for a bucket. */
export interface CloudStorage {
  readonly uri: string;
  /** Where artifacts can lie in it. */
  readonly root: string;
  /** What a Python needs to reach it: the client, the address, credentials. */
  readonly env: Readonly<Record<string, string>>;
  stop(): Promise<void>;
}

export async function startS3(): Promise<CloudStorage> {
  const packages = await ensureS3();
  const code = 'import sys; from moto.server import main; main(sys.argv[1:])';
  const { uri, stop } = await play(packages, 'moto', (port) => ['-c', code, '-H', '127.0.0.1', '-p', port]);
  const env = {
    ...{ PYTHONPATH: packages, ...addressOf(uri) },
    ...{ AWS_DEFAULT_REGION: 'us-east-1', AWS_ACCESS_KEY_ID: 'only', AWS_SECRET_ACCESS_KEY: 'for tests' },
  };
  return { uri, root: 's3://bucket/root', env, stop };
}

export async function startGoogleStorage(): Promise<CloudStorage> {
  const packages = await ensureGoogleStorage();
  const start = ['-m', 'gcp_storage_emulator', 'start', '--in-memory', '--default-bucket=bucket'];
  const { uri, stop } = await play(packages, 'gcp_storage_emulator', (port) => [
    ...start,
    ...['--host=127.0.0.1', `--port=${port}`],
  ]);
  // Without credentials Google's client looks for a machine of Google's, for long.
  const env = { PYTHONPATH: packages, STORAGE_EMULATOR_HOST: uri, NO_GCE_CHECK: 'true' };
  return { uri, root: 'gs://bucket/root', env, stop };
}

async function play(
  packages: string,
  name: string,
  argsFor: (port: string) => readonly string[],
): Promise<Pick<CloudStorage, 'uri' | 'stop'>> {
  const [{ python }, port] = await Promise.all([ensureMlflow('newest'), freePort()]);
  const running = startProcess(python, argsFor(String(port)), {
    env: { ...process.env, PYTHONPATH: packages },
  });
  const uri = `http://127.0.0.1:${port}`;
  await becomeHealthy(running, name, uri, START_MS);
  return { uri, stop: () => running.stop() };
}

/** By which S3's client and MLflow look elsewhere than at Amazon. */
export function addressOf(uri: string): {
  readonly MLFLOW_S3_ENDPOINT_URL: string;
  readonly AWS_ENDPOINT_URL: string;
} {
  return { MLFLOW_S3_ENDPOINT_URL: uri, AWS_ENDPOINT_URL: uri };
}

/** What stands before a server and holds the second half of each large body that comes from it. */
export interface Gate {
  readonly uri: string;
  /** Lets all through from now on. */
  open(): void;
  stop(): Promise<void>;
}

export async function startGate(behind: string): Promise<Gate> {
  let open: () => void = () => undefined;
  const opened = new Promise<void>((resolve) => (open = resolve));
  const server = createServer((incoming, outgoing) => {
    const { method, url = '/', headers } = incoming;
    incoming.pipe(
      request(`${behind}${url}`, { method, headers }, (reply) => void pass(reply, outgoing, opened)),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    uri: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    open,
    stop: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

async function pass(from: IncomingMessage, to: ServerResponse, opened: Promise<void>): Promise<void> {
  const size = Number(from.headers['content-length'] ?? 0);
  to.writeHead(from.statusCode ?? 500, from.headers);
  let passed = 0;
  for await (const chunk of from as AsyncIterable<Buffer>) {
    if (size > 2 ** 20 && passed > size / 2) await opened;
    to.write(chunk);
    passed += chunk.length;
  }
  to.end();
}
