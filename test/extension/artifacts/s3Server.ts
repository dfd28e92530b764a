import { createServer, request, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { becomeHealthy, freePort, startProcess } from '../../support/processes';
import { ensureMlflow, ensureS3 } from '../../support/tools';

const START_MS = 120_000;

/** A server on this machine that plays S3, empty at first. */
export interface S3Server {
  readonly uri: string;
  /** What a Python needs to reach it: the client, the address, credentials. */
  readonly env: Readonly<Record<string, string>>;
  stop(): Promise<void>;
}

export async function startS3(): Promise<S3Server> {
  const [{ python }, packages, port] = await Promise.all([ensureMlflow('newest'), ensureS3(), freePort()]);
  const code = 'import sys; from moto.server import main; main(sys.argv[1:])';
  const running = startProcess(python, ['-c', code, '-H', '127.0.0.1', '-p', String(port)], {
    env: { ...process.env, PYTHONPATH: packages },
  });
  const uri = `http://127.0.0.1:${port}`;
  await becomeHealthy(running, 'moto', uri, START_MS);
  const env = {
    ...{ PYTHONPATH: packages, ...addressOf(uri) },
    ...{ AWS_DEFAULT_REGION: 'us-east-1', AWS_ACCESS_KEY_ID: 'only', AWS_SECRET_ACCESS_KEY: 'for tests' },
  };
  return { uri, env, stop: () => running.stop() };
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
