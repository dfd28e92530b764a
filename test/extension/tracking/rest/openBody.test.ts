import { deepEqual, equal, rejects } from 'node:assert/strict';
import { defer, readBody, startLocalServer, type LocalServer } from './localServer';
import { openClient } from './testClient';

const never = new AbortController().signal;
const file = { method: 'GET', path: '/file' } as const;

describe('A body that is read as it arrives', function () {
  this.timeout(20_000);
  let server: LocalServer | undefined;
  afterEach(() => server?.close());

  it('may take longer than an answer, but not fall silent', async () => {
    server = await startLocalServer((_, response) => {
      response.write('beginning');
    });
    const { chunks } = await openClient(server.uri, 300).open(file, never);
    const read: string[] = [];
    const reading = (async () => {
      for await (const chunk of chunks) read.push(Buffer.from(chunk).toString());
    })();
    await rejects(reading, { kind: 'timeout', message: /took longer than 0\.3 s: it fell silent\.$/ });
    deepEqual(read, ['beginning']);
  });

  it('ends with the signal, for its own reason', async () => {
    const begun = defer();
    server = await startLocalServer((_, response) => {
      response.write('beginning', () => {
        begun.resolve();
      });
    });
    const stopping = new AbortController();
    const { chunks } = await openClient(server.uri).open(file, stopping.signal);
    await begun.promise;
    const reading = (async () => {
      for await (const chunk of chunks) if (chunk.byteLength > 0) stopping.abort();
    })();
    await rejects(reading, { name: 'AbortError' });
  });

  it('is sent with its length, as it is read', async () => {
    let [length, type, text]: (string | undefined)[] = [];
    server = await startLocalServer((request, response) => {
      ({ 'content-length': length, 'content-type': type } = request.headers);
      void readBody(request).then((body) => {
        text = body;
        response.end('{}');
      });
    });
    const read = async function* (): AsyncIterable<Uint8Array> {
      yield await Promise.resolve(Buffer.from('two '));
      yield Buffer.from('parts');
    };
    const { chunks } = await openClient(server.uri).open(
      { method: 'PUT', path: '/x', file: { size: 9, read } },
      never,
    );
    for await (const chunk of chunks) equal(Buffer.from(chunk).toString(), '{}');
    deepEqual([length, type, text], ['9', 'application/octet-stream', 'two parts']);
  });
});
