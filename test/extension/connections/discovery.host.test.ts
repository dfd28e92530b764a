import { deepEqual, equal } from 'node:assert/strict';
import { mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import * as vscode from 'vscode';
import type { Connections } from '../../../extension/connections/connections';
import type { ExtensionApi } from '../../../extension/extension';
import { until } from '../../support/until';
import { configure } from '../experiments/treeWalk';
import { hideDemoStore } from './hideDemoStore';

/** Nothing is opened to be found: the names of files are enough, so these are empty. */
describe('Stores in the workspace', () => {
  let connections: Connections;
  let folder: string;
  let elsewhere: string;
  let showDemoStore: () => Promise<void>;

  before(async () => {
    const extension = vscode.extensions.getExtension<ExtensionApi>('mlflow-lens.mlflow-lens');
    ({ connections } = await extension!.activate());
    await connections.ready;
    folder = vscode.workspace.workspaceFolders![0]!.uri.fsPath;
    elsewhere = await mkdtemp(join(tmpdir(), 'mlflow-lens-stores-'));
    showDemoStore = await hideDemoStore();
    await untilListed();
  });

  afterEach(async () => {
    for (const name of ['mlflow.db', 'mlruns', 'a', 'b', 'hidden', 'node_modules', '.gitignore']) {
      await rm(join(folder, name), { recursive: true, force: true });
    }
    await configure('files.exclude', undefined);
    await configure('files.watcherExclude', undefined);
    await untilListed();
  });

  after(async () => {
    await showDemoStore();
    await rm(elsewhere, { recursive: true, force: true });
  });

  it('shows an mlflow.db as soon as a first training makes it, and not once it is gone', async () => {
    await make('mlflow.db');
    await untilShown('mlflow.db');
    equal(connections.current?.source, 'found');
    equal(connections.current.path, join(folder, 'mlflow.db'));
    await rm(join(folder, 'mlflow.db'));
    await untilShown(undefined);
  });

  it('shows an mlruns directory, even a nested one, until its folder goes', async () => {
    await make('a/runs/mlruns/0/meta.yaml');
    await untilShown('a/runs/mlruns');
    await rm(join(folder, 'a'), { recursive: true });
    await untilShown(undefined);
  });

  it('takes mlruns beside an mlflow.db for its artifacts', async () => {
    await make('mlruns/0/0123456789abcdef0123456789abcdef/artifacts/model/meta.yaml');
    await make('mlflow.db');
    await untilListed('mlflow.db');
    equal(connections.current?.name, 'mlflow.db');
  });

  it('shows none of several, but the one that is chosen', async () => {
    await make('both/mlflow.db', elsewhere);
    await make('both/mlruns/1/meta.yaml', elsewhere);
    await rename(join(elsewhere, 'both'), join(folder, 'b'));
    await untilListed('b/mlflow.db', 'b/mlruns');
    equal(connections.current, undefined);
    equal(connections.found.status, 'several');
    await connections.found.choose(join(folder, 'b/mlruns'));
    await untilShown('b/mlruns');
  });

  it('leaves out what files.exclude hides and what packages bring, but not what git ignores', async () => {
    await configure('files.exclude', { '**/hidden': true });
    await make('hidden/mlflow.db');
    await make('node_modules/x/mlflow.db');
    await writeFile(join(folder, '.gitignore'), 'mlflow.db\n');
    await make('a/mlflow.db');
    await untilListed('a/mlflow.db');
    await connections.found.look();
    deepEqual(labels(), ['a/mlflow.db']);
  });

  it('notices at the top of the workspace also what VS Code does not watch', async () => {
    await configure('files.watcherExclude', { '**': true });
    await make('mlflow.db');
    await untilShown('mlflow.db');
    await rm(join(folder, 'mlflow.db'));
    await untilShown(undefined);
  });

  async function make(path: string, parent = folder): Promise<void> {
    await mkdir(dirname(join(parent, path)), { recursive: true });
    await writeFile(join(parent, path), '');
  }

  function labels(): readonly string[] {
    return connections.found.list.map(({ label }) => label);
  }

  async function untilListed(...expected: readonly string[]): Promise<void> {
    await until(`found is [${expected.join(', ')}]`, () => labels().join() === expected.join());
  }

  async function untilShown(name: string | undefined): Promise<void> {
    await until(`${name ?? 'nothing'} is shown`, () => connections.current?.name === name);
  }
});
