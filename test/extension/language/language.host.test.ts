import { deepEqual, equal, match, ok, rejects } from 'node:assert/strict';
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import * as vscode from 'vscode';
import { State } from 'vscode-languageclient/node';
import { needsServer } from '../../../extension/language/firstDocument';
import { registerLanguage } from '../../../extension/language/register';
import { until } from '../../support/until';
import {
  codesOf,
  crashAndWait,
  crashingServer,
  diagnosticsOf,
  isFaultyTo,
  isRunningAgain,
  next,
} from './crashingServer';
import { completionsAt, definitionsAt, hoversAt, setLanguageStage, symbolsOf } from './languageStage';

describe('The languages', () => {
  const stage = setLanguageStage();
  const expected = {
    MLproject: 'mlproject',
    MLProject: 'mlproject',
    mlproject: 'mlproject',
    MLPROJECT: 'mlproject',
    MLmodel: 'mlmodel',
    // MLflow never reads such a file.
    'MLproject.yaml': 'yaml',
  };

  for (const [name, language] of Object.entries(expected)) {
    it(`${language} is that of a file called ${name}`, async () => {
      const document = await vscode.workspace.openTextDocument(await stage.write(name));
      equal(document.languageId, language);
    });
  }
});

describe('The language client', () => {
  const stage = setLanguageStage();

  it('starts the built server in a process of its own and ends it', async () => {
    const client = await stage.start();
    equal(client.initializeResult?.serverInfo?.name, 'MLflow Lens');
    await client.dispose();
    equal(client.state, State.Stopped);
  });

  it('rejects when the server never comes up', async () => {
    const serverModule = join(stage.folder, 'crashes.js');
    await writeFile(serverModule, 'process.exit(1);');
    await rejects(stage.start({ serverModule }));
  });

  it('restarts a server that crashed, and says once when it gives up', async () => {
    const serverModule = await crashingServer(stage.folder);
    const givenUp: Error[] = [];
    const giveUp = new vscode.EventEmitter<Error>();
    giveUp.event((error) => givenUp.push(error));
    const client = await stage.start({
      serverModule,
      onGivenUp: (error) => {
        giveUp.fire(error);
      },
    });
    for (let crash = 1; crash <= 4; crash++) {
      await crashAndWait(client, isRunningAgain(client));
    }
    equal(givenUp.length, 0);
    await crashAndWait(client, next(giveUp.event));
    equal(givenUp.length, 1);
    giveUp.dispose();
  });

  it('shows what is wrong with a project, and finds its way in it; also after the server was killed', async () => {
    const path = await stage.write('MLproject', faultyProject);
    await writeFile(join(dirname(path), 'train.py'), '');
    const uri = vscode.Uri.file(path);
    const shown = diagnosticsOf(uri, ({ length }) => length > 0);
    const client = await stage.start({ serverModule: await crashingServer(stage.folder) });
    await vscode.window.showTextDocument(await vscode.workspace.openTextDocument(uri));
    // The extension's own client answers beside this one, so all is there twice.
    deepEqual(new Set(codesOf(await shown)), new Set(['mlproject.undeclared-parameter']));
    await findsItsWay(uri);
    await helpsToWrite(uri);

    await crashAndWait(client, isRunningAgain(client));
    await until('the new server was told of the document', () => isFaultyTo(client, uri));
    const mended = diagnosticsOf(uri, ({ length }) => length === 0);
    const edit = new vscode.WorkspaceEdit();
    edit.replace(uri, new vscode.Range(4, 30, 4, 35), 'alpha');
    await vscode.workspace.applyEdit(edit);
    await mended;
    await findsItsWay(uri);
    await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
  });

  it('looks at an environment file that a project names, and at its settings', async () => {
    const project = await stage.write('MLproject', 'python_env: my-env.yaml\n');
    const path = join(dirname(project), 'my-env.yaml');
    await writeFile(path, 'pyhton: 3.11\n');
    const uri = vscode.Uri.file(path);
    const shown = diagnosticsOf(uri, ({ length }) => length > 0);
    await stage.start();
    await vscode.window.showTextDocument(await vscode.workspace.openTextDocument(uri));
    ok(codesOf(await shown).includes('python-env.unknown-key'));

    const settings = vscode.workspace.getConfiguration('mlflow.languageServer');
    const hidden = diagnosticsOf(uri, (all) => !codesOf(all).includes('python-env.unknown-key'));
    await settings.update(
      'severities',
      { 'python-env.unknown-key': 'off' },
      vscode.ConfigurationTarget.Global,
    );
    await hidden;
    await settings.update('severities', undefined, vscode.ConfigurationTarget.Global);
    await vscode.commands.executeCommand('workbench.action.closeActiveEditor');
  });
});

