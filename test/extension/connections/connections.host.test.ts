import { deepEqual, equal } from 'node:assert/strict';
import { rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import * as vscode from 'vscode';
import type { Connections } from '../../../extension/connections/connections';
import type { Credentials } from '../../../extension/connections/credentials';
import type { ExtensionApi } from '../../../extension/extension';
import { until } from '../../support/until';
import { hideDemoStore } from './hideDemoStore';

const named = 'http://127.0.0.1:1';
const filed = 'http://127.0.0.1:2';

describe('Connections in VS Code', () => {
  let connections: Connections;
  let credentials: Credentials;
  let envFile: string;
  let showDemoStore: () => Promise<void>;

  before(async () => {
    const extension = vscode.extensions.getExtension<ExtensionApi>('mlflow-lens.mlflow-lens');
    ({ connections, credentials } = await extension!.activate());
    envFile = join(vscode.workspace.workspaceFolders![0]!.uri.fsPath, '.env');
    await connections.ready;
    showDemoStore = await hideDemoStore();
    await untilCurrent(undefined);
  });

  after(() => showDemoStore());

  afterEach(async () => {
    for (const target of [vscode.ConfigurationTarget.Global, vscode.ConfigurationTarget.Workspace]) {
      for (const key of ['mlflow.tracking.uri', 'mlflow.registry.uri', 'mlflow.connections']) {
        await configure(key, undefined, target);
      }
    }
    await rm(envFile, { recursive: true, force: true });
    await credentials.remove(named);
    await untilCurrent(undefined);
  });

  it('follows the setting, the workspace before the user', async () => {
    await set(filed, vscode.ConfigurationTarget.Global);
    await untilCurrent(filed);
    equal(connections.current?.source, 'userSetting');
    await set(named, vscode.ConfigurationTarget.Workspace);
    await untilCurrent(named);
    equal(connections.current.source, 'workspaceSetting');
    await set(undefined, vscode.ConfigurationTarget.Workspace);
    await untilCurrent(filed);
  });

  it('follows a .env as it is written, changed and removed', async () => {
    await writeFile(envFile, `MLFLOW_TRACKING_URI=${filed}\n`);
    await untilCurrent(filed);
    equal(connections.current?.sourceLabel, 'MLFLOW_TRACKING_URI in .env');
    await writeFile(envFile, `MLFLOW_TRACKING_URI=${named}/changed\n`);
    await untilCurrent(`${named}/changed`);
    await rm(envFile);
    await untilCurrent(undefined);
  });

  it('ignores a .env that is too large', async () => {
    await writeFile(envFile, `MLFLOW_TRACKING_URI=${named}\n`);
    await untilCurrent(named);
    await writeFile(envFile, `MLFLOW_TRACKING_URI=${named}\n${'#'.repeat(2 ** 20)}\n`);
    await untilCurrent(undefined);
  });

  it('takes stored credentials to their own origin only, at once', async () => {
    await set(named, vscode.ConfigurationTarget.Global);
    await untilCurrent(named);
    const changed = new Promise<void>((resolve) => {
      const subscription = connections.onDidChange(() => {
        subscription.dispose();
        resolve();
      });
    });
    const login = { kind: 'bearer', token: 'secret' } as const;
    await credentials.save(named, { login, headers: new Map() });
    await changed;
    equal(await authorization(), 'Bearer secret');
    await set(filed, vscode.ConfigurationTarget.Global);
    await untilCurrent(filed);
    equal(await authorization(), undefined);
  });

  it('calls a connection by its kept name, the workspace before the user', async () => {
    await set(named, vscode.ConfigurationTarget.Global);
    await untilCurrent(named);
    await configure('mlflow.connections', [{ name: 'Mine', uri: named }], vscode.ConfigurationTarget.Global);
    await untilNamed('Mine');
    const ours = [{ name: 'Ours', uri: named }];
    await configure('mlflow.connections', ours, vscode.ConfigurationTarget.Workspace);
    await untilNamed('Ours');
    await configure('mlflow.connections', undefined, vscode.ConfigurationTarget.Workspace);
    await untilNamed('Mine');
  });

  it('keeps the connection in use under the name that is asked for', async () => {
    await set(named, vscode.ConfigurationTarget.Global);
    await untilCurrent(named);
    const keeping = vscode.commands.executeCommand('mlflow.connection.keep');
    await until('the suggested name is accepted', async () => {
      await vscode.commands.executeCommand('workbench.action.acceptSelectedQuickOpenItem');
      return vscode.workspace.getConfiguration().get<readonly unknown[]>('mlflow.connections')?.length === 1;
    });
    await keeping;
    deepEqual(vscode.workspace.getConfiguration().inspect('mlflow.connections')?.globalValue, [
      { name: '127.0.0.1:1', uri: named },
    ]);
  });

  it('follows the registry URI beside the tracking URI', async () => {
    await set(named, vscode.ConfigurationTarget.Global);
    await untilCurrent(named);
    equal(connections.current?.registry, undefined);
    await configure('mlflow.registry.uri', 'sqlite:///models.db', vscode.ConfigurationTarget.Workspace);
    const registry = await until('there is a registry', () => connections.current?.registry);
    equal(registry.path, join(dirname(envFile), 'models.db'));
    equal(registry.sourceLabel, 'setting mlflow.registry.uri (workspace)');
  });

  async function authorization(): Promise<string | undefined> {
    return (await connections.current?.authorize())?.get('authorization');
  }

  async function set(uri: string | undefined, target: vscode.ConfigurationTarget): Promise<void> {
    await configure('mlflow.tracking.uri', uri, target);
  }

  async function configure(key: string, value: unknown, target: vscode.ConfigurationTarget): Promise<void> {
    await vscode.workspace.getConfiguration().update(key, value, target);
  }

  async function untilNamed(name: string): Promise<void> {
    await until(`the connection is called ${name}`, () => connections.current?.name === name);
  }

  async function untilCurrent(uri: string | undefined): Promise<void> {
    await until(`the connection is ${uri ?? 'none'}`, () => connections.current?.uri === uri);
  }
});
