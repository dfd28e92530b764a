import { readFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { onDidChangeSettings, readSettings } from '../settings';
import { causeOf } from '../tracking/errors';
import { Connections } from './connections';
import { Credentials } from './credentials';
import { EnvFiles } from './envFiles';
import { FoundStores } from './foundStores';
import { Recents } from './recents';
import { parseCredentialsFile, readVariables, type Variables } from './variables';
import { folderPaths } from './workspaceFolders';

export interface OpenedConnections {
  readonly connections: Connections;
  readonly credentials: Credentials;
  dispose(): void;
}

/** Connections as this window has them: from its settings, its process, its folders and its secrets. */
export function createConnections(
  context: Pick<vscode.ExtensionContext, 'secrets' | 'globalState' | 'workspaceState'>,
  log: (line: string) => void,
): OpenedConnections {
  const credentials = new Credentials(context.secrets, log);
  const envFiles = new EnvFiles(log);
  const found = new FoundStores(async () => {
    const { Discovery } = await import('./discovery');
    return new Discovery(log);
  }, context.workspaceState);
  const connections = new Connections({
    settings: readSettings,
    onDidChangeSettings,
    environment: readVariables(process.env),
    readFiles: async () => {
      const [files, home] = await Promise.all([envFiles.read(), readHomeCredentials(log)]);
      return { envFiles: files, home };
    },
    onDidChangeFiles: envFiles.onDidChange,
    credentials,
    recents: new Recents(context.globalState),
    found,
    folders: folderPaths,
  });
  const owned = vscode.Disposable.from(connections, found, envFiles, credentials);
  return { connections, credentials, dispose: () => void owned.dispose() };
}

async function readHomeCredentials(log: (line: string) => void): Promise<Variables> {
  try {
    return parseCredentialsFile(await readFile(join(homedir(), '.mlflow', 'credentials'), 'utf8'));
  } catch (error) {
    const isMissing = error instanceof Error && 'code' in error && error.code === 'ENOENT';
    if (!isMissing) log(`~/.mlflow/credentials was ignored: ${causeOf(error)}`);
    return {};
  }
}
