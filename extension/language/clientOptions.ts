import * as vscode from 'vscode';
import {
  type DocumentSelector,
  type LanguageClientOptions,
  RevealOutputChannelOn,
  vsdiag,
} from 'vscode-languageclient';
import { type ClientOptions, pythonVersionSection } from '../../language-server/protocol';
import { artifactScheme } from '../ui/artifactScheme';
import { documentSelector } from './documentSelector';

/**
 * How the client speaks to the server, wherever that runs. `own` is what it can do beside reading files; `pythonFor` tells the version
 * of the Python that models are loaded in.
 */
export function languageClientOptions(
  log: vscode.LogOutputChannel,
  own: Omit<ClientOptions, 'readsFiles'> = {},
  pythonFor: (uri: vscode.Uri) => string | undefined = () => undefined,
): LanguageClientOptions {
  return {
    documentSelector: documentSelector as DocumentSelector,
    initializationOptions: { ...own, readsFiles: true } satisfies ClientOptions,
    // Else a file of another time, such as Git's, would have its problems listed beside today's.
    middleware: {
      provideDiagnostics: (document, previous, token, next) =>
        hasProblems(document instanceof vscode.Uri ? document : document.uri)
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

/** A document that is being written, or an artifact of a run: whoever opens a foreign model is to know what loading it would run. */
function hasProblems(uri: vscode.Uri): boolean {
  const schemes = ['file', 'untitled', artifactScheme];
  return schemes.includes(uri.scheme) || vscode.workspace.getWorkspaceFolder(uri) !== undefined;
}
