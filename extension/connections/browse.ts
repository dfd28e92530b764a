import * as vscode from 'vscode';

/** A store that the user pointed at. */
export interface Browsed {
  readonly kind: 'sqlite' | 'files';
  readonly path: string;
}

/** Has the user choose a database file or an mlruns folder; undefined when they would rather stop. */
export async function browse(what: 'database' | 'folder'): Promise<Browsed | undefined> {
  const isDatabase = what === 'database';
  // One dialog for both would offer only folders on Windows and Linux.
  const [chosen] =
    (await vscode.window.showOpenDialog({
      title: isDatabase ? 'Open an mlflow.db' : 'Open an mlruns Folder',
      openLabel: 'Open',
      canSelectFiles: isDatabase,
      canSelectFolders: !isDatabase,
      ...(isDatabase && { filters: { 'SQLite databases': ['db', 'sqlite', 'sqlite3'], 'All files': ['*'] } }),
    })) ?? [];
  if (!chosen) return undefined;
  return isDatabase ? { kind: 'sqlite', path: chosen.fsPath } : await findIn(chosen);
}

/** Who chooses a project's folder means the store in it. */
async function findIn(folder: vscode.Uri): Promise<Browsed> {
  const entries = new Map(await vscode.workspace.fs.readDirectory(folder));
  const has = (name: string, type: vscode.FileType) => ((entries.get(name) ?? 0) & type) !== 0;
  if (has('mlflow.db', vscode.FileType.File)) {
    return { kind: 'sqlite', path: vscode.Uri.joinPath(folder, 'mlflow.db').fsPath };
  }
  const mlruns = has('mlruns', vscode.FileType.Directory) ? vscode.Uri.joinPath(folder, 'mlruns') : folder;
  return { kind: 'files', path: mlruns.fsPath };
}
