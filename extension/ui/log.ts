import * as vscode from 'vscode';

/** The output channel "MLflow": each request with its time and status, each error with its stack; never a secret. */
export function createLog(): vscode.LogOutputChannel {
  return vscode.window.createOutputChannel('MLflow', { log: true });
}
