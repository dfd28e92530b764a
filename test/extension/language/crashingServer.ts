import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { DocumentDiagnosticRequest, type LanguageClient, State } from 'vscode-languageclient/node';
import { projectRoot } from '../../support/cache';

export const builtServer = join(projectRoot(), 'dist', 'language-server.js');

/** Whether a server finds anything wrong with a document that it was told of. */
export async function isFaultyTo(asked: LanguageClient | undefined, uri: vscode.Uri): Promise<boolean> {
  const textDocument = { uri: asked?.code2ProtocolConverter.asUri(uri) ?? '' };
  const report = await asked?.sendRequest(DocumentDiagnosticRequest.type, { textDocument });
  return report?.kind === 'full' && report.items.length > 0;
}

/** The real server, which also obeys when told to crash. */
export async function crashingServer(folder: string): Promise<string> {
  const path = join(folder, 'obeys.js');
  const obey = "process.on('message', ({ method }) => { if (method === 'test/crash') process.exit(1); });";
  await writeFile(path, `${obey} require(${JSON.stringify(builtServer)});`);
  return path;
}

/** A document's diagnostics as soon as they pass. */
export async function diagnosticsOf(
  uri: vscode.Uri,
  passes: (diagnostics: readonly vscode.Diagnostic[]) => boolean,
): Promise<readonly vscode.Diagnostic[]> {
  const ofUri = () => vscode.languages.getDiagnostics(uri);
  const isThere = ({ uris }: vscode.DiagnosticChangeEvent) =>
    uris.some((one) => one.toString() === uri.toString()) && passes(ofUri());
  await next(vscode.languages.onDidChangeDiagnostics, isThere);
  return ofUri();
}

export function codesOf(diagnostics: readonly vscode.Diagnostic[]): readonly string[] {
  return diagnostics.map(({ code }) => String(typeof code === 'object' ? code.value : code));
}

export async function crashAndWait(client: LanguageClient, consequence: Promise<unknown>): Promise<void> {
  await client.sendNotification('test/crash');
  await consequence;
}

export async function isRunningAgain(client: LanguageClient): Promise<void> {
  await next(client.onDidChangeState, ({ newState }) => newState === State.Running);
}

/** The next event that passes. */
export function next<T>(event: vscode.Event<T>, passes: (value: T) => boolean = () => true): Promise<T> {
  return new Promise((resolve) => {
    const listening = event((value) => {
      if (!passes(value)) return;
      listening.dispose();
      resolve(value);
    });
  });
}

export function fail(error: Error): void {
  throw error;
}
