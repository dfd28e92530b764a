import * as vscode from 'vscode';
import { Emitter } from '../catalog/emitter';
import { causeOf } from '../tracking/errors';
import { folderPaths, isOnDisk, localFolders } from './workspaceFolders';
import {
  collectStores,
  ignoredFolders,
  mayHaveLost,
  type FoundStore,
  type StoreFinder,
} from './collectStores';

/** In milliseconds; a search that takes longer is given up. */
const longestSearch = 10_000;
/** Files that tell of stores: many experiments make one mlruns directory. */
const mostFiles = 2000;

const excluded = `**/{${ignoredFolders.join(',')}}/**`;

/**
 * Finds mlflow.db files and mlruns directories in the workspace folders on disk, respecting files.exclude, and follows
 * what comes and goes by VS Code's own file watching. Nothing is opened: names are enough.
 */
export class Discovery implements StoreFinder {
  private readonly changed = new Emitter();
  readonly onDidChange = this.changed.event;

  private found: readonly FoundStore[] = [];
  private search: Promise<void> | undefined;
  private looks = 0;
  private readonly ending = new vscode.CancellationTokenSource();
  private readonly subscriptions: vscode.Disposable;

  constructor(private readonly log: (line: string) => void) {
    this.subscriptions = vscode.Disposable.from(
      vscode.workspace.onDidChangeWorkspaceFolders(() => void this.look()),
      this.watch('**/mlflow.db', 'created'),
      this.watch('**/meta.yaml', 'created'),
      // A folder that goes takes its stores along, and only the folder's own end is told.
      this.watch('**', 'deleted'),
    );
  }

  get stores(): readonly FoundStore[] {
    return this.found;
  }

  /** One search at a time; what changes during one is looked for once more. */
  look(): Promise<void> {
    this.looks++;
    this.search ??= this.searchUntilFresh().finally(() => {
      this.search = undefined;
    });
    return this.search;
  }

  dispose(): void {
    this.ending.cancel();
    this.ending.dispose();
    this.subscriptions.dispose();
    this.changed.dispose();
  }

  private async searchUntilFresh(): Promise<void> {
    let served: number;
    do {
      served = this.looks;
      const files = await this.findFiles();
      if (!files || this.ending.token.isCancellationRequested) return;
      const found = collectStores(files, folderPaths());
      const isNews = JSON.stringify(found) !== JSON.stringify(this.found);
      this.found = found;
      if (isNews) this.changed.fire();
    } while (served !== this.looks);
  }

  /** Undefined when that took too long or failed: what was found before may still be there. */
  private async findFiles(): Promise<readonly string[] | undefined> {
    const limited = new vscode.CancellationTokenSource();
    const timer = setTimeout(() => {
      limited.cancel();
    }, longestSearch);
    const ended = this.ending.token.onCancellationRequested(() => {
      limited.cancel();
    });
    const find = (include: vscode.GlobPattern) =>
      vscode.workspace.findFiles(include, excluded, mostFiles, limited.token);
    try {
      const found = await Promise.all([
        find('**/mlflow.db'),
        find('**/mlruns/*/meta.yaml'),
        ...localFolders().map((folder) => find(new vscode.RelativePattern(folder, '*/meta.yaml'))),
      ]);
      if (limited.token.isCancellationRequested) throw new Error('it takes too long');
      return found
        .flat()
        .filter(isOnDisk)
        .map((uri) => uri.fsPath);
    } catch (error) {
      this.log(`The workspace could not be searched for MLflow stores: ${causeOf(error)}`);
      return undefined;
    } finally {
      clearTimeout(timer);
      ended.dispose();
      limited.dispose();
    }
  }

  private watch(pattern: string, event: 'created' | 'deleted'): vscode.Disposable {
    const watcher = vscode.workspace.createFileSystemWatcher(
      pattern,
      event !== 'created',
      true,
      event !== 'deleted',
    );
    watcher.onDidCreate((uri) => {
      if (isOnDisk(uri) && this.isNew(uri.fsPath)) void this.look();
    });
    watcher.onDidDelete((uri) => {
      if (isOnDisk(uri) && mayHaveLost(uri.fsPath, this.found)) void this.look();
    });
    return watcher;
  }

  private isNew(file: string): boolean {
    return collectStores([file], folderPaths()).some(({ path }) =>
      this.found.every((store) => store.path !== path),
    );
  }
}
