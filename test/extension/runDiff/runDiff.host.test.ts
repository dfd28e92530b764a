import { deepEqual, equal, match, ok } from 'node:assert/strict';
import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as vscode from 'vscode';
import type { ExtensionApi } from '../../../extension/extension';
import { projectRoot } from '../../support/cache';
import { runPython, startMlflowServer, type MlflowServer } from '../../support/mlflowServer';
import { until } from '../../support/until';
import { configure, untilReady } from '../experiments/treeWalk';
import { makeRepository } from './repository';

describe('Comparing runs in VS Code', () => {
  let server: MlflowServer;
  let folder: string;
  let runs: readonly { readonly runId: string }[];

  before(async () => {
    const api = await vscode.extensions.getExtension<ExtensionApi>('mlflow-lens.mlflow-lens')!.activate();
    folder = vscode.workspace.workspaceFolders![0]!.uri.fsPath;
    const repository = await makeRepository(folder);
    const commits: string[] = [];
    for (const step of ['one', 'two']) {
      await writeFile(join(folder, 'changed.py'), `print('${step}')\n`);
      await writeFile(join(folder, `only-${step}.py`), '');
      commits.push(await repository.commit(step));
    }
    await writeFile(join(folder, 'changed.py'), "print('three')\n");
    server = await startMlflowServer();
    const printed = await runPython(
      server,
      join(projectRoot(), 'test/extension/runDiff/logPair.py'),
      commits,
    );
    runs = (JSON.parse(printed.trim().split('\n').at(-1) ?? '') as string[]).map((runId) => ({ runId }));
    await configure('mlflow.tracking.uri', server.uri);
    await untilReady(api, server.uri);
  });

  after(async () => {
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    await configure('mlflow.tracking.uri', undefined);
    await server.stop();
    for (const name of ['.git', 'changed.py', 'only-one.py', 'only-two.py']) {
      await rm(join(folder, name), { recursive: true, force: true });
    }
  });

  beforeEach(() => vscode.commands.executeCommand('workbench.action.closeAllEditors'));

  const run = (id: string, ...args: readonly unknown[]) => vscode.commands.executeCommand(id, ...args);
  const tabs = () => vscode.window.tabGroups.all.flatMap((group) => group.tabs);
  const documentsCalled = (name: string) =>
    vscode.workspace.textDocuments.filter(
      ({ uri }) => uri.scheme === 'mlflow-run-document' && uri.path.endsWith(`/${name}`),
    );
  const tabOf = (label: RegExp) =>
    until(`a tab is called ${label.source}`, () => tabs().find((tab) => label.test(tab.label)));

  it('opens one panel for a set of runs, whatever their order', async () => {
    const twice = [runs.slice(0, 2), runs.slice(0, 2)];
    await Promise.all(twice.map((pair) => run('mlflow.run.compare', pair[0], pair)));
    const { input } = await tabOf(/^compared 0 ↔ compared 1$/);
    ok(input instanceof vscode.TabInputWebview);
    match(input.viewType, /mlflow\.runDiff$/);
    await run('mlflow.run.compare', runs[1], [runs[1], runs[0]]);
    equal(tabs().length, 1);
    await run('mlflow.run.compare', runs[0], runs);
    await tabOf(/^Compare 3 Runs$/);
    equal(tabs().length, 2);
  });

  it('compares with the run that was selected before', async () => {
    await run('mlflow.run.selectForCompare', runs[2]);
    await run('mlflow.run.compareWithSelected', runs[0]);
    await tabOf(/^compared 2 ↔ compared 0$/);
  });

  it('shows two runs as documents in the diff editor', async () => {
    await run('mlflow.run.compareInDiffEditor', runs[0], runs.slice(0, 2));
    const { input } = await tabOf(/compared 0 ↔ compared 1/);
    ok(input instanceof vscode.TabInputTextDiff);
    const [one, other] = await Promise.all(
      [input.original, input.modified].map((uri) => vscode.workspace.openTextDocument(uri)),
    );
    match(one!.getText(), /\noptimizer\.lr: 0\.1\noptimizer\.name: adam\n/);
    match(other!.getText(), /\noptimizer\.lr: 0\.2\noptimizer\.name: adam\n/);
    match(other!.getText(), /\nloss: 0\.5 \(step 0\)\n/);
    equal(one!.uri.scheme, 'mlflow-run-document');
  });

  it('shows the MLmodel files of two model versions', async () => {
    const versions = ['1', '2'].map((version) => ({ modelName: 'compared-model', version }));
    await run('mlflow.modelVersion.compare', versions[0], versions);
    const { input } = await tabOf(/compared-model 1 ↔ compared-model 2/);
    ok(input instanceof vscode.TabInputTextDiff);
    const document = await vscode.workspace.openTextDocument(input.modified);
    match(document.getText(), /number: 1/);
    equal(document.languageId, 'mlmodel');
  });

  it('shows what differs in the requirements of two model versions', async () => {
    const versions = ['1', '2'].map((version) => ({ modelName: 'compared-model', version }));
    await run('mlflow.modelVersion.compareRequirements', versions[0], versions);
    await tabOf(/Requirements: compared-model 1 ↔ compared-model 2/);
    const texts = await until('the requirements of both versions are open', () => {
      const opened = documentsCalled('requirements.txt');
      return opened.length === 2 && opened.map((document) => document.getText()).sort();
    });
    deepEqual(texts, ['numpy==0.0\n', 'numpy==1.0\n']);
    deepEqual(documentsCalled('python_env.yaml'), []);
  });

  it('shows what changed in the code from one run to the other', async () => {
    await run('mlflow.run.compareSource', runs[0], runs.slice(0, 2));
    await tabOf(/compared 0 \([0-9a-f]{7}\) ↔ compared 1 \([0-9a-f]{7}, uncommitted changes\)/);
    const texts = await until('the files of both commits are open', () => {
      const opened = vscode.workspace.textDocuments.filter(
        ({ uri }) => uri.scheme === 'git' && uri.path.endsWith('changed.py'),
      );
      return opened.length === 2 && opened.map((document) => document.getText()).sort();
    });
    deepEqual(texts, ["print('one')\n", "print('two')\n"]);
  });

  it('shows what changed in the code since a run', async () => {
    await run('mlflow.run.compareSourceWithWorkingTree', runs[1]);
    await tabOf(/compared 1 \([0-9a-f]{7}, uncommitted changes\) ↔ Working Tree/);
    const texts = await until('the file as it was and as it is are open', () => {
      const opened = vscode.workspace.textDocuments.filter(({ uri }) => uri.path.endsWith('/changed.py'));
      const schemes = opened.map(({ uri }) => uri.scheme).sort();
      return schemes.join() === 'file,git' && opened.map((document) => document.getText()).sort();
    });
    deepEqual(texts, ["print('three')\n", "print('two')\n"]);
  });

  it('opens nothing for a run that carries no commit', async () => {
    await run('mlflow.run.compareSource', runs[0], [runs[0], runs[2]]);
    deepEqual(tabs(), []);
  });

  it('asks for the runs that it was not given, and does nothing when the user turns away', async () => {
    let isOver = false;
    const asked = run('mlflow.run.compareInDiffEditor', runs[0]).then(() => (isOver = true));
    await until('the picker is closed', async () => {
      await run('workbench.action.closeQuickOpen');
      return isOver;
    });
    await asked;
    deepEqual(tabs(), []);
  });
});
