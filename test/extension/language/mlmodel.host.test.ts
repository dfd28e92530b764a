import { deepEqual, ok } from 'node:assert/strict';
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import * as vscode from 'vscode';
import { until } from '../../support/until';
import {
  codesOf,
  crashAndWait,
  crashingServer,
  diagnosticsOf,
  isFaultyTo,
  isRunningAgain,
} from './crashingServer';
import { completionsAt, definitionsAt, hoversAt, setLanguageStage, symbolsOf } from './languageStage';

const faultyModel = `flavors:
  sklearn:
    pickled_model: model.skops
    serialization_format: skops
signature:
  inputs: '[{"name": "acidity", "type": "duble"}]'
  outputs: '[{"type": "tensor", "tensor-spec": {"dtype": "float32", "shape": [-1, 3]}}]'
`;

describe('An MLmodel in VS Code', () => {
  const stage = setLanguageStage();
  afterEach(() => vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor'));

  it('is compared with the Python of mlflow.python.path, which is not started', async () => {
    const text = 'flavors: {python_function: {loader_module: m, python_version: 3.10.4}}\n';
    const uri = vscode.Uri.file(await stage.write('MLmodel', text));
    const python = join(stage.folder, '.venv', 'bin', 'python');
    await mkdir(dirname(python), { recursive: true });
    await writeFile(join(stage.folder, '.venv', 'pyvenv.cfg'), 'version = 3.12.1\n');
    await writeFile(python, '');
    const shown = diagnosticsOf(uri, (all) => codesOf(all).includes('mlmodel.workspace-python'));
    await stage.start({ python: () => python });
    await vscode.window.showTextDocument(await vscode.workspace.openTextDocument(uri));
    await shown;
  });

  it('has diagnostics, completion, hover, outline and definition; also after the server was killed', async () => {
    const uri = vscode.Uri.file(await stage.write('MLmodel', faultyModel));
    await writeFile(join(dirname(uri.fsPath), 'model.skops'), '');
    const shown = diagnosticsOf(uri, (all) => codesOf(all).includes('mlmodel.unknown-type'));
    const client = await stage.start({ serverModule: await crashingServer(stage.folder) });
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
  const labels = await completionsAt(uri, at('float32'));
  ok(labels.includes('int64') && labels.includes('float32'), labels.join());
  const signature = await hoversAt(uri, at('signature:'));
  ok(signature.some((text) => text.includes('| *unnamed* | tensor float32')));
  const flavor = await hoversAt(uri, at('sklearn:'));
  ok(flavor.some((text) => text.includes('mlflow.sklearn.load_model(')));
  const places = await definitionsAt(uri, at('model.skops'));
  deepEqual(new Set(places.map((place) => place.uri.path.split('/').at(-1))), new Set(['model.skops']));
  const inputs = (await symbolsOf(uri)).find(({ name }) => name === 'signature')?.children[0];
  deepEqual(
    inputs?.children.map(({ name }) => name),
    ['acidity'],
  );
}
