import * as vscode from 'vscode';
import { requirementsSelector, startingSelector } from './documentSelector';

/** Calls `start` once, as soon as a document is open that the server is for. */
export function onFirstDocument(start: () => Promise<void>): vscode.Disposable {
  let isWaiting = true;
  const begin = () => {
    if (!isWaiting) return;
    waiting.dispose();
    void start();
  };
  const look = async (document: vscode.TextDocument) => {
    if (isWaiting && (await needsServer(document))) begin();
  };
  const opening = vscode.workspace.onDidOpenTextDocument((document) => void look(document));
  const waiting = new vscode.Disposable(() => {
    isWaiting = false;
    opening.dispose();
  });
  for (const document of vscode.workspace.textDocuments) void look(document);
  return waiting;
}

/** Whether the server would look at a document, as far as its name and what lies beside it tell. */
export async function needsServer(document: vscode.TextDocument): Promise<boolean> {
  const isOf = (selector: typeof startingSelector) => vscode.languages.match(selector, document) > 0;
  return isOf(startingSelector) || (isOf(requirementsSelector) && (await liesBesideModel(document.uri)));
}

async function liesBesideModel(uri: vscode.Uri): Promise<boolean> {
  try {
    await vscode.workspace.fs.stat(vscode.Uri.joinPath(uri, '..', 'MLmodel'));
    return true;
  } catch {
    return false;
  }
}
