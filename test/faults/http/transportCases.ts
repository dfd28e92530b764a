import assert from 'node:assert/strict';
import type { Socket } from 'node:net';
import { gzipSync } from 'node:zlib';
import { injectIntoVictim, type Expected, type FaultCase, type Injection, type Stage } from './faultCase';
import type { Exchange, Fault, Reply } from './faultProxy';

const megabyte = 2 ** 20;
const equal: Expected = { check: assert.deepEqual };

/** A broken connection is tried again twice. */
function breaking(name: string, fault: Fault): FaultCase {
  const expected: Expected = {
    kind: 'unreachable',
    message: /closed the connection before its answer/,
    tries: 3,
  };
  return {
    group: 'transport',
    name,
    inject: (stage) => injectIntoVictim(stage, fault, { expected, deadline: 4000 }),
  };
}

/** The answer does not come in time. */
function stalling(name: string, fault: Fault): FaultCase {
  return {
    group: 'transport',
    name,
    inject: (stage) => {
      const expected: Expected = { kind: 'timeout', message: /took longer than \d+ s/ };
      const timeout = stage.stallTimeout;
      return injectIntoVictim(stage, fault, { expected, timeout, deadline: timeout + 500 });
    },
  };
}

/** The answer is larger than anybody should hold. */
function swelling(name: string, fault: Fault): FaultCase {
  const expected: Expected = { kind: 'tooLarge', message: /more than 64 MiB/ };
  return {
    group: 'transport',
    name,
    inject: (stage) => injectIntoVictim(stage, fault, { expected, deadline: 10_000 }),
  };
}

/** Sends the first half of the real answer, with all its headers. */
async function sendHalf(exchange: Exchange, headers: (reply: Reply) => Reply['headers']): Promise<void> {
  const reply = await exchange.forward();
  exchange.response.writeHead(200, { ...headers(reply) });
  await new Promise<void>((resolve) => {
    exchange.response.write(reply.body.subarray(0, reply.body.length / 2), () => {
      resolve();
    });
  });
}

const json = { 'content-type': 'application/json' };
const withLength = ({ body }: Reply): Reply['headers'] => ({
  ...json,
  'content-length': String(body.length),
});

function dribble({ response }: Exchange): boolean {
  response.writeHead(200, json);
  response.write('{');
  const timer = setInterval(() => response.write(' '), 1000);
  response.on('close', () => {
    clearInterval(timer);
  });
  return true;
}

function flood({ response }: Exchange): boolean {
  response.writeHead(200, json);
  response.write('{"runs":[');
  const blank = Buffer.alloc(megabyte, ' ');
  let left = 200;
  const send = (): void => {
    while (left-- > 0) {
      if (response.destroyed || !response.write(blank)) return;
    }
    response.end(']}');
  };
  response.on('drain', send);
  send();
  return true;
}

let bomb: Buffer | undefined;

/** 256 MiB in 250 kB. */
function explode({ response }: Exchange): boolean {
  bomb ??= gzipSync(Buffer.alloc(256 * megabyte), { level: 1 });
  response.writeHead(200, { ...json, 'content-encoding': 'gzip' });
  response.end(bomb);
  return true;
}

async function refuse(stage: Stage): Promise<Injection> {
  const proxy = await stage.startProxy();
  return {
    baseUri: proxy.uri,
    isWarm: true,
    expected: { kind: 'refused', message: /Nothing listens at 127\.0\.0\.1:\d+/ },
    begin: () => proxy.stop(),
    end: () => proxy.restart(),
    neighbours: 'elsewhere',
  };
}

async function loseName(stage: Stage): Promise<Injection> {
  const proxy = await stage.startProxy();
  return {
    baseUri: `http://flaky.test:${proxy.port}`,
    expected: { kind: 'dns', message: /host name of flaky\.test:\d+ (is unknown|could not be looked up)/ },
    begin: (probe) => probe.breakNames(true),
    end: (probe) => probe.breakNames(false),
    neighbours: 'elsewhere',
  };
}

