import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A request as it came in. */
export interface SeenRequest {
  readonly method: string;
  /** Without the query. */
  readonly path: string;
  readonly authorization: string | undefined;
  readonly body: Buffer;
}

/** A server on this machine that plays others' APIs and keeps what it was asked. */
export interface Recorder {
  readonly port: number;
  readonly seen: readonly SeenRequest[];
  /** The bodies, as JSON, of the requests of that method whose path ends so. */
  bodies(method: string, end: string): readonly unknown[];
  close(): void;
}

/** `answers` has what is said to a method and the end of a path, such as `POST /runs/create`; to all else it is `{}`. */
export async function startRecorder(answers: Readonly<Record<string, unknown>>): Promise<Recorder> {
  const seen: SeenRequest[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const { method = '', url = '', headers } = request;
      const path = url.replace(/\?.*$/, '');
      seen.push({ method, path, authorization: headers.authorization, body: Buffer.concat(chunks) });
      const known = Object.keys(answers).find((key) => matches(key, method, path));
      response.setHeader('content-type', 'application/json');
      response.end(JSON.stringify(known === undefined ? {} : answers[known]));
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    seen,
    bodies: (method, end) =>
      seen
        .filter((one) => matches(`${method} ${end}`, one.method, one.path))
        .map(({ body }) => JSON.parse(body.toString('utf8')) as unknown),
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}

function matches(key: string, method: string, path: string): boolean {
  const [wanted = '', end = ''] = key.split(' ');
  return method === wanted && path.endsWith(end);
}
