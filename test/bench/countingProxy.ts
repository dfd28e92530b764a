import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';

/** What passed since the last reset. */
export interface Traffic {
  readonly requests: readonly string[];
  /** Bytes from the server, headers included. */
  readonly bytes: number;
}

export interface CountingProxy {
  readonly uri: string;
  traffic(): Traffic;
  reset(): void;
  stop(): Promise<void>;
}

/** Passes every byte on to a server on this machine and counts them, so that any client is measured alike. */
export async function startCountingProxy(port: number): Promise<CountingProxy> {
  let bytes = 0;
  let requests: string[] = [];
  const sockets = new Set<Socket>();
  const server = createServer((client) => {
    const upstream = connect(port, '127.0.0.1');
    for (const socket of [client, upstream]) {
      sockets.add(socket);
      socket.setNoDelay(true);
      socket.on('close', () => sockets.delete(socket));
      // Either side may hang up at any time; the other then ends too.
      socket.on('error', () => socket.destroy());
    }
    client.on('data', (chunk) => requests.push(...requestLines(chunk)));
    upstream.on('data', (chunk) => (bytes += chunk.length));
    client.pipe(upstream).pipe(client);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    uri: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    traffic: () => ({ requests, bytes }),
    reset: () => {
      bytes = 0;
      requests = [];
    },
    stop: async () => {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}

function requestLines(chunk: Buffer): string[] {
  return [...chunk.toString('latin1').matchAll(/(?:^|\n)((?:GET|POST) \S+) HTTP\/1\.1\r?\n/g)].map(
    ([, line]) => line ?? '',
  );
}
