import { deepEqual, equal, match, ok, rejects } from 'node:assert/strict';
import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as vscode from 'vscode';
import type { ExtensionApi } from '../../../extension/extension';
import { toArtifactUri } from '../../../extension/ui/artifactUri';
import { projectRoot } from '../../support/cache';
import { runPython, startMlflowServer, type MlflowServer } from '../../support/mlflowServer';
import { until } from '../../support/until';
import { configure, untilReady } from '../experiments/treeWalk';

const { fs } = vscode.workspace;
const here = join(projectRoot(), 'test/extension/artifacts');

describe('Artifacts as files in VS Code', () => {
  let api: ExtensionApi;
  let server: MlflowServer;
  let folder: string;
  let runIds: readonly string[];

  before(async () => {
    api = await vscode.extensions.getExtension<ExtensionApi>('mlflow-lens.mlflow-lens')!.activate();
    folder = vscode.workspace.workspaceFolders![0]!.uri.fsPath;
    server = await startMlflowServer();
    const printed = await runPython(server, join(here, 'log_files.py'));
    runIds = JSON.parse(printed.trim().split('\n').at(-1) ?? '') as string[];
  });

  after(async () => {
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    await configure('mlflow.tracking.uri', undefined);
    await server.stop();
    await rm(join(folder, 'MLmodel'), { force: true });
  });

  beforeEach(() => vscode.commands.executeCommand('workbench.action.closeAllEditors'));

  const uriOf = (path: string, index = 0) => {
    const { state } = api.sessions;
    if (state.kind === 'none') throw new Error('There is no connection.');
    return vscode.Uri.from(toArtifactUri(state.connection, { runId: runIds[index]!, path }));
  };
  const targetOf = (path: string, index = 0) => ({ runId: runIds[index]!, artifact: { path } });
  const run = (id: string, ...args: readonly unknown[]) => vscode.commands.executeCommand(id, ...args);
  const tabs = () => vscode.window.tabGroups.all.flatMap((group) => group.tabs);
  const tabOf = (label: RegExp) =>
    until(`a tab is called ${label.source}`, () => tabs().find((tab) => label.test(tab.label)));
  const textOf = async (uri: vscode.Uri) => new TextDecoder().decode(await fs.readFile(uri));
  const failsAs =
    (code: string, message = /./) =>
    (error: unknown) =>
      error instanceof vscode.FileSystemError && error.code === code && message.test(error.message);

  const stores = {
    'of a server': () => server.uri,
    'of a local store': () => `sqlite:///${join(server.store, 'mlflow.db')}`,
  };
  for (const [name, trackingUri] of Object.entries(stores)) {
    describe(name, () => {
      before(async () => {
        await configure('mlflow.tracking.uri', trackingUri());
        await untilReady(api, trackingUri());
      });

      it('are listed folder by folder, with their kinds and sizes', async () => {
        const { File, Directory } = vscode.FileType;
        const root = await fs.readDirectory(uriOf(''));
        deepEqual(new Map(root).get('plots'), Directory);
        deepEqual(new Map(root).get('README.md'), File);
        deepEqual(await fs.readDirectory(uriOf('plots')), [['curve.png', File]]);
        equal((await fs.stat(uriOf(''))).type, Directory);
        equal((await fs.stat(uriOf('model'))).type, Directory);
        const { type, size } = await fs.stat(uriOf('table.csv'));
        deepEqual([type, size], [File, 8]);
      });

      it('are read byte by byte, also an empty one and one of an odd name', async () => {
        equal(await textOf(uriOf('table.csv')), 'a,b\n1,2\n');
        equal(await textOf(uriOf('empty.txt')), '');
        equal(await textOf(uriOf("odd/ünï 'code' + 1 & 2.txt")), 'odd\n');
        deepEqual(
          [...(await fs.readFile(uriOf('plots/curve.png'))).subarray(0, 4)],
          [0x89, 0x50, 0x4e, 0x47],
        );
      });

      it('that are not there are not found', async () => {
        for (const path of ['no such file', 'no/such/file', 'table.csv/x'])
          await rejects(() => Promise.resolve(fs.stat(uriOf(path))), failsAs('FileNotFound'), path);
        const stranger = uriOf('').with({ path: `/${'0'.repeat(32)}/a` });
        await rejects(() => Promise.resolve(fs.stat(stranger)), failsAs('FileNotFound'));
      });

      it('are only read', async () => {
        equal(fs.isWritableFileSystem('mlflow-artifact'), false);
        await rejects(() => Promise.resolve(fs.writeFile(uriOf('new.txt'), new Uint8Array())));
        await rejects(() => Promise.resolve(fs.delete(uriOf('table.csv'))));
        equal(await textOf(uriOf('table.csv')), 'a,b\n1,2\n');
      });

      it('do not lead out of the run, and say so', async () => {
        for (const path of ['%2e%2e/mlflow.db', 'a\\b', 'C:/x', 'plots/..;/x'])
          await rejects(
            () => Promise.resolve(fs.stat(uriOf(path))),
            failsAs('NoPermissions', /leads? out of the artifacts/),
            path,
          );
      });
    });
  }

  describe('opened', () => {
    before(async () => {
      await configure('mlflow.tracking.uri', server.uri);
      await untilReady(api, server.uri);
    });

    it('are in the editor that VS Code has for their kind', async () => {
      const kinds = {
        'data.json': vscode.TabInputText,
        'README.md': vscode.TabInputText,
        'table.csv': vscode.TabInputText,
        'plots/curve.png': vscode.TabInputCustom,
        'book.ipynb': vscode.TabInputNotebook,
      };
      for (const [path, kind] of Object.entries(kinds)) {
        await run('mlflow.artifact.open', targetOf(path));
        const { input } = await tabOf(new RegExp(`^${path.slice(path.indexOf('/') + 1)}$`));
        ok(input instanceof kind, path);
        equal(tabs().length, 1, 'one preview after the other');
      }
      const languages = ['data.json', 'model/MLmodel', 'README.md'].map(
        async (path) => (await vscode.workspace.openTextDocument(uriOf(path))).languageId,
      );
      deepEqual(await Promise.all(languages), ['json', 'mlmodel', 'markdown']);
    });

    it('have the help of our language server', async () => {
      await run('mlflow.artifact.open', targetOf('model/MLmodel'));
      const document = await vscode.workspace.openTextDocument(uriOf('model/MLmodel'));
      const text = await until('the language server explains a key', async () => {
        const hovers = await vscode.commands.executeCommand<vscode.Hover[]>(
          'vscode.executeHoverProvider',
          document.uri,
          new vscode.Position(0, 2),
        );
        const [first] = hovers.flatMap(({ contents }) => contents);
        return first instanceof vscode.MarkdownString && first.value;
      });
      match(text, /flavor/i);
      await until('its problems are listed', () =>
        vscode.languages.getDiagnostics(document.uri).some(({ message }) => message.includes('number')),
      );
    });

    it('follow their run when it is refreshed', async () => {
      const document = await vscode.workspace.openTextDocument(uriOf('data.json'));
      await vscode.window.showTextDocument(document);
      const code = `import mlflow; mlflow.MlflowClient().log_text('${runIds[0]!}', '{"loss": 2}', 'data.json')`;
      const script = join(server.store, 'log_again.py');
      await writeFile(script, code);
      await runPython(server, script);
      await api.sessions.catalog!.refreshRun(runIds[0]!);
      await until('the editor has the new text', () => document.getText() === '{"loss": 2}');
    });

    it('copy their path and where they are', async () => {
      const copied = async (id: string, ...args: readonly unknown[]) => {
        await run(id, ...args);
        return await vscode.env.clipboard.readText();
      };
      const both = [targetOf('model/MLmodel'), targetOf('table.csv')];
      equal(await copied('mlflow.artifact.copyPath', both[0], both), 'model/MLmodel\ntable.csv');
      equal(await copied('mlflow.artifact.copyUri', uriOf('table.csv')), `runs:/${runIds[0]!}/table.csv`);
      match(
        await copied('mlflow.artifact.copyLocation', both[0]),
        /^mlflow-artifacts:\/.*\/artifacts\/model\/MLmodel$/,
      );
    });

    it('copy URIs at which MLflow’s own client finds them', async () => {
      const texts = {
        'table.csv': 'a,b\n1,2\n',
        "odd/ünï 'code' + 1 & 2.txt": 'odd\n',
      };
      const targets = Object.keys(texts).map((path) => targetOf(path));
      for (const id of ['mlflow.artifact.copyUri', 'mlflow.artifact.copyLocation']) {
        await run(id, targets[0], targets);
        const uris = (await vscode.env.clipboard.readText()).split('\n');
        const printed = await runPython(server, join(here, 'readUris.py'), uris);
        deepEqual(JSON.parse(printed.trim().split('\n').at(-1) ?? ''), Object.values(texts), id);
      }
    });

    it('are revealed in the tree', async () => {
      await run('mlflow.artifact.reveal', uriOf('model/requirements.txt'));
      await until('the row is selected', () => {
        const [row] = api.experimentsTree.selection;
        return row?.kind === 'artifact' && row.artifact.path === 'model/requirements.txt';
      });
    });

    it('of another connection say whose they are', async () => {
      const uri = uriOf('data.json');
      await fs.stat(uri);
      const local = `sqlite:///${join(server.store, 'mlflow.db')}`;
      await configure('mlflow.tracking.uri', local);
      await untilReady(api, local);
      const message = new RegExp(`belongs to ${server.uri}.*connected to sqlite`);
      await rejects(() => Promise.resolve(fs.stat(uri)), failsAs('Unavailable', message));
      await configure('mlflow.tracking.uri', server.uri);
      await untilReady(api, server.uri);
      equal((await fs.stat(uri)).type, vscode.FileType.File);
    });
  });

  describe('compared', () => {
    const pair = (path: string) => [targetOf(path), targetOf(path, 1)];
    const textsOf = async ({ original, modified }: vscode.TabInputTextDiff) => {
      const documents = [original, modified].map((uri) => vscode.workspace.openTextDocument(uri));
      return (await Promise.all(documents)).map((document) => document.getText());
    };

    it('are shown side by side, in the language that their name says', async () => {
      await run('mlflow.artifact.compare', pair('model/MLmodel')[0], pair('model/MLmodel'));
      const { input } = await tabOf(/model\/MLmodel: files 0 ↔ files 1/);
      ok(input instanceof vscode.TabInputTextDiff);
      deepEqual(await textsOf(input), ['flavors: {}\nnumber: 0\n', 'flavors: {}\nnumber: 1\n']);
      equal((await vscode.workspace.openTextDocument(input.original)).languageId, 'mlmodel');
    });

    it('are shown side by side as pictures, where they are', async () => {
      await run('mlflow.artifact.compare', pair('plots/curve.png')[0], pair('plots/curve.png'));
      const tab = await tabOf(/curve\.png.* ↔ .*curve\.png/);
      ok(!(tab.input instanceof vscode.TabInputTextDiff));
    });

    it('are empty where a run has none, and say so', async () => {
      await run('mlflow.artifact.compare', pair('only-first.txt')[0], pair('only-first.txt'));
      const { input } = await tabOf(/only-first\.txt: files 0 ↔ files 1 \(missing\)/);
      ok(input instanceof vscode.TabInputTextDiff);
      deepEqual(await textsOf(input), ['only here\n', '']);
    });

    it('open nothing for a file that no run has, or that is a folder', async () => {
      for (const path of ['no such file', 'model', '../x', 'model/../../x'])
        await run('mlflow.artifact.compare', pair(path)[0], pair(path));
      deepEqual(tabs(), []);
    });

    it('are compared with the file of the workspace that is called like them', async () => {
      await writeFile(join(folder, 'MLmodel'), 'flavors: {}\nnumber: 7\n');
      const compared = run('mlflow.artifact.compareWithFile', uriOf('model/MLmodel'));
      await until('the file is picked', async () => {
        await run('workbench.action.acceptSelectedQuickOpenItem');
        return tabs().length > 0;
      });
      await compared;
      const { input } = await tabOf(/model\/MLmodel: files 0 ↔ MLmodel/);
      ok(input instanceof vscode.TabInputTextDiff);
      equal((await textsOf(input))[0], 'flavors: {}\nnumber: 0\n');
      equal(input.modified.toString(), vscode.Uri.file(join(folder, 'MLmodel')).toString());
    });
  });
});
