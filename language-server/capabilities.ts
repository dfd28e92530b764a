import {
  type ClientCapabilities,
  DidChangeConfigurationNotification,
  DidChangeWatchedFilesNotification,
  type RegistrationParams,
  type ServerCapabilities,
  TextDocumentSyncKind,
} from 'vscode-languageserver';
import { registeredMetaName } from './documents/registeredMeta';
import { codeActionKinds } from './features/codeActions';
import { lensCommands } from './features/codeLenses';
import { completionTriggers } from './features/complete';
import { tokenLegend } from './features/semanticTokens';
import type { ClientOptions } from './protocol';

/** What the server can do for a client. */
export function serverCapabilities({ commands = [] }: ClientOptions): ServerCapabilities {
  const hasLenses = lensCommands.some((command) => commands.includes(command));
  return {
    textDocumentSync: { openClose: true, change: TextDocumentSyncKind.Incremental, save: true },
    diagnosticProvider: { identifier: 'mlflow', interFileDependencies: true, workspaceDiagnostics: true },
    documentSymbolProvider: true,
    foldingRangeProvider: true,
    selectionRangeProvider: true,
    documentLinkProvider: {},
    definitionProvider: true,
    referencesProvider: true,
    documentHighlightProvider: true,
    renameProvider: { prepareProvider: true },
    completionProvider: { triggerCharacters: [...completionTriggers] },
    hoverProvider: true,
    inlayHintProvider: true,
    codeActionProvider: { codeActionKinds: [...codeActionKinds] },
    documentFormattingProvider: true,
    documentRangeFormattingProvider: true,
    semanticTokensProvider: {
      legend: { tokenTypes: [...tokenLegend.tokenTypes], tokenModifiers: [...tokenLegend.tokenModifiers] },
      full: true,
      range: true,
    },
    workspace: { workspaceFolders: { supported: true, changeNotifications: true } },
    ...(hasLenses && { codeLensProvider: {} }),
  };
}

/** Which files' changes may change what is said of a project. */
const watchedFiles = [
  '**/[mM][lL][pP][rR][oO][jJ][eE][cC][tT]',
  '**/MLmodel',
  `**/${registeredMetaName}`,
  '**/*.{py,sh,R,r,yaml,yml,txt}',
];

/** What the server asks of a client that can do it once it is initialized. */
export function dynamicRegistrations({ workspace }: ClientCapabilities): RegistrationParams {
  const watching = {
    id: 'mlflow.files',
    method: DidChangeWatchedFilesNotification.method,
    registerOptions: { watchers: watchedFiles.map((globPattern) => ({ globPattern })) },
  };
  const settings = {
    id: 'mlflow.settings',
    method: DidChangeConfigurationNotification.method,
    registerOptions: { section: 'mlflow.languageServer' },
  };
  return {
    registrations: [
      ...(workspace?.didChangeWatchedFiles?.dynamicRegistration === true ? [watching] : []),
      ...(workspace?.didChangeConfiguration?.dynamicRegistration === true ? [settings] : []),
    ],
  };
}
