import * as vscode from 'vscode';
import { LanguageClient } from 'vscode-languageclient/browser';
import { answerFileRequests } from './clientFiles';
import { languageClientOptions } from './clientOptions';

/** A web worker, as much of it as is needed; the extension host's own types know of none. */
declare class Worker {
  constructor(address: string);
  terminate(): void;
}

/** Starts the language server in a web worker and speaks for it to VS Code. Disposing the result ends both. */
export async function startWorkerClient(
  extensionUri: vscode.Uri,
  log: vscode.LogOutputChannel,
): Promise<vscode.Disposable> {
  const script = vscode.Uri.joinPath(extensionUri, 'dist', 'web', 'language-server.js');
  const worker = await startWorker(script);
  const client = new LanguageClient(
    'mlflow.language',
    'MLflow language server',
    worker,
    languageClientOptions(log),
  );
  answerFileRequests(client);
  await client.start();
  return new vscode.Disposable(() => {
    void client.dispose().finally(() => {
      worker.terminate();
    });
  });
}

/**
 * VS Code keeps extensions at addresses of its own kinds too, where no worker can be started: so its text is read first.
 * The address of the text is kept, since VS Code's own Worker loads it later.
 */
async function startWorker(script: vscode.Uri): Promise<Worker> {
  const text = await vscode.workspace.fs.readFile(script);
  return new Worker(URL.createObjectURL(new Blob([text.slice()], { type: 'text/javascript' })));
}
