import * as vscode from 'vscode';
import {
  type DocumentSelector,
  type LanguageClientOptions,
  RevealOutputChannelOn,
  vsdiag,
} from 'vscode-languageclient';
import type { ClientOptions } from '../../language-server/protocol';
import { documentSelector } from './documentSelector';

/** How the client speaks to the server, wherever that runs. `commands` are those that code lenses may run. */
export function languageClientOptions(
  log: vscode.LogOutputChannel,
  commands: readonly string[],
): LanguageClientOptions {
  return {
    documentSelector: documentSelector as DocumentSelector,
    initializationOptions: { commands, readsFiles: true } satisfies ClientOptions,
    // Else a file of another time, such as Git's, would have its problems listed beside today's.
    middleware: {
      provideDiagnostics: (document, previous, token, next) =>
        isUsersOwn(document instanceof vscode.Uri ? document : document.uri)
          ? next(document, previous, token)
          : nothing,
    },
    outputChannel: log,
    revealOutputChannelOn: RevealOutputChannelOn.Never,
    initializationFailedHandler: () => false,
  };
}

const nothing: vsdiag.DocumentDiagnosticReport = {
  kind: vsdiag.DocumentDiagnosticReportKind.full,
  items: [],
};

/** A document that is being written, not one that only shows something. */
function isUsersOwn(uri: vscode.Uri): boolean {
  return ['file', 'untitled'].includes(uri.scheme) || vscode.workspace.getWorkspaceFolder(uri) !== undefined;
}
