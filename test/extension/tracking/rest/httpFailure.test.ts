import assert from 'node:assert/strict';
import type { RequestListener } from 'node:http';
import { createServer, type AddressInfo } from 'node:net';
import type { TrackingErrorKind } from '../../../../extension/tracking/errors';
import type { HttpClient } from '../../../../extension/tracking/rest/http';
import { freePort } from '../../../support/processes';
import { replyJson, startLocalServer, type LocalServer } from './localServer';
import { fail, openClient, secret } from './testClient';

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

  describe('a failure', () => {
    const html = '<!doctype html><title>Oops</title>';
    const mlflow = (message: string, error_code = 'INVALID_PARAMETER_VALUE'): string =>
      JSON.stringify({ error_code, message });
    const cases: readonly (readonly [number, string, TrackingErrorKind, RegExp])[] = [
      [400, mlflow('max_results must be positive'), 'rejected', /says: max_results must be positive\.$/],
      [400, html, 'rejected', /answered 400 Bad Request\.$/],
      [400, '<center>No required SSL certificate was sent</center>', 'tls', /client certificate/],
      [401, html, 'unauthorized', /\(401, Basic\)/],
      [403, html, 'forbidden', /403/],
      [403, 'Invalid Host header - possible DNS rebinding attack detected', 'forbidden', /--allowed-hosts/],
      [
        404,
        mlflow('Run with id=x not found', 'RESOURCE_DOES_NOT_EXIST'),
        'notFound',
        /Run with id=x not found/,
      ],
      [404, html, 'notMlflow', /404 Not Found for \/ping/],
      [405, html, 'notMlflow', /405 Method Not Allowed/],
      [407, html, 'proxy', /proxy/],
      [408, html, 'timeout', /408/],
      [409, mlflow('conflict', 'RESOURCE_CONFLICT'), 'rejected', /conflict/],
      [413, html, 'rejected', /413/],
      [418, '', 'rejected', /418/],
      [429, html, 'rateLimited', /429.*later/],
      [500, mlflow('boom', 'INTERNAL_ERROR'), 'serverError', /500 Internal Server Error: boom\./],
      [502, html, 'serverError', /502 Bad Gateway\.$/],
      [
        503,
        'Artifacts are switched off',
        'serverError',
        /503 Service Unavailable: Artifacts are switched off\./,
      ],
      [504, html, 'serverError', /504 Gateway Timeout\.$/],
    ];
    for (const [status, body, kind, message] of cases) {
      it(`${status} with ${body.slice(0, 20) || 'nothing'} is ${kind}`, async () => {
        const client = await serve((_, response) => {
          const type = body.startsWith('{') ? 'application/json' : 'text/html; charset=utf-8';
          response.writeHead(status, { 'content-type': type, 'www-authenticate': 'Basic realm="mlflow"' });
          response.end(body);
        });
        const failure = await fail(client);
        assert.equal(failure.kind, kind);
        assert.match(failure.message, message);
      });
    }

    it('keeps a server’s words short, on one line and free of what we sent', async () => {
      const message = `bad\u0000\r\n\u202E"${secret}" ${'🧪'.repeat(400)}`;
      const client = await serve((_, response) => {
        replyJson(response, { error_code: 'BAD_REQUEST', message }, 400);
      });
      const failure = await fail(client);
      assert.match(failure.message, /says: bad "…" 🧪+…$/u);
      assert.doesNotMatch(failure.message, /[\p{Cc}\p{Cf}]/u);
      assert.ok(failure.message.length < 700);
    });

    it('says that nothing listens', async () => {
      const failure = await fail(openClient(`http://127.0.0.1:${await freePort()}`));
      assert.equal(failure.kind, 'refused');
    });

    it('says that a host name is unknown', async () => {
      const failure = await fail(openClient('http://no-such-host.invalid:5000'));
      assert.equal(failure.kind, 'dns');
    });

    it('says that a port is one that fetch refuses', async () => {
      const failure = await fail(openClient('http://127.0.0.1:6000'));
      assert.equal(failure.kind, 'unsupported');
    });

    it('says that TLS meets a server without it', async () => {
      server = await startLocalServer((_, response) => response.end());
      const failure = await fail(openClient(`https://${server.host}`));
      assert.equal(failure.kind, 'tls');
      assert.match(failure.message, /http:\/\/ may be right/);
    });

    for (const [what, bytes, kind] of [
      ['does not speak HTTP', 'SSH-2.0-OpenSSH_9.2\r\n', 'notMlflow'],
      ['hangs up without an answer', '', 'unreachable'],
      ['hangs up in the middle', 'HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nabc', 'unreachable'],
      ['breaks off a chunk', 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nff\r\nabc', 'unreachable'],
    ] as const) {
      it(`says that a server ${what}`, async () => {
        const raw = createServer((socket) => {
          socket.on('error', () => undefined);
          socket.once('data', () => socket.end(bytes));
        }).listen(0, '127.0.0.1');
        try {
          await new Promise((resolve) => raw.once('listening', resolve));
          const failure = await fail(openClient(`http://127.0.0.1:${(raw.address() as AddressInfo).port}`));
          assert.equal(failure.kind, kind);
        } finally {
          raw.close();
        }
      });
    }
  });
});
