import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import {
  type ClientCapabilities,
  type Diagnostic,
  type DocumentDiagnosticReport,
  DocumentDiagnosticRequest,
  type ProtocolConnection,
  PublishDiagnosticsNotification,
} from 'vscode-languageserver/node';
import { projectRoot } from '../../support/cache';

/** A language server as a client in an editor starts and asks it. */
export interface Side {
  readonly name: string;
  /** What Node.js runs. */
  readonly command: readonly string[];
  /** Unless it calls documents what they are called at ours. */
  readonly languageId?: string;
  readonly capabilities: ClientCapabilities;
  /** The user's settings, by the section that the server asks for. */
  readonly settings: Readonly<Record<string, unknown>>;
  /** Made before the document is opened. */
  readonly follow: (client: ProtocolConnection, uri: string) => Diagnosing;
}

/** Asked after each edit: the first diagnostics from now on that `isOfEdit` knows for those of that edit. */
export type Diagnosing = (isOfEdit: (items: readonly Diagnostic[]) => boolean) => Promise<void>;

const capabilities: ClientCapabilities = {
  workspace: { configuration: true, workspaceFolders: true },
  textDocument: {
    completion: { completionItem: { snippetSupport: true } },
    publishDiagnostics: { versionSupport: true },
  },
};

const peer: Omit<Side, 'name' | 'command'> = {
  languageId: 'yaml',
  capabilities,
  settings: {
    yaml: {
      schemas: {
        [pathToFileURL(inBench('mlproject.schema.json')).href]: 'MLproject',
        [pathToFileURL(inBench('mlmodel.schema.json')).href]: 'MLmodel',
      },
      schemaStore: { enable: false },
      validate: true,
      completion: true,
      hover: true,
    },
  },
  follow: takePublished,
};

export const sides: readonly [Side, Side, Side] = [
  {
    name: 'ours',
    command: [join(projectRoot(), 'dist', 'language-server.js'), '--stdio'],
    capabilities: {
      ...capabilities,
      textDocument: { ...capabilities.textDocument, diagnostic: { relatedDocumentSupport: false } },
    },
    settings: {},
    follow: askForDiagnostics,
  },
  {
    name: 'yaml-language-server',
    command: [
      join(projectRoot(), 'node_modules', 'yaml-language-server', 'bin', 'yaml-language-server'),
      '--stdio',
    ],
    ...peer,
  },
  {
    name: 'yaml-language-server without its delay',
    command: [join(__dirname, 'peerWithoutDelay.js'), '--stdio'],
    ...peer,
  },
];

/** Ours is asked after each edit, as VS Code asks it. */
function askForDiagnostics(client: ProtocolConnection, uri: string): Diagnosing {
  let previousResultId: string | undefined;
  return async (isOfEdit) => {
    const report: DocumentDiagnosticReport = await client.sendRequest(DocumentDiagnosticRequest.type, {
      textDocument: { uri },
      ...(previousResultId !== undefined && { previousResultId }),
    });
    previousResultId = report.resultId;
    if (report.kind !== 'full' || !isOfEdit(report.items)) throw new Error('The fault was not found.');
  };
}

/** The peer sends diagnostics when it has them, without a version: what they say tells of which edit they are. */
function takePublished(client: ProtocolConnection, uri: string): Diagnosing {
  let take: (items: readonly Diagnostic[]) => void = () => undefined;
  client.onNotification(PublishDiagnosticsNotification.type, (published) => {
    if (published.uri === uri) take(published.diagnostics);
  });
  return (isOfEdit) =>
    new Promise((resolve) => {
      take = (items) => {
        if (isOfEdit(items)) resolve();
      };
    });
}

function inBench(name: string): string {
  return join(projectRoot(), 'test', 'bench', 'language', name);
}
