import * as vscode from 'vscode';
import {
  type DocumentSelector,
  type LanguageClientOptions,
  RevealOutputChannelOn,
  vsdiag,
} from 'vscode-languageclient';
import { type ClientOptions, pythonVersionSection } from '../../language-server/protocol';
import { documentSelector } from './documentSelector';

/**
 * How the client speaks to the server, wherever that runs. `commands` are those that code lenses may run; `pythonFor` tells the version
 * of the Python that models are loaded in.
 */
export function languageClientOptions(
  log: vscode.LogOutputChannel,
  commands: readonly string[],
  pythonFor: (uri: vscode.Uri) => string | undefined = () => undefined,
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
      workspace: {
        configuration: async (params, token, next) => {
          const values = await next(params, token);
          if (!Array.isArray(values)) return values;
          return values.map((value: unknown, index) => {
            const { section, scopeUri } = params.items[index] ?? {};
            const isPython = section === pythonVersionSection && isOfModel(scopeUri);
            return isPython && !value ? pythonFor(vscode.Uri.parse(scopeUri)) : value;
          });
        },
      },
    },
    outputChannel: log,
    revealOutputChannelOn: RevealOutputChannelOn.Never,
    initializationFailedHandler: () => false,
  };
}

/** What alone is compared with the workspace's Python: for others it is not looked for. */
function isOfModel(uri: string | undefined): uri is string {
  return uri !== undefined && /\/(MLmodel|python_env\.yaml)$/.test(uri);
}

const nothing: vsdiag.DocumentDiagnosticReport = {
  kind: vsdiag.DocumentDiagnosticReportKind.full,
  items: [],
};

/** A document that is being written, not one that only shows something. */
function isUsersOwn(uri: vscode.Uri): boolean {
  return ['file', 'untitled'].includes(uri.scheme) || vscode.workspace.getWorkspaceFolder(uri) !== undefined;
}
