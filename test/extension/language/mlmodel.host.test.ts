import { deepEqual, ok } from 'node:assert/strict';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as vscode from 'vscode';
import type { LanguageClient } from 'vscode-languageclient/node';
import { startLanguageClient } from '../../../extension/language/client';
import { until } from '../../support/until';
import {
  builtServer,
  codesOf,
  crashAndWait,
  crashingServer,
  diagnosticsOf,
  fail,
  isFaultyTo,
  isRunningAgain,
} from './crashingServer';

const faultyModel = `flavors:
  sklearn:
    pickled_model: model.skops
    serialization_format: skops
signature:
  inputs: '[{"name": "acidity", "type": "duble"}]'
  outputs: '[{"type": "tensor", "tensor-spec": {"dtype": "float32", "shape": [-1, 3]}}]'
`;

describe('An MLmodel in VS Code', () => {
  let folder: string;
  let client: LanguageClient | undefined;
  let log: vscode.LogOutputChannel;

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'mlflow-lens-'));
    log = vscode.window.createOutputChannel('MLflow model test', { log: true });
  });
  after(async () => {
    await client?.dispose();
    log.dispose();
    await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
    await rm(folder, { recursive: true });
  });

  it('is compared with the Python of mlflow.python.path, which is not started', async () => {
    const python = join(folder, '.venv', 'bin', 'python');
    await mkdir(join(folder, '.venv', 'bin'), { recursive: true });
    await writeFile(join(folder, '.venv', 'pyvenv.cfg'), 'version = 3.12.1\n');
    await writeFile(python, '');
    const uri = vscode.Uri.file(join(folder, 'MLmodel'));
    await writeFile(uri.fsPath, 'flavors: {python_function: {loader_module: m, python_version: 3.10.4}}\n');
    const shown = diagnosticsOf(uri, (all) => codesOf(all).includes('mlmodel.workspace-python'));
    client = await startLanguageClient({
      ...{ serverModule: builtServer, log, onGivenUp: fail },
      python: () => python,
    });
    await vscode.window.showTextDocument(await vscode.workspace.openTextDocument(uri));
    await shown;
    await client.dispose();
  });

  it('has diagnostics, completion, hover, outline and definition; also after the server was killed', async () => {
    const uri = vscode.Uri.file(join(folder, 'MLmodel'));
    await writeFile(uri.fsPath, faultyModel);
    await writeFile(join(folder, 'model.skops'), '');
    const shown = diagnosticsOf(uri, (all) => codesOf(all).includes('mlmodel.unknown-type'));
    client = await startLanguageClient({ serverModule: await crashingServer(folder), log, onGivenUp: fail });
    await vscode.window.showTextDocument(await vscode.workspace.openTextDocument(uri));
    await shown;
    await helps(uri);

    await crashAndWait(client, isRunningAgain(client));
    await until('the new server was told of the document', () => isFaultyTo(client, uri));
    const mended = diagnosticsOf(uri, (all) => !codesOf(all).includes('mlmodel.unknown-type'));
    const edit = new vscode.WorkspaceEdit();
    const start = faultyModel.split('\n')[5]?.indexOf('duble') ?? 0;
    edit.replace(uri, new vscode.Range(5, start, 5, start + 5), 'double');
    await vscode.workspace.applyEdit(edit);
    await mended;
    await helps(uri);
  });
});

/** What VS Code's own commands give for the document as it is now. */
async function helps(uri: vscode.Uri): Promise<void> {
  const document = await vscode.workspace.openTextDocument(uri);
  const at = (words: string) => document.positionAt(document.getText().indexOf(words) + 1);
  const { items } = await vscode.commands.executeCommand<vscode.CompletionList>(
    'vscode.executeCompletionItemProvider',
    uri,
    at('float32'),
  );
  const labels = items.map(({ label }) => (typeof label === 'string' ? label : label.label));
  ok(labels.includes('int64') && labels.includes('float32'), labels.join());
  const signature = await hoverTexts(uri, at('signature:'));
  ok(signature.some((text) => text.includes('| *unnamed* | tensor float32')));
  const flavor = await hoverTexts(uri, at('sklearn:'));
  ok(flavor.some((text) => text.includes('mlflow.sklearn.load_model(')));
  const places = await vscode.commands.executeCommand<readonly (vscode.Location | vscode.LocationLink)[]>(
    'vscode.executeDefinitionProvider',
    uri,
    at('model.skops'),
  );
  const targets = places.map((place) =>
    ('uri' in place ? place.uri : place.targetUri).path.split('/').at(-1),
  );
  deepEqual(new Set(targets), new Set(['model.skops']));
  const symbols = await vscode.commands.executeCommand<readonly vscode.DocumentSymbol[]>(
    'vscode.executeDocumentSymbolProvider',
    uri,
  );
  const inputs = symbols.find(({ name }) => name === 'signature')?.children[0];
  deepEqual(
    inputs?.children.map(({ name }) => name),
    ['acidity'],
  );
}

async function hoverTexts(uri: vscode.Uri, position: vscode.Position): Promise<readonly string[]> {
  const hovers = await vscode.commands.executeCommand<readonly vscode.Hover[]>(
    'vscode.executeHoverProvider',
    uri,
    position,
  );
  return hovers.flatMap(({ contents }) =>
    contents.map((one) => (one instanceof vscode.MarkdownString ? one.value : '')),
  );
}
