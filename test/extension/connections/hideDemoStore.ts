import { rename } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import * as vscode from 'vscode';

/** Takes the demo's mlflow.db out of the workspace, whose only store it is, until the answered function is called. */
export async function hideDemoStore(): Promise<() => Promise<void>> {
  const folder = vscode.workspace.workspaceFolders![0]!.uri.fsPath;
  const shown = join(folder, 'mlflow.db');
  const hidden = join(dirname(folder), 'hidden-mlflow.db');
  await rename(shown, hidden);
  return () => rename(hidden, shown);
}
