import { deepEqual, equal } from 'node:assert/strict';
import { PassThrough } from 'node:stream';
import {
  createConnection,
  createProtocolConnection,
  InitializeRequest,
  type ProtocolConnection,
  ProposedFeatures,
  ShutdownRequest,
  StreamMessageReader,
  StreamMessageWriter,
  TextDocumentSyncKind,
} from 'vscode-languageserver/node';
import { startServer } from '../../language-server/server';

/** A whole server and its client, joined by two streams in this process. */
function connect(): ProtocolConnection {
  const toServer = new PassThrough();
  const toClient = new PassThrough();
  startServer(
    createConnection(
      ProposedFeatures.all,
      new StreamMessageReader(toServer),
      new StreamMessageWriter(toClient),
    ),
  );
  const client = createProtocolConnection(
    new StreamMessageReader(toClient),
    new StreamMessageWriter(toServer),
  );
  client.listen();
  return client;
}

describe('startServer', () => {
  const initialize = { processId: null, rootUri: null, capabilities: {} };
  let client: ProtocolConnection;

  beforeEach(() => {
    client = connect();
  });
  afterEach(() => {
    client.dispose();
  });

  it('answers initialize with what it does and nothing else', async () => {
    const { capabilities, serverInfo } = await client.sendRequest(InitializeRequest.type, initialize);
    deepEqual(capabilities, {
      textDocumentSync: { openClose: true, change: TextDocumentSyncKind.Incremental },
    });
    equal(serverInfo?.name, 'MLflow Lens');
  });

  it('lives through documents that come, change and go, and shuts down', async () => {
    const uri = 'file:///project/MLproject';
    await client.sendRequest(InitializeRequest.type, initialize);
    await client.sendNotification('textDocument/didOpen', {
      textDocument: { uri, languageId: 'mlproject', version: 1, text: 'name: a' },
    });
    await client.sendNotification('textDocument/didChange', {
      textDocument: { uri, version: 2 },
      contentChanges: [
        { range: { start: { line: 0, character: 6 }, end: { line: 0, character: 7 } }, text: 'b' },
      ],
    });
    await client.sendNotification('textDocument/didClose', { textDocument: { uri } });
    await client.sendRequest(ShutdownRequest.type);
  });
});
