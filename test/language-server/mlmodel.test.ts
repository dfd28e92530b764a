import { deepEqual } from 'node:assert/strict';
import type {
  CodeLens,
  DocumentDiagnosticReport,
  Location,
  ProtocolConnection,
} from 'vscode-languageserver/node';
import { storedRequest, type StoredTarget } from '../../language-server/protocol';
import { connect, introduce, open, pulls, nextRefresh } from './client';
import { filesOf, type Folder, folderUri } from './features/projectFolder';

const mlmodel = `flavors:
  python_function:
    env: {conda: conda.yaml, virtualenv: python_env.yaml}
    loader_module: mlflow.sklearn
    model_path: model.skops
    python_version: 3.11.7
  sklearn: {pickled_model: model.skops, serialization_format: skops, sklearn_version: 1.9.1}
`;
const whole: Folder = {
  'm/MLmodel': mlmodel,
  'm/model.skops': '',
  'm/conda.yaml': 'dependencies: [python=3.11.7, {pip: [scikit-learn==1.9.1]}]\n',
  'm/python_env.yaml': 'python: "3.11.7"\ndependencies: [-r requirements.txt]\n',
  'm/requirements.txt': '# what it needs\nscikit-learn==1.9.1\n',
};

describe('the server beside an MLmodel', () => {
  let client: ProtocolConnection;
  afterEach(() => client.dispose());

  /** Codes with their lines, of a document that is open and lies in this folder. */
  async function told(folder: Folder, name: string, languageId: string, base = folderUri): Promise<string[]> {
    client = connect({ files: filesOf(folder) });
    await introduce(client, { capabilities: pulls });
    const uri = `${base}m/${name}`;
    await open(client, uri, folder[`m/${name}`] ?? '', languageId);
    const report = await pull(uri);
    const items = report.kind === 'full' ? report.items : [];
    return items.map(({ code, range }) => `${String(code)} ${range.start.line}`);
  }

  const pull = (uri: string) =>
    client.sendRequest<DocumentDiagnosticReport>('textDocument/diagnostic', { textDocument: { uri } });
  const codesOf = (report: DocumentDiagnosticReport) =>
    report.kind === 'full' ? report.items.map(({ code }) => code) : report.kind;

  it('has nothing to say of a model that is whole', async () => {
    deepEqual(await told(whole, 'MLmodel', 'mlmodel'), []);
  });

  it('misses files, and tells of those that ask for other versions', async () => {
    const folder = { 'm/MLmodel': mlmodel, 'm/conda.yaml': '{}', 'm/requirements.txt': 'scikit-learn<1.9\n' };
    deepEqual(await told(folder, 'MLmodel', 'mlmodel'), [
      'mlmodel.missing-companion 2',
      'mlmodel.missing-file 4',
      'mlmodel.missing-file 6',
      'mlmodel.version-contradiction 6',
    ]);
  });

  it('tells in the environment files, too, where they contradict it', async () => {
    const folder = {
      ...whole,
      'm/requirements.txt': '# what it needs\nscikit-learn==1.8.0\nnumpy\n',
      'm/conda.yaml': 'dependencies:\n  - python=3.10.2\n  - pip:\n      - scikit-learn==1.8.0\n',
      'm/python_env.yaml': 'python: "3.10.2"\n',
    };
    deepEqual(await told(folder, 'requirements.txt', 'plaintext'), ['mlmodel.version-contradiction 1']);
    client.dispose();
    deepEqual(await told(folder, 'conda.yaml', 'yaml'), [
      'mlmodel.version-contradiction 1',
      'mlmodel.version-contradiction 3',
    ]);
    client.dispose();
    deepEqual(await told(folder, 'python_env.yaml', 'yaml'), ['mlmodel.version-contradiction 0']);
  });

  describe('with an input example that is a table', () => {
    const info =
      'saved_input_example_info: {artifact_path: ex.json, type: dataframe, pandas_orient: split}\n';
    const inputs = `signature:\n  inputs: '[{"type": "long", "name": "a"}, {"type": "long", "name": "b", "required": false}]'\n`;
    const ofExample = (example: string) =>
      told({ ...whole, 'm/MLmodel': mlmodel + info + inputs, 'm/ex.json': example }, 'MLmodel', 'mlmodel');

    it('compares its columns with those of the signature', async () => {
      for (const [example, expected] of [
        ['{"columns": ["a", "b"], "data": [[1, 2]]}', []],
        ['{"columns": ["a"], "data": [[1]]}', []],
        ['{"inputs": {"columns": ["a"], "data": [[1]]}, "params": {"k": NaN}}', []],
        ['{"columns": ["b"], "data": [[1]]}', ['mlmodel.example 7']],
        ['{"columns": ["a", "c"], "data": [[1, 2]]}', ['mlmodel.example 7']],
        ['{"data": [[1, 2]]}', []],
        ['{"columns": [["a", "x"]], "data": [[1]]}', []],
        ['{"columns": ["c"]', []],
      ] as const) {
        deepEqual(await ofExample(example), expected, example);
        client.dispose();
      }
    });
  });

  it('is asked again while a file beside it is edited, and when that is closed unsaved', async () => {
    client = connect({ files: filesOf(whole) });
    await introduce(client, { capabilities: pulls });
    const [uri, beside] = [`${folderUri}m/MLmodel`, `${folderUri}m/requirements.txt`];
    await open(client, uri, mlmodel, 'mlmodel');
    await open(client, beside, whole['m/requirements.txt'] ?? '', 'pip-requirements');
    const told = async () => codesOf(await pull(uri));
    deepEqual(await told(), []);
    let refresh = nextRefresh(client);
    await client.sendNotification('textDocument/didChange', {
      textDocument: { uri: beside, version: 2 },
      contentChanges: [{ text: 'scikit-learn==1.8.0\n' }],
    });
    await refresh;
    deepEqual(await told(), ['mlmodel.version-contradiction']);
    refresh = nextRefresh(client);
    await client.sendNotification('textDocument/didClose', { textDocument: { uri: beside } });
    await refresh;
    deepEqual(await told(), []);
  });

  it('tells as which version it was downloaded, and asks the client for its run', async () => {
    const runId = '0'.repeat(32);
    const text = `run_id: ${runId}\n${mlmodel}`;
    const meta = "model_name: churn\nmodel_version: '3'\n";
    client = connect({ files: filesOf({ ...whole, 'm/MLmodel': text, 'm/registered_model_meta': meta }) });
    client.onRequest(storedRequest, (target: StoredTarget) =>
      'runId' in target && target.runId === runId ? 'stored:run.txt' : null,
    );
    const commands = ['mlflow.modelVersion.open'];
    await introduce(client, { initializationOptions: { commands, findsStored: true } });
    const textDocument = { uri: `${folderUri}m/MLmodel` };
    await open(client, textDocument.uri, text, 'mlmodel');
    const [lens] = await client.sendRequest<CodeLens[]>('textDocument/codeLens', { textDocument });
    deepEqual(lens?.command?.arguments, [{ modelName: 'churn', version: '3' }]);
    const position = { line: 0, character: 12 };
    const places = await client.sendRequest<Location[]>('textDocument/definition', {
      textDocument,
      position,
    });
    deepEqual(
      places.map(({ uri }) => uri),
      ['stored:run.txt'],
    );
  });

  it('compares it with the Python that the client tells of, and with none where it tells of none', async () => {
    client = connect({ files: filesOf({ ...whole, 'm/python_env.yaml': 'python: "3.11"\n' }) });
    const initializationOptions = { mlflow: { languageServer: { pythonVersion: '3.12.1' } } };
    await introduce(client, { capabilities: pulls, initializationOptions });
    await open(client, `${folderUri}m/MLmodel`, mlmodel, 'mlmodel');
    await open(client, `${folderUri}m/python_env.yaml`, 'python: "3.11"\n', 'yaml');
    const both = async () => [
      codesOf(await pull(`${folderUri}m/MLmodel`)),
      codesOf(await pull(`${folderUri}m/python_env.yaml`)),
    ];
    deepEqual(await both(), [['mlmodel.workspace-python'], ['mlmodel.workspace-python']]);
    const settings = { mlflow: { languageServer: { pythonVersion: '3.11.2' } } };
    await client.sendNotification('workspace/didChangeConfiguration', { settings });
    deepEqual(await both(), [[], []]);
  });

  it('misses nothing where it cannot look', async () => {
    deepEqual(await told({ 'm/MLmodel': mlmodel }, 'MLmodel', 'mlmodel', 'mlflow-run-document:/'), []);
    client.dispose();
    client = connect();
    deepEqual(await told({}, 'MLmodel', 'mlmodel', 'untitled:'), ['mlmodel.empty 0']);
  });

  it('links the requirements files that a requirements.txt and a conda.yaml name, and finds them', async () => {
    const named: Folder = {
      ...whole,
      'm/requirements.txt': 'numpy\n-r  more.txt  # those too\n-c gone.txt\n',
      'm/conda.yaml': 'dependencies: [python=3.11.7, {pip: ["--requirement=more.txt"]}]\n',
      'm/more.txt': '',
    };
    client = connect({ files: filesOf(named) });
    await introduce(client, { capabilities: pulls });
    for (const [name, line, from] of [
      ['requirements.txt', 1, 4],
      ['conda.yaml', 0, 52],
    ] as const) {
      const uri = `${folderUri}m/${name}`;
      await open(client, uri, named[`m/${name}`] ?? '', 'plaintext');
      const textDocument = { uri };
      const range = { start: { line, character: from }, end: { line, character: from + 8 } };
      const target = `${folderUri}m/more.txt`;
      deepEqual(await client.sendRequest('textDocument/documentLink', { textDocument }), [{ range, target }]);
      const position = { line, character: from + 3 };
      const [found] = await client.sendRequest<Location[]>('textDocument/definition', {
        textDocument,
        position,
      });
      deepEqual(found?.uri, target);
    }
  });

  it('leaves a requirements.txt alone that lies beside no MLmodel', async () => {
    deepEqual(
      await told({ 'm/requirements.txt': 'scikit-learn<1.9\n' }, 'requirements.txt', 'plaintext'),
      [],
    );
  });
});
