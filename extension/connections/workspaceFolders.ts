import * as vscode from 'vscode';
import { artifactScheme } from '../ui/artifactScheme';

/** The workspace folders that lie on this machine's disk. */
export function localFolders(): readonly vscode.WorkspaceFolder[] {
  return (vscode.workspace.workspaceFolders ?? []).filter(({ uri }) => isOnDisk(uri));
}

/** Their absolute paths, in the order of the folders. */
export function folderPaths(): readonly string[] {
  return localFolders().map(({ uri }) => uri.fsPath);
}

/** The workspace folders that are artifacts of runs. */
export function artifactFolders(): readonly vscode.WorkspaceFolder[] {
  return (vscode.workspace.workspaceFolders ?? []).filter(({ uri }) => uri.scheme === artifactScheme);
}

/** The others, which say where artifacts are read from. */
export function ownFolders(): readonly vscode.WorkspaceFolder[] {
  return (vscode.workspace.workspaceFolders ?? []).filter(({ uri }) => uri.scheme !== artifactScheme);
}

/**
 * Files of these folders, as `vscode.workspace.findFiles` has them. That waits where a folder of artifacts is among the workspace's:
 * no extension may search it, and to look at it takes a connection, which may be what is looked for.
 */
export async function findFiles(
  include: string,
  exclude: string | undefined,
  most: number,
  token?: vscode.CancellationToken,
): Promise<readonly vscode.Uri[]> {
  const found = await Promise.all(
    ownFolders().map((folder) =>
      vscode.workspace.findFiles(new vscode.RelativePattern(folder, include), exclude, most, token),
    ),
  );
  // A folder may lie in another.
  return [...new Map(found.flat().map((uri) => [uri.toString(), uri])).values()].slice(0, most);
}

export function isOnDisk({ scheme }: vscode.Uri): boolean {
  return scheme === 'file';
}
