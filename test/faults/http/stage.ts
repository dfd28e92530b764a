import { createHash, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { readdir, readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { seededServer } from '../../support/mlflowServer';
import { createRandom } from '../random';
import type { FaultOptions } from '../faultOptions';
import { makeCertificates } from './certificates';
import type { Stage } from './faultCase';
import { startFaultProxy, type FaultProxy } from './faultProxy';

/** The set of all cases, and what only those who judge them need. */
export interface Theatre extends Stage {
  /** The way to MLflow that no fault touches. */
  readonly healthyUri: string;
  /** What must be seen nowhere but in requests to the tested store's own origin. */
  readonly secrets: readonly string[];
  /** What somebody else's origin got to see. */
  readonly leaked: () => readonly string[];
  /** Identifies the content of MLflow's store. */
  hashStore(): Promise<string>;
  /** Takes down what the last case set up. */
  clear(): Promise<void>;
  close(): Promise<void>;
}

/** Starts a real MLflow with seeded experiments, and what stands around it. */
export async function buildTheatre({ isShort, seed }: FaultOptions): Promise<Theatre> {
  const [mlflow, certificates] = await Promise.all([seededServer('newest'), makeCertificates()]);
  const healthy = await startFaultProxy(mlflow.port);
  const foreign = await listenAsForeigner();
  const secrets = [randomBytes(12).toString('hex'), randomBytes(12).toString('hex')] as const;
  let cleaners: (() => Promise<void>)[] = [];
  const clear = async (): Promise<void> => {
    const due = cleaners;
    cleaners = [];
    for (const clean of due) await clean();
  };
  return {
    random: createRandom(seed),
    stallTimeout: isShort ? 1000 : 5000,
    certificates,
    victimExperiment: '1',
    neighbourExperiment: '2',
    elsewhere: foreign,
    token: { old: `Bearer ${secrets[0]}`, renewed: `Bearer ${secrets[1]}` },
    secrets,
    healthyUri: healthy.uri,
    leaked: foreign.received,
    onEnd: (clean) => cleaners.push(clean),
    startProxy: async (options): Promise<FaultProxy> => {
      const proxy = await startFaultProxy(mlflow.port, options);
      cleaners.push(() => proxy.stop());
      return proxy;
    },
    hashStore: () => hashStore(mlflow.store),
    clear,
    close: async () => {
      await clear();
      await Promise.all([healthy.stop(), foreign.stop(), certificates.remove()]);
      await mlflow.stop();
    },
  };
}

/** Another origin, which writes down every request it gets. */
async function listenAsForeigner(): Promise<{
  readonly uri: string;
  readonly received: () => readonly string[];
  stop(): Promise<void>;
}> {
  const received: string[] = [];
  const server = createServer((request, response) => {
    received.push(`${String(request.method)} ${String(request.url)} ${JSON.stringify(request.headers)}`);
    response.end('{}');
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    uri: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    received: () => received,
    stop: async () => {
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}

/** Every byte and every name in the folder of mlflow.db and mlartifacts. */
async function hashStore(folder: string): Promise<string> {
  const hash = createHash('sha256');
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => `${parentPath}/${name}`);
  for (const file of files.sort()) hash.update(file).update(await readFile(file));
  return hash.digest('hex');
}
