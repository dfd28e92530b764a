import { once } from 'node:events';
import {
  createServer,
  request as sendRequest,
  type IncomingMessage,
  type RequestListener,
  type ServerResponse,
} from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo, Socket } from 'node:net';
import type { TlsOptions } from 'node:tls';

/** What the real server answered. */
export interface Reply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: Buffer;
}

export interface Change {
  readonly method?: string;
  readonly path?: string;
  readonly body?: string;
  readonly host?: string;
}

/** One request on its way through. */
export interface Exchange {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
  readonly socket: Socket;
  /** How many requests came over this connection before. */
  readonly earlierOnSocket: number;
  readonly response: ServerResponse;
  /** Asks the real server, something else if `change` says so. */
  forward(change?: Change): Promise<Reply>;
  /** Passes an answer on as it is. */
  relay(reply: Reply): void;
}

/** Deals with a request in place of passing it on; answers whether it did. */
export type Fault = (exchange: Exchange) => boolean | Promise<boolean>;

export interface ProxyOptions {
  readonly tls?: TlsOptions | undefined;
  readonly host?: string;
  /** A path below which alone it answers, and which the real server does not see. */
  readonly prefix?: string;
  readonly fault?: Fault;
  readonly port?: number;
}

/** Stands between a client and a real MLflow on this machine, and passes everything on but what its fault takes. */
export interface FaultProxy {
  readonly uri: string;
  readonly port: number;
  fault: Fault | undefined;
  /** Closes the port and every connection; `restart` opens the same port again, with other TLS options if given. */
  stop(): Promise<void>;
  restart(tls?: TlsOptions): Promise<void>;
}

/** What of a request or answer belongs to one connection only. */
const perConnection = new Set([
  'connection',
  'keep-alive',
  'transfer-encoding',
  'content-length',
  'host',
  'authorization',
]);

export async function startFaultProxy(target: number, options: ProxyOptions = {}): Promise<FaultProxy> {
  const host = options.host ?? '127.0.0.1';
  const sockets = new Set<Socket>();
  let stop = (): Promise<void> => Promise.resolve();

  const listen = async (port: number, tls: TlsOptions | undefined): Promise<number> => {
    const server = tls ? createTlsServer(tls, onRequest) : createServer(onRequest);
    for (const event of ['connection', 'secureConnection']) {
      server.on(event, (socket: Socket) => {
        sockets.add(socket);
        socket.on('error', () => undefined);
        socket.on('close', () => sockets.delete(socket));
      });
    }
    // A client that refuses our certificate, or has none of its own.
    server.on('tlsClientError', () => undefined);
    server.keepAliveTimeout = 60_000;
    server.listen(port, host);
    await once(server, 'listening');
    stop = async () => {
      stop = () => Promise.resolve();
      const closed = once(server, 'close');
      server.close();
      for (const socket of sockets) socket.destroy();
      await closed;
    };
    return (server.address() as AddressInfo).port;
  };

  const onRequest: RequestListener = (request, response) => {
    void pass(request, response, target, options.prefix ?? '', () => proxy.fault).catch(() => {
      response.destroy();
    });
  };
  const port = await listen(options.port ?? 0, options.tls);
  const name = host.includes(':') ? `[${host}]` : host;
  const proxy: FaultProxy = {
    uri: `${options.tls ? 'https' : 'http'}://${name}:${port}`,
    port,
    fault: options.fault,
    stop: () => stop(),
    restart: async (tls = options.tls) => {
      await stop();
      await listen(port, tls);
    },
  };
  return proxy;
}

const served = new WeakMap<Socket, number>();

async function pass(
  request: IncomingMessage,
  response: ServerResponse,
  target: number,
  prefix: string,
  fault: () => Fault | undefined,
): Promise<void> {
  const earlierOnSocket = served.get(request.socket) ?? 0;
  served.set(request.socket, earlierOnSocket + 1);
  const body = await readAll(request);
  const url = request.url ?? '/';
  const path = url.startsWith(prefix) ? url.slice(prefix.length) : '/nothing/here';
  const method = request.method ?? 'GET';
  const exchange: Exchange = {
    method,
    path,
    headers: request.headers,
    body: body.toString('utf8'),
    socket: request.socket,
    earlierOnSocket,
    response,
    forward: (change = {}) => {
      const host = change.host === undefined ? {} : { host: change.host };
      const headers = { ...withoutConnection(request.headers), ...host };
      const asked = change.body === undefined ? body : Buffer.from(change.body);
      return forward(target, change.method ?? method, change.path ?? path, headers, asked);
    },
    relay: (reply) => {
      response.writeHead(reply.status, withoutConnection(reply.headers));
      response.end(reply.body);
    },
  };
  const isTaken = await fault()?.(exchange);
  if (isTaken !== true) exchange.relay(await exchange.forward());
}

async function forward(
  port: number,
  method: string,
  path: string,
  headers: IncomingMessage['headers'],
  body: Buffer,
): Promise<Reply> {
  const onward = { ...headers, 'content-length': body.byteLength };
  const upstream = sendRequest({ host: '127.0.0.1', port, method, path, headers: onward });
  upstream.end(body);
  const [reply] = (await once(upstream, 'response')) as [IncomingMessage];
  return { status: reply.statusCode ?? 502, headers: reply.headers, body: await readAll(reply) };
}

function withoutConnection<T>(headers: Readonly<Record<string, T>>): Record<string, T> {
  return Object.fromEntries(Object.entries(headers).filter(([name]) => !perConnection.has(name)));
}

async function readAll(stream: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}
