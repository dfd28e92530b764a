import { PassThrough } from 'node:stream';
import {
  type ClientCapabilities,
  createConnection,
  createProtocolConnection,
  type InitializeParams,
  InitializeRequest,
  type ProtocolConnection,
  ProposedFeatures,
  StreamMessageReader,
  StreamMessageWriter,
} from 'vscode-languageserver/node';
import { type ServerOptions, startServer } from '../../language-server/server';

/** A whole server and its client, joined by two streams in this process. Not yet initialized. */
export function connect(options?: ServerOptions): ProtocolConnection {
  const toServer = new PassThrough();
  const toClient = new PassThrough();
  const reader = new StreamMessageReader(toServer);
  startServer(createConnection(ProposedFeatures.all, reader, new StreamMessageWriter(toClient)), options);
  const client = createProtocolConnection(
    new StreamMessageReader(toClient),
    new StreamMessageWriter(toServer),
  );
  client.listen();
  return client;
}

export const initialize = { processId: null, rootUri: null, capabilities: {} } as const;

/** A client that asks for diagnostics and is told when to ask again. */
export const pulls: ClientCapabilities = {
  textDocument: { diagnostic: {} },
  workspace: { diagnostics: { refreshSupport: true }, didChangeWatchedFiles: { dynamicRegistration: true } },
};

/** Says initialize and initialized; the server then knows what the client can. */
export async function introduce(
  client: ProtocolConnection,
  params: Partial<InitializeParams> = {},
): Promise<void> {
  await client.sendRequest(InitializeRequest.type, { ...initialize, ...params });
  await client.sendNotification('initialized', {});
}

export async function open(
  client: ProtocolConnection,
  uri: string,
  text: string,
  languageId = 'mlproject',
): Promise<void> {
  await client.sendNotification('textDocument/didOpen', {
    textDocument: { uri, languageId, version: 1, text },
  });
}

/** The first notification or request of this method from now on, with its parameters. */
export function nextFrom<Params>(client: ProtocolConnection, method: string): Promise<Params> {
  return new Promise((resolve) => {
    const listening = client.onNotification(method, (params: Params) => {
      listening.dispose();
      resolve(params);
    });
  });
}

/** The next time that the server asks to be asked again for diagnostics. */
export function nextRefresh(client: ProtocolConnection): Promise<void> {
  return new Promise((resolve) => {
    const listening = client.onRequest('workspace/diagnostic/refresh', () => {
      listening.dispose();
      resolve();
      return null;
    });
  });
}
