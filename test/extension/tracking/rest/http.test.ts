import assert from 'node:assert/strict';
import type { RequestListener } from 'node:http';
import { gzipSync } from 'node:zlib';
import { HttpClient, type HttpRequest } from '../../../../extension/tracking/rest/http';
import { defer, readBody, replyJson, startLocalServer, type LocalServer } from './localServer';
import { fail, never, once, openClient, ping, secret, textOf } from './testClient';

describe('HttpClient', () => {
  let server: LocalServer | undefined;

  afterEach(async () => {
    await server?.close();
    server = undefined;
  });

  async function serve(listener: RequestListener): Promise<HttpClient> {
    server = await startLocalServer(listener);
    return openClient(server.uri);
  }

  describe('a request', () => {
    it('carries credentials, JSON and our name, below the base path', async () => {
      const seen: Record<string, unknown>[] = [];
      server = await startLocalServer((request, response) => {
        void readBody(request).then((body) => {
          seen.push({ ...request.headers, body });
          replyJson(response, {});
        });
      });
      const log: string[] = [];
      const client = openClient(`http://user:pass@${server.host}/pre%20fix/?x=1#y`, 5000, log);
      const query = { 'a b': 'ü&=', none: undefined };
      await client.send({ method: 'POST', path: '/api', query, body: { n: 1 }, isRepeatable: true }, never);
      assert.deepEqual(server.requests, ['POST /pre%20fix/api?a+b=%C3%BC%26%3D']);
      assert.equal(seen[0]?.['authorization'], secret);
      assert.equal(seen[0]['user-agent'], 'mlflow-lens/test');
      assert.equal(seen[0]['content-type'], 'application/json');
      assert.equal(seen[0]['body'], '{"n":1}');
      assert.match(log[0] ?? '', /^POST 127\.0\.0\.1:\d+\/pre%20fix\/api 200 \d+ ms$/);
    });

    it('asks for credentials each time, so that a new token counts', async () => {
      const seen: unknown[] = [];
      server = await startLocalServer((request, response) => {
        seen.push(request.headers['x-token']);
        response.end();
      });
      let count = 0;
      const client = new HttpClient({
        baseUri: server.uri,
        authorize: () => Promise.resolve(new Map([['x-token', `t${++count}`]])),
        timeoutMs: 5000,
        log: () => undefined,
        userAgent: 'test',
      });
      await client.send(ping, never);
      await client.send(ping, never);
      assert.deepEqual(seen, ['t1', 't2']);
    });

    it('is refused when credentials cannot be read', async () => {
      server = await startLocalServer((_, response) => response.end());
      const client = new HttpClient({
        baseUri: server.uri,
        authorize: () => Promise.reject(new Error('the keyring is locked')),
        timeoutMs: 5000,
        log: () => undefined,
        userAgent: 'test',
      });
      assert.equal((await fail(client)).kind, 'unauthorized');
      assert.deepEqual(server.requests, []);
    });

    it('is refused when a credential cannot be a header, without quoting it', async () => {
      server = await startLocalServer((_, response) => response.end());
      const client = new HttpClient({
        baseUri: server.uri,
        authorize: () => Promise.resolve(new Map([['authorization', `${secret}\n`.repeat(2)]])),
        timeoutMs: 5000,
        log: () => undefined,
        userAgent: 'test',
      });
      assert.equal((await fail(client)).kind, 'unauthorized');
      assert.deepEqual(server.requests, []);
    });
  });

  describe('at most two at once', () => {
    it('starts foreground requests before background ones, and drops those no longer wanted', async () => {
      const gate = defer();
      const arrived: string[] = [];
      const bothArrived = defer();
      let under = 0;
      let most = 0;
      const client = await serve((request, response) => {
        arrived.push(request.url ?? '');
        most = Math.max(most, ++under);
        if (arrived.length === 2) bothArrived.resolve();
        void gate.promise.then(() => {
          under--;
          response.end();
        });
      });
      const ask = (path: string, priority: 'foreground' | 'background', signal = never): Promise<unknown> =>
        client.send({ ...ping, path, priority }, signal);
      const first = [ask('/1', 'background'), ask('/2', 'background')];
      await bothArrived.promise;
      const unwanted = new AbortController();
      const rest = [ask('/3', 'background'), ask('/4', 'foreground'), ask('/5', 'background')];
      const dropped = ask('/6', 'foreground', unwanted.signal);
      const reason = new Error('no longer wanted');
      unwanted.abort(reason);
      await assert.rejects(dropped, (error) => error === reason);
      gate.resolve();
      await Promise.all([...first, ...rest]);
      assert.deepEqual(arrived.slice(2), ['/4', '/3', '/5']);
      assert.equal(most, 2);
    });

    it('ends what waits behind requests that hang', async () => {
      server = await startLocalServer(() => undefined);
      const client = openClient(server.uri, 200);
      const failures = await Promise.all([1, 2, 3, 4].map(() => fail(client)));
      assert.deepEqual(
        failures.map(({ kind }) => kind),
        ['timeout', 'timeout', 'timeout', 'timeout'],
      );
    });
  });

  describe('an answer', () => {
    it('may be compressed', async () => {
      const client = await serve((_, response) => {
        response.writeHead(200, { 'content-encoding': 'gzip' });
        response.end(gzipSync('hello'));
      });
      assert.equal(textOf(await client.send(ping, never)), 'hello');
    });

    for (const [what, isCompressed] of [
      ['a long answer', false],
      ['a compression bomb', true],
    ] as const) {
      it(`is cut when it is too large: ${what}`, async () => {
        const megabyte = Buffer.alloc(2 ** 20);
        const client = await serve((_, response) => {
          response.writeHead(200, isCompressed ? { 'content-encoding': 'gzip' } : {});
          response.end(isCompressed ? gzipSync(megabyte) : megabyte);
        });
        const failure = await fail(client, { ...once, limit: 64 * 1024 });
        assert.equal(failure.kind, 'tooLarge');
        assert.match(failure.message, /64 KiB/);
      });
    }

    it('must come within the timeout, body included', async () => {
      server = await startLocalServer((_, response) => {
        response.writeHead(200);
        response.write('half');
      });
      const failure = await fail(openClient(server.uri, 150), ping);
      assert.equal(failure.kind, 'timeout');
      assert.match(failure.message, /0\.15 s/);
      assert.equal(server.requests.length, 1, 'a request that timed out is not sent again');
    });

    it('is let go at once when nobody wants it any more', async () => {
      const controller = new AbortController();
      const reason = new Error('no longer wanted');
      const closed = defer();
      const client = await serve((_, response) => {
        response.on('close', closed.resolve);
        response.write('half');
        controller.abort(reason);
      });
      await assert.rejects(client.send(ping, controller.signal), (error) => error === reason);
      await closed.promise;
    });
  });

  describe('a redirect', () => {
    it('is followed within the origin, with credentials and, for 307, the body', async () => {
      const seen: unknown[] = [];
      const client = await serve((request, response) => {
        void readBody(request).then((body) => {
          seen.push([request.method, request.url, body, request.headers.authorization]);
          if (request.url === '/new?x=1') response.end('there');
          else response.writeHead(307, { location: '/new?x=1' }).end();
        });
      });
      const request: HttpRequest = { method: 'POST', path: '/old', body: 1, isRepeatable: true };
      assert.equal(textOf(await client.send(request, never)), 'there');
      assert.deepEqual(seen, [
        ['POST', '/old', '1', secret],
        ['POST', '/new?x=1', '1', secret],
      ]);
    });

    it('turns a search into a GET after 302, as browsers do', async () => {
      const client = await serve((request, response) => {
        if (request.url === '/login') response.end(request.method);
        else response.writeHead(302, { location: '/login' }).end();
      });
      const request: HttpRequest = { method: 'POST', path: '/old', body: 1, isRepeatable: true };
      assert.equal(textOf(await client.send(request, never)), 'GET');
    });

    for (const method of ['POST', 'PATCH', 'DELETE'] as const)
      for (const status of [301, 302, 303])
        it(`${status} is no success of a ${method} that changes something, whatever lies there`, async () => {
          const client = await serve((request, response) => {
            if (request.url === '/there') response.end('{}');
            else response.writeHead(status, { location: '/there' }).end();
          });
          const request: HttpRequest = { method, path: '/here', body: {}, isRepeatable: false };
          const failure = await fail(client, request);
          assert.equal(failure.kind, 'redirected');
          assert.match(failure.message, /nothing was changed/);
          assert.equal(server?.requests.length, 1);
        });

    it('to another origin is not followed, and named without its path', async () => {
      const other = await startLocalServer((_, response) => response.end());
      try {
        const client = await serve((_, response) => {
          response.writeHead(302, { location: `${other.uri}/login?state=s3cret` }).end();
        });
        const failure = await fail(client);
        assert.equal(failure.kind, 'redirected');
        assert.ok(failure.message.includes(other.uri));
        assert.doesNotMatch(failure.message, /s3cret|login/);
        assert.deepEqual(other.requests, []);
      } finally {
        await other.close();
      }
    });

    for (const [what, location] of [
      ['in circles', '/ping'],
      ['without saying where', undefined],
      ['to nowhere', 'http://['],
      ['to a file', 'file:///etc/passwd'],
    ] as const) {
      it(`${what} is not followed`, async () => {
        const client = await serve((_, response) => {
          response.writeHead(302, location === undefined ? {} : { location }).end();
        });
        assert.equal((await fail(client)).kind, 'redirected');
        assert.ok((server?.requests.length ?? 0) <= 6);
      });
    }
  });

  describe('another try', () => {
    function answerInTurn(...statuses: readonly (number | undefined)[]): RequestListener {
      let count = 0;
      return (request, response) => {
        const status = statuses[Math.min(count++, statuses.length - 1)];
        if (status === undefined) request.socket.destroy();
        else response.writeHead(status, { 'retry-after': '0' }).end('done');
      };
    }

    it('helps after what may pass', async () => {
      const troubles = [408, 429, 500, 502, 503, 504, undefined];
      const servers = await Promise.all(
        troubles.map((trouble) => startLocalServer(answerInTurn(trouble, trouble, 200))),
      );
      try {
        const answers = await Promise.all(servers.map(({ uri }) => openClient(uri).send(ping, never)));
        assert.deepEqual(
          answers.map(textOf),
          troubles.map(() => 'done'),
        );
        assert.deepEqual(
          servers.map(({ requests }) => requests.length),
          troubles.map(() => 3),
        );
      } finally {
        await Promise.all(servers.map((it) => it.close()));
      }
    });

    it('is made twice at most', async () => {
      const client = await serve(answerInTurn(503));
      assert.equal((await fail(client, ping)).kind, 'serverError');
      assert.equal(server?.requests.length, 3);
    });

    it('is not made of what may not be repeated, nor after an answer that stays the same', async () => {
      const client = await serve(answerInTurn(503));
      await fail(client, once);
      assert.equal(server?.requests.length, 1);
      await server.close();
      const rejecting = await serve(answerInTurn(400));
      await fail(rejecting, ping);
      assert.equal(server.requests.length, 1);
    });

    it('is not made when the server asks to wait too long, which the message says', async () => {
      const client = await serve((_, response) => {
        response.writeHead(429, { 'retry-after': '300' }).end();
      });
      const failure = await fail(client, ping);
      assert.equal(failure.kind, 'rateLimited');
      assert.equal(failure.retryAfter, 300);
      assert.match(failure.message, /try again in 5 min/);
      assert.equal(server?.requests.length, 1);
    });

    it('waits as long as the server asks', async () => {
      let first: number | undefined;
      const client = await serve((_, response) => {
        if (first === undefined) {
          first = performance.now();
          response.writeHead(503, { 'retry-after': '1' }).end();
        } else response.end(String(performance.now() - first));
      });
      assert.ok(Number(textOf(await client.send(ping, never))) >= 990);
    });

    it('is not waited for once nobody wants it', async () => {
      const controller = new AbortController();
      const reason = new Error('no longer wanted');
      const client = await serve((_, response) => {
        response.writeHead(503, { 'retry-after': '10' }).end();
        response.on('close', () => {
          setImmediate(() => {
            controller.abort(reason);
          });
        });
      });
      await assert.rejects(client.send(ping, controller.signal), (error) => error === reason);
    });
  });
});
