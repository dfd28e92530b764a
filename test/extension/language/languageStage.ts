import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as vscode from 'vscode';
import type { LanguageClient } from 'vscode-languageclient/node';
import { type StartOptions, startLanguageClient } from '../../../extension/language/client';
import { builtServer, fail } from './crashingServer';

/** A folder, a log and language clients for the tests of a suite. A client ends with its test, all else with the suite. */
export class LanguageStage {
  folder = '';
  log!: vscode.LogOutputChannel;
  private readonly clients: LanguageClient[] = [];

  async open(): Promise<void> {
    this.folder = await mkdtemp(join(tmpdir(), 'mlflow-lens-'));
    this.log = vscode.window.createOutputChannel('MLflow language test', { log: true });
  }

  /** A client of the built server, unless another is said. */
  async start(options: Partial<StartOptions> = {}): Promise<LanguageClient> {
    const client = await startLanguageClient({
      serverModule: builtServer,
      log: this.log,
      onGivenUp: fail,
      ...options,
    });
    this.clients.push(client);
    return client;
  }

  /** A new file of that name, in a folder of its own. */
  async write(name: string, text = 'name: a\n'): Promise<string> {
    const path = join(await mkdtemp(join(this.folder, 'file-')), name);
    await writeFile(path, text);
    return path;
  }

  async endClients(): Promise<void> {
    for (const client of this.clients.splice(0)) await client.dispose();
  }

  async close(): Promise<void> {
    this.log.dispose();
    await rm(this.folder, { recursive: true });
  }
}

/** A stage for the suite that this is called in. */
export function setLanguageStage(): LanguageStage {
  const stage = new LanguageStage();
  before(() => stage.open());
  afterEach(() => stage.endClients());
  after(() => stage.close());
  return stage;
}

/** What VS Code's own commands give, of whichever extension: labels of completions. */
export async function completionsAt(uri: vscode.Uri, at: vscode.Position): Promise<readonly string[]> {
  const ask = vscode.commands.executeCommand<vscode.CompletionList>;
  const { items } = await ask('vscode.executeCompletionItemProvider', uri, at);
  return items.map(({ label }) => (typeof label === 'string' ? label : label.label));
}

/** The same of hovers: their Markdown. */
export async function hoversAt(uri: vscode.Uri, at: vscode.Position): Promise<readonly string[]> {
  const hovers = await vscode.commands.executeCommand<readonly vscode.Hover[]>(
    'vscode.executeHoverProvider',
    ...[uri, at],
  );
  return hovers.flatMap(({ contents }) =>
    contents.map((one) => (one instanceof vscode.MarkdownString ? one.value : '')),
  );
}

/** The same of definitions. */
export async function definitionsAt(
  uri: vscode.Uri,
  at: vscode.Position,
): Promise<readonly vscode.Location[]> {
  const places = await vscode.commands.executeCommand<readonly (vscode.Location | vscode.LocationLink)[]>(
    'vscode.executeDefinitionProvider',
    ...[uri, at],
  );
  return places.map((place) =>
    'uri' in place ? place : new vscode.Location(place.targetUri, place.targetRange),
  );
}

/** The same of the outline. */
export async function symbolsOf(uri: vscode.Uri): Promise<readonly vscode.DocumentSymbol[]> {
  return await vscode.commands.executeCommand('vscode.executeDocumentSymbolProvider', uri);
}
