import * as vscode from 'vscode';

/** The workspace folders that lie on this machine's disk. */
export function localFolders(): readonly vscode.WorkspaceFolder[] {
  return (vscode.workspace.workspaceFolders ?? []).filter(({ uri }) => isOnDisk(uri));
}

/** Their absolute paths, in the order of the folders. */
export function folderPaths(): readonly string[] {
  return localFolders().map(({ uri }) => uri.fsPath);
}

export function isOnDisk({ scheme }: vscode.Uri): boolean {
  return scheme === 'file';
}
