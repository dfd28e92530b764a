import { equal } from 'node:assert/strict';
import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
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
      await set(undefined, target);
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

  async function authorization(): Promise<string | undefined> {
    return (await connections.current?.authorize())?.get('authorization');
  }

  async function set(uri: string | undefined, target: vscode.ConfigurationTarget): Promise<void> {
    await vscode.workspace.getConfiguration().update('mlflow.tracking.uri', uri, target);
  }

  async function untilCurrent(uri: string | undefined): Promise<void> {
    await until(`the connection is ${uri ?? 'none'}`, () => connections.current?.uri === uri);
  }
});