/** The server goes away between two pages; its tokens are good when it is back. */
async function restartBetweenPages(stage: Stage): Promise<Injection> {
  const proxy = await stage.startProxy();
  const query = { experimentIds: [stage.victimExperiment], view: 'active', pageSize: 20 };
  const pageToken = Buffer.from('{"offset": 20}').toString('base64');
  return {
    baseUri: proxy.uri,
    isWarm: true,
    victim: { method: 'searchRuns', args: [{ ...query, pageToken }] },
    expected: { kind: 'refused', message: /Nothing listens/ },
    begin: () => proxy.stop(),
    end: () => proxy.restart(),
    neighbours: 'elsewhere',
  };
}

async function closeAfterEach(stage: Stage): Promise<Injection> {
  const proxy = await stage.startProxy();
  return {
    baseUri: proxy.uri,
    isWarm: true,
    expected: equal,
    begin: () => {
      proxy.fault = async (exchange) => {
        exchange.response.on('finish', () => exchange.socket.end());
        exchange.relay(await exchange.forward());
        return true;
      };
    },
    end: () => {
      proxy.fault = undefined;
    },
    neighbours: 'same',
  };
}

/** The connection was kept, but the other end has long forgotten it: what is sent over it is answered with a reset. */
async function forgetIdleSockets(stage: Stage): Promise<Injection> {
  const proxy = await stage.startProxy();
  let hits = 0;
  return {
    baseUri: proxy.uri,
    isWarm: true,
    expected: {
      check: (value, baseline) => {
        assert.deepEqual(value, baseline);
        assert.ok(hits > 0, 'an idle connection was used');
      },
    },
    begin: () => {
      const fresh = new WeakSet<Socket>();
      proxy.fault = ({ earlierOnSocket, socket }) => {
        if (earlierOnSocket === 0) fresh.add(socket);
        if (fresh.has(socket)) return false;
        hits++;
        socket.resetAndDestroy();
        return true;
      };
    },
    end: () => {
      proxy.fault = undefined;
    },
    neighbours: 'same',
    deadline: 4000,
  };
}

async function useIpv6(stage: Stage): Promise<Injection> {
  const proxy = await stage.startProxy({ host: '::1' });
  const none = (): void => undefined;
  return { baseUri: proxy.uri, expected: equal, begin: none, end: none, neighbours: 'same' };
}

async function losePrefix(stage: Stage): Promise<Injection> {
  const proxy = await stage.startProxy({ prefix: '/team/ml%20flow' });
  return {
    baseUri: `${proxy.uri}/team/ml%20flow/`,
    isWarm: true,
    expected: { kind: 'notMlflow', message: /404 Not Found for .*the path may be wrong/ },
    begin: () => {
      proxy.fault = async (exchange) => {
        exchange.relay(await exchange.forward({ path: `/moved${exchange.path}` }));
        return true;
      };
    },
    end: () => {
      proxy.fault = undefined;
    },
    neighbours: 'elsewhere',
  };
}

/** What may happen to a connection. */
export const transportCases: readonly FaultCase[] = [
  { group: 'transport', name: 'refused', inject: refuse },
  { group: 'transport', name: 'unknown host name', inject: loseName },
  breaking('reset before the body', ({ socket }) => {
    socket.resetAndDestroy();
    return true;
  }),
  breaking('reset in the body', async (exchange) => {
    await sendHalf(exchange, withLength);
    exchange.socket.resetAndDestroy();
    return true;
  }),
  stalling('stalled before the headers', () => true),
  stalling('stalled in the body', async (exchange) => {
    await sendHalf(exchange, withLength);
    return true;
  }),
  stalling('1 byte a second', dribble),
  breaking('cut before Content-Length', async (exchange) => {
    await sendHalf(exchange, withLength);
    exchange.socket.end();
    return true;
  }),
  breaking('cut in a chunk', async (exchange) => {
    await sendHalf(exchange, () => json);
    exchange.socket.end();
    return true;
  }),
  swelling('gzip bomb', explode),
  { group: 'transport', name: 'restart between two pages', inject: restartBetweenPages },
  { group: 'transport', name: 'closed after each answer', inject: closeAfterEach },
  swelling('200 MB body', flood),
  { group: 'transport', name: 'IPv6', inject: useIpv6 },
  { group: 'transport', name: 'path prefix gone', inject: losePrefix },
  { group: 'transport', name: 'idle connection dead', inject: forgetIdleSockets },
];
