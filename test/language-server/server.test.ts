import { deepEqual, equal, notEqual, match, ok, rejects } from 'node:assert/strict';
import {
  type DocumentDiagnosticReport,
  InitializeRequest,
  LSPErrorCodes,
  CancellationToken,
  CancellationTokenSource,
  type ProtocolConnection,
  type PublishDiagnosticsParams,
  ShutdownRequest,
  TextDocumentSyncKind,
  type WorkspaceDiagnosticReport,
} from 'vscode-languageserver/node';
import type { FileEntry, FileReader } from '../../language-server/files';
import { connect, initialize, introduce, nextFrom, open, pulls, nextRefresh } from './client';

const uri = 'file:///project/MLproject';
const faulty = 'entrypoints: {}\n';

/** Files by their URI, which a test may change. */
function filesOf(files: Map<string, string>): FileReader {
  const isFolder = (folder: string) => [...files.keys()].some((one) => one.startsWith(`${folder}/`));
  return {
    kindOf: (file) => Promise.resolve(files.has(file) ? 'file' : isFolder(file) ? 'directory' : 'missing'),
    readText: (file) => Promise.resolve(files.get(file)),
    list: (folder) => {
      const inside = [...files.keys()].filter((one) => one.startsWith(folder));
      const entries = inside.map((one): FileEntry => {
        const [name = '', below] = one.slice(folder.length).split('/');
        return { name, kind: below === undefined ? 'file' : 'directory' };
      });
      return Promise.resolve([...new Map(entries.map((entry) => [entry.name, entry])).values()]);
    },
  };
}

