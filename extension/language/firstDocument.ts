import * as vscode from 'vscode';
import { companionSelector, startingSelector } from './documentSelector';

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
  return isOf(startingSelector) || (isOf(companionSelector) && (await liesNearOwner(document.uri)));
}

/** How many folders up the server looks for the project of an environment file. */
const highestProject = 5;

/** Whether an MLmodel lies beside a file, or an MLproject there or in a folder above. */
async function liesNearOwner(uri: vscode.Uri): Promise<boolean> {
  let folder = vscode.Uri.joinPath(uri, '..');
  for (let height = 0; height <= highestProject; height++) {
    const names = await listNames(folder);
    if (names.some((name) => name.toLowerCase() === 'mlproject' || (height === 0 && name === 'MLmodel')))
      return true;
    const above = vscode.Uri.joinPath(folder, '..');
    if (above.path === folder.path) break;
    folder = above;
  }
  return false;
}

async function listNames(folder: vscode.Uri): Promise<readonly string[]> {
  try {
    return (await vscode.workspace.fs.readDirectory(folder)).map(([name]) => name);
  } catch {
    return [];
  }
}
