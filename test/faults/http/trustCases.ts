import assert from 'node:assert/strict';
import type { TlsOptions } from 'node:tls';
import { injectIntoVictim, type Expected, type FaultCase, type Injection, type Stage } from './faultCase';
import type { Certificates } from './certificates';
import type { Fault } from './faultProxy';
import { startForwardProxy } from './forwardProxy';

const equal: Expected = { check: assert.deepEqual };

function redirect(to: (path: string) => string, status = 307): Fault {
  return ({ path, response }) => {
    response.writeHead(status, { location: to(path) }).end();
    return true;
  };
}

/** To the real thing by a second address on the same origin. */
async function redirectWithin(stage: Stage): Promise<Injection> {
  const follow: Fault = (exchange) =>
    exchange.path.includes('moved=') ? false : redirect((path) => `${path}?moved=1`)(exchange);
  const proxy = await stage.startProxy();
  return {
    baseUri: proxy.uri,
    expected: equal,
    begin: () => {
      proxy.fault = follow;
    },
    end: () => {
      proxy.fault = undefined;
    },
    neighbours: 'same',
  };
}

function redirectElsewhere(stage: Stage, options: { readonly tls?: TlsOptions } = {}): Promise<Injection> {
  const { uri } = stage.elsewhere;
  const expected: Expected = {
    kind: 'redirected',
    message: new RegExp(`sends us to ${uri}, where credentials must not follow`),
  };
  const fault = redirect((path) => `${uri}${path}?state=one-time-secret`);
  return injectIntoVictim(stage, fault, { expected }, options);
}

/** A certificate that must not be trusted takes the place of a good one. */
function certificateCase(
  name: string,
  choose: (all: Certificates) => TlsOptions,
  message: RegExp,
): FaultCase {
  return {
    group: 'trust',
    name,
    inject: async (stage) => {
      const { good } = stage.certificates;
      const proxy = await stage.startProxy({ tls: { ...good } });
      return {
        baseUri: proxy.uri,
        isWarm: true,
        expected: { kind: 'tls', message },
        begin: () => proxy.restart(choose(stage.certificates)),
        end: () => proxy.restart({ ...good }),
        neighbours: 'elsewhere',
      };
    },
  };
}

/** The measured process reaches `localhost` by the proxy only, and its neighbours on 127.0.0.1 without. */
async function goThroughProxy(stage: Stage, isClosed: boolean): Promise<Injection> {
  const server = await stage.startProxy();
  const proxy = await startForwardProxy();
  stage.onEnd(() => proxy.stop());
  const arrives: Expected = {
    check: (value, baseline) => {
      assert.deepEqual(value, baseline);
      assert.ok(proxy.passed() > 0, 'it went through the proxy');
    },
  };
  return {
    baseUri: `http://localhost:${server.port}`,
    // In VS Code, its own fetch does this by the setting http.proxy.
    env: { NODE_USE_ENV_PROXY: '1', HTTP_PROXY: proxy.uri, NO_PROXY: '127.0.0.1', no_proxy: '127.0.0.1' },
    expected: isClosed
      ? { kind: 'proxy', message: /proxy in front of localhost:\d+ wants credentials \(407\)/ }
      : arrives,
    begin: () => {
      proxy.isClosed = isClosed;
    },
    end: () => {
      proxy.isClosed = false;
    },
    neighbours: 'elsewhere',
  };
}

/** A gateway that lets through one token only. */
function admit(token: string): Fault {
  return ({ headers, response }) => {
    if (headers.authorization === token) return false;
    response.writeHead(401, { 'www-authenticate': 'Bearer error="invalid_token"' }).end();
    return true;
  };
}

async function expireToken(stage: Stage): Promise<Injection> {
  const proxy = await stage.startProxy({ fault: admit(stage.token.old) });
  const renewed = stage.token.renewed;
  return {
    baseUri: proxy.uri,
    isWarm: true,
    expected: { kind: 'unauthorized', message: /sign-in \(401, Bearer\): credentials are missing or wrong/ },
    begin: () => {
      proxy.fault = admit(renewed);
    },
    // The user signs in again.
    end: (probe) => probe.authorize('tested', [['authorization', renewed]]),
    neighbours: 'elsewhere',
  };
}

async function rotateToken(stage: Stage): Promise<Injection> {
  const proxy = await stage.startProxy({ fault: admit(stage.token.old) });
  const { old, renewed } = stage.token;
  const rotate = async (
    token: string,
    authorize: (headers: [string, string][]) => Promise<void>,
  ): Promise<void> => {
    proxy.fault = admit(token);
    await authorize([['authorization', token]]);
  };
  return {
    baseUri: proxy.uri,
    isWarm: true,
    expected: equal,
    begin: (probe) => rotate(renewed, (headers) => probe.authorize('tested', headers)),
    end: (probe) => rotate(old, (headers) => probe.authorize('tested', headers)),
    neighbours: 'same',
  };
}

/** Who is believed, and who gets to see credentials. */
export const trustCases: readonly FaultCase[] = [
  { group: 'trust', name: 'redirect within the origin', inject: redirectWithin },
  { group: 'trust', name: 'redirect to another origin', inject: (stage) => redirectElsewhere(stage) },
  {
    group: 'trust',
    name: 'redirect from https to http',
    inject: (stage) => redirectElsewhere(stage, { tls: { ...stage.certificates.good } }),
  },
  {
    group: 'trust',
    name: 'redirect in circles',
    inject: (stage) =>
      injectIntoVictim(
        stage,
        redirect((path) => path),
        {
          expected: { kind: 'redirected', message: /round in circles/, tries: 6 },
        },
      ),
  },
  certificateCase(
    'self-signed certificate',
    ({ selfSigned }) => ({ ...selfSigned }),
    /certificate is self-signed/,
  ),
  certificateCase('expired certificate', ({ expired }) => ({ ...expired }), /certificate has expired/),
  certificateCase(
    'certificate of another host',
    ({ wrongHost }) => ({ ...wrongHost }),
    /for another host name/,
  ),
  certificateCase(
    'client certificate required',
    ({ good, authority }) => ({ ...good, ca: authority, requestCert: true, rejectUnauthorized: true }),
    /may require a client certificate/,
  ),
  { group: 'trust', name: 'proxy', inject: (stage) => goThroughProxy(stage, false) },
  { group: 'trust', name: 'proxy wants credentials', inject: (stage) => goThroughProxy(stage, true) },
  { group: 'trust', name: 'token expired', inject: expireToken },
  { group: 'trust', name: 'token rotated', inject: rotateToken },
];
