import * as vscode from 'vscode';
import { Emitter, type Disposable } from '../catalog/emitter';
import { causeOf } from '../tracking/errors';
import type { EnvFile } from './resolveConnection';
import { parseEnvFile } from './variables';
import { isOnDisk, ownFolders } from './workspaceFolders';

/** In bytes; no `.env` written by people comes near. */
const largest = 2 ** 20;

/**
 * The `.env` file of each workspace folder but those of artifacts: what a run logged chooses no server. In an untrusted workspace
 * there are none: a folder can't choose one either.
 */
export class EnvFiles implements Disposable {
  private readonly changed = new Emitter();
  /** Fires when a `.env` was written or removed, folders came or went, or the workspace became trusted. */
  readonly onDidChange = this.changed.event;

  private watchers: vscode.Disposable | undefined;
  private readonly subscriptions: vscode.Disposable;

  constructor(private readonly log: (line: string) => void) {
    const notify = () => {
      this.changed.fire();
    };
    this.subscriptions = vscode.Disposable.from(
      vscode.workspace.onDidGrantWorkspaceTrust(notify),
      vscode.workspace.onDidChangeWorkspaceFolders(() => {
        this.watch();
        notify();
      }),
    );
    this.watch();
  }

  /** Never rejects: a file that can't be read counts as missing. */
  async read(): Promise<readonly EnvFile[]> {
    if (!vscode.workspace.isTrusted) return [];
    const folders = ownFolders();
    const files = await Promise.all(
      folders.map((folder) => this.readFile(folder, folders.length > 1 ? `${folder.name}/.env` : '.env')),
    );
    return files.filter((file) => file !== undefined);
  }

  dispose(): void {
    this.watchers?.dispose();
    this.subscriptions.dispose();
    this.changed.dispose();
  }

  private async readFile(folder: vscode.WorkspaceFolder, label: string): Promise<EnvFile | undefined> {
    const uri = vscode.Uri.joinPath(folder.uri, '.env');
    try {
      const base = isOnDisk(folder.uri) ? folder.uri.fsPath : undefined;
      return { path: uri.toString(), label, folder: base, variables: parseEnvFile(await readText(uri)) };
    } catch (error) {
      const isMissing = error instanceof vscode.FileSystemError && error.code === 'FileNotFound';
      if (!isMissing) this.log(`${label} was ignored: ${causeOf(error)}`);
      return undefined;
    }
  }

  private watch(): void {
    this.watchers?.dispose();
    const folders = ownFolders();
    this.watchers = vscode.Disposable.from(...folders.map((folder) => this.watchFolder(folder)));
  }

  private watchFolder(folder: vscode.WorkspaceFolder): vscode.Disposable {
    const watcher = vscode.workspace.createFileSystemWatcher(new vscode.RelativePattern(folder, '.env'));
    const notify = () => {
      this.changed.fire();
    };
    watcher.onDidCreate(notify);
    watcher.onDidChange(notify);
    watcher.onDidDelete(notify);
    return watcher;
  }
}

async function readText(uri: vscode.Uri): Promise<string> {
  const { size, type } = await vscode.workspace.fs.stat(uri);
  if ((type & vscode.FileType.File) === 0) throw new Error('it is not a file');
  if (size > largest) throw new Error('it is larger than 1 MB');
  return new TextDecoder().decode(await vscode.workspace.fs.readFile(uri));
}
