import { deepEqual, equal, ok } from 'node:assert/strict';
import { type ChildProcess, fork, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import {
  createProtocolConnection,
  ExitNotification,
  InitializeRequest,
  IPCMessageReader,
  IPCMessageWriter,
  type CompletionItem,
  type Location,
  type MarkupContent,
  type Position,
  type ProtocolConnection,
  type PublishDiagnosticsParams,
  ShutdownRequest,
  StreamMessageReader,
  StreamMessageWriter,
} from 'vscode-languageserver/node';
import { projectRoot } from '../support/cache';
import { introduce, nextFrom, open } from './client';

const serverModule = join(projectRoot(), 'dist', 'language-server.js');

/** The transports of a process: the one any editor speaks, and the one that our client chooses. */
const transports: readonly {
  readonly name: string;
  readonly start: () => { readonly server: ChildProcess; readonly client: ProtocolConnection };
}[] = [
  {
    name: '--stdio',
    start: () => {
      const server = spawn(process.execPath, [serverModule, '--stdio'], {
        stdio: ['pipe', 'pipe', 'inherit'],
      });
      const reader = new StreamMessageReader(server.stdout);
      return { server, client: createProtocolConnection(reader, new StreamMessageWriter(server.stdin)) };
    },
  },
  {
    name: '--node-ipc',
    start: () => {
      const server = fork(serverModule, ['--node-ipc']);
      const reader = new IPCMessageReader(server);
      return { server, client: createProtocolConnection(reader, new IPCMessageWriter(server)) };
    },
  },
];

const modelWithFault = `flavors:
  python_function:
    env: conda.yaml
    loader_module: mlflow.sklearn
signature:
  inputs: '[{"name": "acidity", "type": "duble"}]'
`;

/** Behind the first letter of these words. */
function positionOf(text: string, words: string): Position {
  const before = text.slice(0, text.indexOf(words) + 1).split('\n');
  return { line: before.length - 1, character: before.at(-1)?.length ?? 0 };
}

describe('dist/language-server.js', () => {
  const initialize = { processId: process.pid, rootUri: null, capabilities: {} };
  let server: ChildProcess | undefined;

  before(() => {
    ok(existsSync(serverModule), `${serverModule} is missing: run "npm run build" first`);
  });
  afterEach(() => {
    server?.kill();
  });

  for (const { name, start } of transports) {
    it(`answers initialize and shutdown over ${name}, and exits with 0`, async () => {
      const started = start();
      server = started.server;
      const exited = once(server, 'exit');
      const { client } = started;
      client.listen();

      const { serverInfo } = await client.sendRequest(InitializeRequest.type, initialize);
      equal(serverInfo?.name, 'MLflow Lens');
      await client.sendRequest(ShutdownRequest.type);
      await client.sendNotification(ExitNotification.type);

      const [code] = (await exited) as [number | null];
      equal(code, 0);
      client.dispose();
    });

    it(`serves a project on disk over ${name}`, async () => {
      const folder = await mkdtemp(join(tmpdir(), 'mlflow-lens-'));
      const text = 'conda_env: gone.yaml\nentry_points:\n  main:\n    command: python train.py {alpha}\n';
      await writeFile(join(folder, 'train.py'), '');
      const started = start();
      server = started.server;
      const { client } = started;
      client.listen();
      const uri = pathToFileURL(join(folder, 'MLproject')).href;
      const published = nextFrom<PublishDiagnosticsParams>(client, 'textDocument/publishDiagnostics');
      await introduce(client);
      await open(client, uri, text);
      deepEqual(
        (await published).diagnostics.map(({ code }) => code),
        ['mlproject.missing-environment-file', 'mlproject.undeclared-parameter'],
      );
      const definition = await client.sendRequest<readonly Location[]>('textDocument/definition', {
        textDocument: { uri },
        position: { line: 3, character: 22 },
      });
      equal(definition[0]?.uri, pathToFileURL(join(folder, 'train.py')).href);
      client.dispose();
      await rm(folder, { recursive: true });
    });

    it(`serves a model on disk over ${name}`, async () => {
      const folder = await mkdtemp(join(tmpdir(), 'mlflow-lens-'));
      await writeFile(join(folder, 'conda.yaml'), 'name: model-env\n');
      const started = start();
      server = started.server;
      const { client } = started;
      client.listen();
      const uri = pathToFileURL(join(folder, 'MLmodel')).href;
      const published = nextFrom<PublishDiagnosticsParams>(client, 'textDocument/publishDiagnostics');
      await introduce(client);
      await open(client, uri, modelWithFault, 'mlmodel');
      ok((await published).diagnostics.some(({ code }) => code === 'mlmodel.unknown-type'));
      const textDocument = { uri };
      const ask = <Result>(method: string, words: string): Promise<Result> =>
        client.sendRequest(method, { textDocument, position: positionOf(modelWithFault, words) });
      const inside = await ask<readonly CompletionItem[]>('textDocument/completion', 'duble');
      ok(inside.some(({ label }) => label === 'double'));
      const shown = await ask<{ readonly contents: MarkupContent }>('textDocument/hover', 'inputs');
      ok(shown.contents.value.includes('| acidity | duble | required |'));
      const [definition] = await ask<readonly Location[]>('textDocument/definition', 'conda.yaml');
      equal(definition?.uri, pathToFileURL(join(folder, 'conda.yaml')).href);
      client.dispose();
      await rm(folder, { recursive: true });
    });

    it(`exits with 1 over ${name} when told to exit without shutdown`, async () => {
      const started = start();
      server = started.server;
      const exited = once(server, 'exit');
      started.client.listen();
      await started.client.sendNotification(ExitNotification.type);
      const [code] = (await exited) as [number | null];
      equal(code, 1);
      started.client.dispose();
    });
  }

  it('is ASCII: one other character would double the memory of its source', async () => {
    const source = await readFile(join(projectRoot(), 'dist', 'serveProcess.js'), 'latin1');
    ok(!/[\x80-\xff]/.test(source));
  });
});
