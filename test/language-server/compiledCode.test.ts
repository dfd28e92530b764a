import { deepEqual, equal, ok } from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import {
  createProtocolConnection,
  ExitNotification,
  type PublishDiagnosticsParams,
  ShutdownRequest,
  StreamMessageReader,
  StreamMessageWriter,
} from 'vscode-languageserver/node';
import { projectRoot } from '../support/cache';
import { introduce, nextFrom, open } from './client';

const dist = join(projectRoot(), 'dist');
const garbage = Buffer.alloc(100_000, 'x');

/** What may befall the file, of which the first `end` bytes are the source. */
const spoilings: readonly (readonly [what: string, spoil: (kept: Buffer, end: number) => Buffer])[] = [
  ['is of another build', (kept) => kept.fill('x', 0, 10)],
  ['is of another engine', (kept, end) => Buffer.concat([kept.subarray(0, end), garbage, garbage])],
  ['is damaged', (kept, end) => kept.fill('x', end + 100_000, end + 101_000)],
  ['is not whole', (kept) => kept.subarray(0, -1000)],
  ['is but a beginning', (kept) => kept.subarray(0, 1000)],
];

describe('What V8 compiled of the language server', () => {
  let caches: string;
  let file: string;
  let source: Buffer;
  before(async () => {
    caches = await mkdtemp(join(tmpdir(), 'mlflow-lens-'));
    await diagnoseOne(caches);
    const folder = join(caches, 'mlflow-lens', 'compiled');
    const [kept = '', ...others] = await readdir(folder);
    deepEqual([kept.startsWith('serveProcess.js-'), others], [true, []]);
    file = join(folder, kept);
    source = await readFile(join(dist, 'serveProcess.js'));
  });
  after(() => rm(caches, { recursive: true }));

  it('is kept in the folder for caches, and the next start takes it from there', async () => {
    const { mtimeMs } = await stat(file);
    await diagnoseOne(caches);
    equal((await stat(file)).mtimeMs, mtimeMs);
  });

  for (const [what, spoil] of spoilings)
    it(`is made anew where that ${what}`, async () => {
      await writeFile(file, spoil(await readFile(file), source.length));
      await diagnoseOne(caches);
      const made = await readFile(file);
      ok(made.subarray(0, source.length).equals(source));
      ok(made.length > source.length + 2 * garbage.length);
    });

  it('is done without where it cannot be written', async () => {
    await diagnoseOne(join(file, 'no folder'));
  });

  it('is not kept of a process that had nothing to do', async () => {
    await rm(file);
    const { server, exited } = start(caches);
    server.stdin.end('Content-Length: 33\r\n\r\n{"jsonrpc":"2.0","method":"exit"}');
    await exited;
    deepEqual(await readdir(join(caches, 'mlflow-lens')), ['compiled']);
    deepEqual(await readdir(join(caches, 'mlflow-lens', 'compiled')), []);
  });
});

/** Starts the server with `caches` as the user's folder for such, until it has told of a fault. */
async function diagnoseOne(caches: string): Promise<void> {
  const { server, exited } = start(caches);
  const client = createProtocolConnection(
    new StreamMessageReader(server.stdout),
    new StreamMessageWriter(server.stdin),
  );
  client.listen();
  const published = nextFrom<PublishDiagnosticsParams>(client, 'textDocument/publishDiagnostics');
  await introduce(client);
  await open(client, pathToFileURL(join(tmpdir(), 'MLproject')).href, 'entrypoints: {}\n');
  equal((await published).diagnostics.length, 1);
  await client.sendRequest(ShutdownRequest.type);
  await client.sendNotification(ExitNotification.type);
  const [code] = await exited;
  equal(code, 0);
  client.dispose();
}

function start(caches: string) {
  const places = { XDG_CACHE_HOME: caches, LOCALAPPDATA: caches, HOME: caches };
  const server = spawn(process.execPath, [join(dist, 'language-server.js'), '--stdio'], {
    stdio: ['pipe', 'pipe', 'inherit'],
    env: { ...process.env, ...places },
  });
  return { server, exited: once(server, 'exit') as Promise<[number | null]> };
}