describe('registerLanguage', () => {
  const stage = setLanguageStage();

  it('starts the server once for the documents of its languages, and tells that it could not', async () => {
    const context = { asAbsolutePath: () => join(stage.folder, 'no-such-server.js') };
    const { log } = stage;
    const failed = new vscode.EventEmitter<unknown>();
    const failures: unknown[] = [];
    failed.event((error) => failures.push(error));
    const told = next(failed.event);
    const settings = () => ({ python: { path: undefined } });
    const tell = (error: unknown) => {
      failed.fire(error);
    };
    const sessions = { state: { kind: 'none' } } as const;
    const registered = registerLanguage({ context, log, onError: tell, settings, sessions });

    for (const name of ['MLproject', 'MLmodel']) {
      await vscode.workspace.openTextDocument(await stage.write(name));
    }
    await told;
    equal(failures.length, 1);
    match(String(failures[0]), /language server did not start/);
    registered.dispose();
  });

  it('starts no server for a requirements.txt or environment, unless an MLmodel lies beside it', async () => {
    for (const name of ['requirements.txt', 'conda.yaml']) {
      const path = await stage.write(name);
      const document = await vscode.workspace.openTextDocument(path);
      equal(await needsServer(document), false);
      await writeFile(join(dirname(path), 'MLmodel'), 'flavors: {}\n');
      equal(await needsServer(document), true);
    }
  });

  it('starts a server for an environment in a folder of a project', async () => {
    const project = await stage.write('mlproject');
    const path = join(dirname(project), 'envs', 'my_env.yaml');
    await mkdir(dirname(path));
    await writeFile(path, 'python: "3.11"\n');
    equal(await needsServer(await vscode.workspace.openTextDocument(path)), true);
  });
});

const faultyProject = `entry_points:
  main:
    parameters:
      alpha: {type: float, default: 0.5}
    command: python train.py {alhpa} {alpha}
`;

/** Definition and outline, as VS Code's own commands give them. */
async function findsItsWay(uri: vscode.Uri): Promise<void> {
  const text = (await vscode.workspace.openTextDocument(uri)).getText();
  const use = new vscode.Position(4, text.split('\n')[4]?.lastIndexOf('alpha') ?? 0);
  const lines = (await definitionsAt(uri, use)).map(({ range }) => range.start.line);
  deepEqual(new Set(lines), new Set([3]));
  const symbols = await symbolsOf(uri);
  deepEqual(
    symbols[0]?.children.map(({ name, children }) => [name, children.map((child) => child.name)]),
    [['main', ['alpha']]],
  );
}

/** Completion, hover and quick fix, as VS Code's own commands give them. */
async function helpsToWrite(uri: vscode.Uri): Promise<void> {
  const document = await vscode.workspace.openTextDocument(uri);
  const at = (words: string) => document.positionAt(document.getText().indexOf(words) + 1);
  ok((await completionsAt(uri, at('{alpha}'))).includes('{alpha}'));
  ok((await hoversAt(uri, at('alpha:'))).some((text) => text.includes('float')));
  const place = at('{alhpa}');
  const actions = await vscode.commands.executeCommand<readonly vscode.CodeAction[]>(
    'vscode.executeCodeActionProvider',
    uri,
    new vscode.Range(place, place),
  );
  ok(actions.some(({ edit }) => edit?.get(uri).some((one) => 'newText' in one && one.newText === 'alpha')));
}
