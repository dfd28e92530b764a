import type * as vscode from 'vscode';
import {
  CloseAction,
  type CloseHandlerResult,
  DidChangeConfigurationNotification,
  ErrorAction,
  LanguageClient,
  TransportKind,
} from 'vscode-languageclient/node';
import type { Disposable } from '../catalog/emitter';
import { storedRequest, type StoredTarget } from '../../language-server/protocol';
import { commandIds } from '../manifest';
import type { Sessions } from '../session';
import { Lifetime } from '../ui/lifetime';
import { answerFileRequests } from './clientFiles';
import { languageClientOptions } from './clientOptions';
import { findStored } from './findStored';
import { WorkspacePython } from './workspacePython';

export interface StartOptions {
  /** The built server, an absolute path. */
  readonly serverModule: string;
  readonly log: vscode.LogOutputChannel;
  /** The setting `mlflow.python.path`; undefined when nobody set it. */
  readonly python?: () => string | undefined;
  /** Whence runs and logged models are known, if from anywhere. */
  readonly sessions?: Pick<Sessions, 'state'>;
  /** Told once when a server that had started crashed so often that it stays down. */
  readonly onGivenUp: (error: Error) => void;
}

class QuietLanguageClient extends LanguageClient {
  private isOver = false;
  private readonly lifetime = new Lifetime();

  /** Ends with the client. */
  add(disposable: Disposable): void {
    this.lifetime.add(disposable);
  }

  /** Troubles go to the log only: a message box of the library's would come beside our own report. */
  override error(message: string, data?: unknown): void {
    super.error(message, data, false);
  }

  /** The end of the process is told when the log may have ended, too. */
  override info(message: string, data?: unknown): void {
    if (!this.isOver) super.info(message, data, false);
  }

  override async dispose(timeout?: number): Promise<void> {
    this.isOver = true;
    this.lifetime.dispose();
    await super.dispose(timeout);
  }

  /** The library rejects, often with nobody listening, when the server is not up. */
  override async stop(timeout?: number): Promise<void> {
    if (this.isRunning()) await super.stop(timeout);
  }
}

/**
 * Starts the language server in a process of its own and speaks for it to VS Code, restarting it after a crash.
 * Rejects if it never comes up; disposing the result ends it.
 */
export async function startLanguageClient(options: StartOptions): Promise<LanguageClient> {
  let hasStarted = false;
  // The server asks for its settings anew.
  const workspacePython = new WorkspacePython(options.python ?? (() => undefined), () => {
    if (client.isRunning())
      void client.sendNotification(DidChangeConfigurationNotification.type, { settings: null });
  });
  const client = new QuietLanguageClient(
    'mlflow.language',
    'MLflow language server',
    { module: options.serverModule, transport: TransportKind.ipc },
    {
      ...languageClientOptions(options.log, { commands: commandIds, findsStored: true }, (uri) =>
        workspacePython.versionFor(uri),
      ),
      errorHandler: {
        error: () => ({ action: ErrorAction.Continue }),
        closed: () => (hasStarted ? restart() : { action: CloseAction.DoNotRestart }),
      },
    },
  );
  client.add(workspacePython);
  answerFileRequests(client);
  client.onRequest(storedRequest, (target: StoredTarget) => findStored(target, options.sessions));
  const restarts = client.createDefaultErrorHandler();
  const restart = async (): Promise<CloseHandlerResult> => {
    const decision = await restarts.closed();
    if (decision.action === CloseAction.DoNotRestart) options.onGivenUp(new Error(decision.message));
    return decision;
  };
  await client.start();
  // start() also resolves when the process ended before it answered.
  if (!client.isRunning()) throw new Error('Its process ended before it answered.');
  hasStarted = true;
  return client;
}