describe('startServer', () => {
  let client: ProtocolConnection;
  let files: Map<string, string>;

  beforeEach(() => {
    files = new Map();
    client = connect({ files: filesOf(files) });
  });
  afterEach(() => {
    client.dispose();
  });

  const pull = (of: string, previousResultId?: string, token = CancellationToken.None) =>
    client.sendRequest<DocumentDiagnosticReport>(
      'textDocument/diagnostic',
      { textDocument: { uri: of }, ...(previousResultId && { previousResultId }) },
      token,
    );
  const codes = (report: DocumentDiagnosticReport) =>
    report.kind === 'full' ? report.items.map(({ code }) => code) : report.kind;
  const position = (line: number, character: number) => ({
    textDocument: { uri },
    position: { line, character },
  });
  const changed = (...uris: readonly string[]) =>
    client.sendNotification('workspace/didChangeWatchedFiles', {
      changes: uris.map((one) => ({ uri: one, type: 2 })),
    });

  it('answers initialize once, and offers no lenses to a client that has not their commands', async () => {
    const { capabilities, serverInfo } = await client.sendRequest(InitializeRequest.type, initialize);
    equal(serverInfo?.name, 'MLflow Lens');
    deepEqual(capabilities.textDocumentSync, {
      openClose: true,
      change: TextDocumentSyncKind.Incremental,
      save: true,
    });
    equal(capabilities.codeLensProvider, undefined);
    await rejects(client.sendRequest(InitializeRequest.type, initialize));
  });

  it('offers lenses to a client that has their commands', async () => {
    const { capabilities } = await client.sendRequest(InitializeRequest.type, {
      ...initialize,
      initializationOptions: { commands: ['mlflow.project.run'] },
    });
    ok(capabilities.codeLensProvider);
    await open(client, uri, 'entry_points:\n  main: {command: echo}\n');
    const lenses = await client.sendRequest<readonly unknown[]>('textDocument/codeLens', {
      textDocument: { uri },
    });
    equal(lenses.length, 1);
  });

  it('lives through documents that come, change and go, and shuts down', async () => {
    await introduce(client, { capabilities: pulls });
    await open(client, uri, 'name: a');
    await client.sendNotification('textDocument/didChange', {
      textDocument: { uri, version: 2 },
      contentChanges: [
        { range: { start: { line: 0, character: 0 }, end: { line: 0, character: 4 } }, text: 'nmae' },
      ],
    });
    deepEqual(codes(await pull(uri)), ['mlproject.unknown-key']);
    await client.sendNotification('textDocument/didClose', { textDocument: { uri } });
    deepEqual(codes(await pull(uri)), []);
    await client.sendRequest(ShutdownRequest.type);
  });

  it('says that nothing changed to one who knows it', async () => {
    await introduce(client, { capabilities: pulls });
    await open(client, uri, faulty);
    const first = await pull(uri);
    deepEqual(codes(first), ['mlproject.unknown-key']);
    equal(codes(await pull(uri, first.resultId)), 'unchanged');
  });

  it('sends diagnostics to a client that does not ask, and takes them back', async () => {
    await introduce(client);
    const published = nextFrom<PublishDiagnosticsParams>(client, 'textDocument/publishDiagnostics');
    await open(client, uri, faulty);
    const { diagnostics, version } = await published;
    equal(version, 1);
    deepEqual(
      diagnostics.map(({ code }) => code),
      ['mlproject.unknown-key'],
    );
    const gone = nextFrom<PublishDiagnosticsParams>(client, 'textDocument/publishDiagnostics');
    await client.sendNotification('textDocument/didClose', { textDocument: { uri } });
    deepEqual((await gone).diagnostics, []);
  });

  it('follows the files that a project names', async () => {
    await introduce(client, { capabilities: pulls });
    await open(client, uri, 'python_env: environment.yaml\n');
    deepEqual(codes(await pull(uri)), ['mlproject.missing-environment-file']);
    files.set('file:///project/environment.yaml', 'python: "3.11"\n');
    const refresh = nextRefresh(client);
    await changed('file:///project/environment.yaml');
    await refresh;
    deepEqual(codes(await pull(uri)), []);
    const links = await client.sendRequest<readonly { target: string }[]>('textDocument/documentLink', {
      textDocument: { uri },
    });
    deepEqual(
      links.map(({ target }) => target),
      ['file:///project/environment.yaml'],
    );
  });

  it('follows the requirements files that an environment file names, as its project or conda finds them', async () => {
    await introduce(client, { capabilities: pulls });
    const environment = 'file:///project/envs/my%20conda.yaml';
    const text = 'dependencies:\n  - pip:\n      - -r pip.txt\n';
    files.set(uri, 'conda_env: envs/my conda.yaml\n');
    files.set(environment, text);
    await open(client, environment, text, 'yaml');
    deepEqual(codes(await pull(environment)), ['conda-env.missing-file']);
    for (const found of ['file:///project/pip.txt', 'file:///project/envs/pip.txt']) {
      files.set(found, '');
      deepEqual(codes(await pull(environment)), []);
      files.delete(found);
    }
    deepEqual(codes(await pull(environment)), ['conda-env.missing-file']);
    files.set('file:///project/pip.txt', '');
    const refresh = nextRefresh(client);
    await changed('file:///project/pip.txt');
    await refresh;
  });

  it('has hints asked for again when the files around a project change', async () => {
    const { workspace, ...others } = pulls;
    await introduce(client, {
      capabilities: { ...others, workspace: { ...workspace, inlayHint: { refreshSupport: true } } },
    });
    await open(client, uri, 'name: a\n');
    const hints = async () => {
      const range = { start: { line: 0, character: 0 }, end: { line: 1, character: 0 } };
      const params = { textDocument: { uri }, range };
      const found = await client.sendRequest<readonly { label: string }[]>('textDocument/inlayHint', params);
      return found.map(({ label }) => label).join();
    };
    const before = await hints();
    files.set('file:///project/conda.yaml', 'name: a\n');
    const refresh = new Promise<void>((resolve) =>
      client.onRequest('workspace/inlayHint/refresh', () => {
        resolve();
        return null;
      }),
    );
    await changed('file:///project/conda.yaml');
    await refresh;
    notEqual(await hints(), before);
  });

  it('looks again when something is saved, for a client that tells of no files', async () => {
    await introduce(client);
    const first = nextFrom<PublishDiagnosticsParams>(client, 'textDocument/publishDiagnostics');
    await open(client, uri, 'python_env: environment.yaml\n');
    equal((await first).diagnostics.length, 1);
    files.set('file:///project/environment.yaml', 'python: "3.11"\n');
    const second = nextFrom<PublishDiagnosticsParams>(client, 'textDocument/publishDiagnostics');
    await client.sendNotification('textDocument/didSave', { textDocument: { uri } });
    equal((await second).diagnostics.length, 0);
  });

  it('looks at the folders that the workspace gains', async () => {
    files.set('file:///late/MLproject', faulty);
    const { workspace, ...others } = pulls;
    await introduce(client, {
      capabilities: { ...others, workspace: { ...workspace, workspaceFolders: true } },
    });
    const refresh = nextRefresh(client);
    await client.sendNotification('workspace/didChangeWorkspaceFolders', {
      event: { added: [{ uri: 'file:///late', name: 'late' }], removed: [] },
    });
    await refresh;
    const report = await client.sendRequest<WorkspaceDiagnosticReport>('workspace/diagnostic', {
      previousResultIds: [],
    });
    equal(report.items.length, 1);
  });

  it('looks at an environment file as its project reads it, and at no other', async () => {
    await introduce(client, { capabilities: pulls });
    files.set(uri, 'python_env: envs/environment.yaml\n');
    const wrong = 'pyhton: "3.11"\n';
    for (const [file, expected] of [
      ['file:///project/envs/environment.yaml', 1],
      ['file:///project/conda.yaml', 0],
      ['file:///elsewhere/python_env.yaml', 0],
    ] as const) {
      files.set(file, wrong);
      await open(client, file, wrong, 'yaml');
      equal(codes(await pull(file)).length, expected, file);
    }
  });

  it('reads the MLprojects of the workspace that are not open, and answers again when there is news', async () => {
    files.set('file:///ws/a/MLproject', faulty);
    files.set('file:///ws/b/c/mlproject', 'name: fine\nentry_points: {main: {command: echo}}\n');
    files.set('file:///ws/node_modules/MLproject', faulty);
    await introduce(client, {
      capabilities: pulls,
      workspaceFolders: [{ uri: 'file:///ws', name: 'ws' }],
    });
    const ask = (previousResultIds: readonly { uri: string; value: string | undefined }[]) =>
      client.sendRequest<WorkspaceDiagnosticReport>('workspace/diagnostic', { previousResultIds });
    const { items } = await ask([]);
    deepEqual(
      items.map((item) => [item.uri, item.kind === 'full' ? item.items.length : item.kind]),
      [
        ['file:///ws/a/MLproject', 1],
        ['file:///ws/b/c/mlproject', 0],
      ],
    );
    const known = items.map((item) => ({ uri: item.uri, value: item.resultId }));
    const again = ask(known);
    files.set('file:///ws/d/MLproject', faulty);
    await changed('file:///ws/d/MLproject');
    deepEqual(
      (await again).items.map(({ kind }) => kind),
      ['unchanged', 'unchanged'],
    );
    files.delete('file:///ws/a/MLproject');
    await changed('file:///ws/a/MLproject');
    deepEqual(
      (await ask(known)).items.map((item) => [
        item.uri,
        item.kind === 'full' ? item.items.length : item.kind,
      ]),
      [
        ['file:///ws/a/MLproject', 0],
        ['file:///ws/d/MLproject', 1],
        ['file:///ws/b/c/mlproject', 'unchanged'],
      ],
    );
  });

  it('reads the MLmodels of the workspace, but not those that MLflow keeps', async () => {
    const empty = 'flavors: {}\n';
    files.set('file:///ws/models/a/MLmodel', empty);
    files.set('file:///ws/models/a/mlmodel', empty);
    files.set('file:///ws/mlruns/1/models/m-1/artifacts/MLmodel', empty);
    await introduce(client, { capabilities: pulls, workspaceFolders: [{ uri: 'file:///ws', name: 'ws' }] });
    const { items } = await client.sendRequest<WorkspaceDiagnosticReport>('workspace/diagnostic', {
      previousResultIds: [],
    });
    deepEqual(
      items.map((item) => [item.uri, codes(item)]),
      [['file:///ws/models/a/MLmodel', ['mlmodel.no-flavors']]],
    );
  });

  it('asks for the settings of each resource, and again when they changed', async () => {
    let allowed: readonly string[] = [];
    client.onRequest('workspace/configuration', ({ items }: { items: readonly { section: string }[] }) =>
      items.map(({ section }) => (section.endsWith('allowedKeys') ? allowed : null)),
    );
    const { workspace, ...others } = pulls;
    await introduce(client, {
      capabilities: { ...others, workspace: { ...workspace, configuration: true } },
    });
    await open(client, uri, faulty);
    deepEqual(codes(await pull(uri)), ['mlproject.unknown-key']);
    allowed = ['entrypoints'];
    const refresh = nextRefresh(client);
    await client.sendNotification('workspace/didChangeConfiguration', { settings: null });
    await refresh;
    deepEqual(codes(await pull(uri)), []);
  });

  it('takes the settings of a client that cannot be asked', async () => {
    await introduce(client, { capabilities: pulls });
    await open(client, uri, faulty);
    await client.sendNotification('workspace/didChangeConfiguration', {
      settings: { mlflow: { languageServer: { severities: { 'mlproject.unknown-key': 'off' } } } },
    });
    deepEqual(codes(await pull(uri)), []);
  });

  it('refuses a name that cannot be, with the reason', async () => {
    await introduce(client);
    await open(
      client,
      uri,
      'entry_points:\n  main:\n    parameters: {alpha: float}\n    command: echo {alpha}\n',
    );
    const rename = (newName: string) =>
      client.sendRequest('textDocument/rename', { ...position(3, 20), newName });
    ok(await rename('beta'));
    await rejects(rename('a b'), /named with letters/);
    equal(await client.sendRequest('textDocument/prepareRename', position(0, 1)), null);
  });

  it('stops what the client no longer wants', async () => {
    await introduce(client, { capabilities: pulls });
    await open(client, uri, faulty);
    const source = new CancellationTokenSource();
    const answer = pull(uri, undefined, source.token);
    source.cancel();
    await rejects(answer, ({ code }: { code: number }) => code === LSPErrorCodes.RequestCancelled);
  });

  it('asks a client that reads files about those of other schemes', async () => {
    client.onRequest('mlflow/folderEntries', () => []);
    client.onRequest('mlflow/fileKind', ({ uri: file }: { uri: string }) =>
      file.endsWith('there.yaml') ? 'file' : 'missing',
    );
    await introduce(client, { capabilities: pulls, initializationOptions: { readsFiles: true } });
    await open(client, 'vscode-vfs://github/a/MLproject', 'python_env: there.yaml\n');
    await open(client, 'vscode-vfs://github/b/MLproject', 'python_env: gone.yaml\n');
    deepEqual(codes(await pull('vscode-vfs://github/a/MLproject')), []);
    deepEqual(codes(await pull('vscode-vfs://github/b/MLproject')), ['mlproject.missing-environment-file']);
  });

  it('answers everything about documents that are not open, or lie nowhere, with nothing', async () => {
    await introduce(client);
    await open(client, 'untitled:Untitled-1', faulty);
    for (const textDocument of [{ uri }, { uri: 'untitled:Untitled-1' }, { uri: '' }, { uri: '%' }]) {
      for (const method of [
        'definition',
        'references',
        'documentHighlight',
        'documentLink',
        'foldingRange',
      ]) {
        const params = { ...position(0, 0), textDocument, context: { includeDeclaration: true } };
        const answer = await client.sendRequest<readonly unknown[] | null>(`textDocument/${method}`, params);
        match(String(answer?.length ?? 0), /^0$/);
      }
    }
  });
});
