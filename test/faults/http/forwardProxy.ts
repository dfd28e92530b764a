import { once } from 'node:events';
import { createServer, request as sendRequest } from 'node:http';
import { connect, type AddressInfo, type Socket } from 'node:net';

/** A proxy of the kind that HTTP_PROXY names. */
export interface ForwardProxy {
  readonly uri: string;
  /** Whether it wants credentials that nobody has. */
  isClosed: boolean;
  /** How many requests or tunnels it let through. */
  readonly passed: () => number;
  stop(): Promise<void>;
}

export async function startForwardProxy(): Promise<ForwardProxy> {
  const sockets = new Set<Socket>();
  let passed = 0;
  const wantsSignIn = { 'proxy-authenticate': 'Basic realm="corporate"' };
  const server = createServer((request, response) => {
    if (proxy.isClosed) {
      response.writeHead(407, wantsSignIn).end();
      return;
    }
    passed++;
    const { method, headers } = request;
    const upstream = sendRequest(request.url ?? '', { method: method ?? 'GET', headers }, (reply) => {
      response.writeHead(reply.statusCode ?? 502, reply.headers);
      reply.pipe(response);
    });
    upstream.on('error', () => response.destroy());
    request.pipe(upstream);
  });
  server.on('connect', (request, client: Socket) => {
    if (proxy.isClosed) {
      client.end(
        'HTTP/1.1 407 Proxy Authentication Required\r\nProxy-Authenticate: Basic realm="corporate"\r\n\r\n',
      );
      return;
    }
    passed++;
    const { hostname, port } = new URL(`http://${String(request.url)}`);
    const upstream = connect(Number(port), hostname, () => {
      client.write('HTTP/1.1 200 Connection Established\r\n\r\n');
      client.pipe(upstream).pipe(client);
    });
    for (const socket of [client, upstream]) socket.on('error', () => socket.destroy());
    sockets.add(upstream);
  });
  server.on('connection', (socket) => sockets.add(socket));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const proxy: ForwardProxy = {
    uri: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    isClosed: false,
    passed: () => passed,
    stop: async () => {
      const closed = once(server, 'close');
      server.close();
      for (const socket of sockets) socket.destroy();
      await closed;
    },
  };
  return proxy;
}
