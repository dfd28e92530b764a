import * as vscode from 'vscode';
import { Emitter } from '../catalog/emitter';
import { causeOf } from '../tracking/errors';
import { findFiles, folderPaths, isOnDisk, localFolders } from './workspaceFolders';
import {
  collectStores,
  ignoredFolders,
  mayBringStores,
  mayHaveLost,
  type FoundStore,
  type StoreFinder,
} from './collectStores';

/** In milliseconds; a search that takes longer is given up. */
const longestSearch = 10_000;
/** In milliseconds. */
const quietTime = 500;
/** In milliseconds, from one glance to the next. */
const glanceTime = 5000;
/** Files that tell of stores: many experiments make one mlruns directory. */
const mostFiles = 2000;

const excluded = `**/{${ignoredFolders.join(',')}}/**`;

/**
 * Finds mlflow.db files and mlruns directories in the workspace folders on disk, respecting files.exclude, and follows
 * what comes and goes by VS Code's own file watching. Nothing is opened: names are enough. VS Code does not tell all: nothing before
 * it has begun to watch, nothing of what comes and goes within a moment, and nothing of some drives. A glance every few seconds
 * notices what is at hand.
 */
export class Discovery implements StoreFinder {
  private readonly changed = new Emitter();
  readonly onDidChange = this.changed.event;

  private found: readonly FoundStore[] = [];
  private search: Promise<void> | undefined;
  private looks = 0;
  private quiet: NodeJS.Timeout | undefined;
  private nextGlance: NodeJS.Timeout | undefined;
  /** What the last glance saw to differ from what is known, as JSON. */
  private glimpse: string | undefined;
  private readonly ending = new vscode.CancellationTokenSource();
  private readonly subscriptions: vscode.Disposable;

  constructor(private readonly log: (line: string) => void) {
    this.subscriptions = vscode.Disposable.from(
      vscode.workspace.onDidChangeWorkspaceFolders(() => void this.look()),
      this.watch(),
    );
    this.glanceLater();
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
    clearTimeout(this.quiet);
    clearTimeout(this.nextGlance);
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
      if (this.ending.token.isCancellationRequested) return;
      const found = collectStores(files, folderPaths());
      const isNews = JSON.stringify(found) !== JSON.stringify(this.found);
      this.found = found;
      if (isNews) this.changed.fire();
    } while (served !== this.looks);
  }

  /** A chain of timeouts, since an interval would pile up behind a slow drive. */
  private glanceLater(): void {
    if (this.ending.token.isCancellationRequested) return;
    this.nextGlance = setTimeout(() => {
      void this.glance().finally(() => {
        this.glanceLater();
      });
    }, glanceTime);
  }

  /** Looks once where something at hand is not as it is known; the first time also where nothing was found. */
  private async glance(): Promise<void> {
    if (this.search || !vscode.window.state.focused) return;
    const known = this.found.map(({ path }) => path);
    const [top, areThere] = await Promise.all([listTop(), Promise.all(known.map(isThere))]);
    const isNew = ({ path }: FoundStore) => !known.includes(path);
    const come = collectStores(top, folderPaths()).filter(isNew);
    const gone = known.filter((_, index) => !areThere[index]);
    const glimpse = JSON.stringify({ come, gone });
    if (this.ending.token.isCancellationRequested || glimpse === this.glimpse) return;
    this.glimpse = glimpse;
    if (come.length + gone.length > 0 || known.length === 0) await this.look();
  }

  /** Where a search takes too long or fails, at least what lies at the top. */
  private async findFiles(): Promise<readonly string[]> {
    const limited = new vscode.CancellationTokenSource();
    const timer = setTimeout(() => {
      limited.cancel();
    }, longestSearch);
    const ended = this.ending.token.onCancellationRequested(() => {
      limited.cancel();
    });
    const evidence = ['**/mlflow.db', '**/mlruns/*/meta.yaml', '*/meta.yaml'];
    try {
      const found = await Promise.all(
        evidence.map((include) => findFiles(include, excluded, mostFiles, limited.token)),
      );
      if (limited.token.isCancellationRequested) throw new Error('it takes too long');
      return found
        .flat()
        .filter(isOnDisk)
        .map((uri) => uri.fsPath);
    } catch (error) {
      this.log(`The workspace could not be searched for MLflow stores: ${causeOf(error)}`);
      return await listTop();
    } finally {
      clearTimeout(timer);
      ended.dispose();
      limited.dispose();
    }
  }

  /** A folder that comes or goes may take stores along, and VS Code tells of the folder alone. */
  private watch(): vscode.Disposable {
    const watcher = vscode.workspace.createFileSystemWatcher('**', false, true, false);
    watcher.onDidCreate((uri) => {
      if (isOnDisk(uri)) this.notice(uri);
    });
    watcher.onDidDelete((uri) => {
      if (isOnDisk(uri) && mayHaveLost(uri.fsPath, this.found)) void this.look();
    });
    return watcher;
  }

  private notice({ fsPath }: vscode.Uri): void {
    const isNew = collectStores([fsPath], folderPaths()).some((store) =>
      this.found.every((known) => known.path !== store.path),
    );
    if (isNew) void this.look();
    else if (mayBringStores(fsPath, folderPaths())) this.lookOnceQuiet();
  }

  /** What lies in new folders, however deep, is looked for when no more of them come. */
  private lookOnceQuiet(): void {
    clearTimeout(this.quiet);
    this.quiet = setTimeout(() => void this.look(), quietTime);
  }
}

/** What `listEvidence` has of all folders. */
async function listTop(): Promise<readonly string[]> {
  return (await Promise.all(localFolders().map(({ uri }) => listEvidence(uri)))).flat();
}

/** Whether the database or directory is still there. */
async function isThere(path: string): Promise<boolean> {
  return await Promise.resolve(vscode.workspace.fs.stat(vscode.Uri.file(path))).then(
    () => true,
    () => false,
  );
}

/** The files that tell of stores directly in a folder, or of the folder being one: a glance instead of a search. */
async function listEvidence(folder: vscode.Uri): Promise<readonly string[]> {
  const names = await listNames(folder);
  const mlruns = vscode.Uri.joinPath(folder, 'mlruns');
  return [
    ...(names.includes('mlflow.db') ? [vscode.Uri.joinPath(folder, 'mlflow.db').fsPath] : []),
    ...(names.includes('mlruns') ? await listExperiments(mlruns, await listNames(mlruns)) : []),
    ...(await listExperiments(folder, names)),
  ];
}

/** The first will do. */
async function listExperiments(root: vscode.Uri, names: readonly string[]): Promise<readonly string[]> {
  for (const name of names.filter((one) => /^\d+$/.test(one))) {
    const experiment = vscode.Uri.joinPath(root, name);
    if ((await listNames(experiment)).includes('meta.yaml')) {
      return [vscode.Uri.joinPath(experiment, 'meta.yaml').fsPath];
    }
  }
  return [];
}

/** None for what is no folder, or may not be read. */
async function listNames(folder: vscode.Uri): Promise<readonly string[]> {
  try {
    return (await vscode.workspace.fs.readDirectory(folder)).map(([name]) => name);
  } catch {
    return [];
  }
}
