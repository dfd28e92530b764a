import type { LogOutputChannel } from 'vscode';
import {
  CloseAction,
  type CloseHandlerResult,
  ErrorAction,
  LanguageClient,
  RevealOutputChannelOn,
  TransportKind,
} from 'vscode-languageclient/node';
import { languageIds } from '../../language-server/protocol';

export interface StartOptions {
  /** The built server, an absolute path. */
  readonly serverModule: string;
  readonly log: LogOutputChannel;
  /** Told once when a server that had started crashed so often that it stays down. */
  readonly onGivenUp: (error: Error) => void;
}

class QuietLanguageClient extends LanguageClient {
  /** Troubles go to the log only: a message box of the library's would come beside our own report. */
  override error(message: string, data?: unknown): void {
    super.error(message, data, false);
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
  const client = new QuietLanguageClient(
    'mlflow.language',
    'MLflow language server',
    { module: options.serverModule, transport: TransportKind.ipc },
    {
      documentSelector: languageIds.map((language) => ({ scheme: 'file', language })),
      outputChannel: options.log,
      revealOutputChannelOn: RevealOutputChannelOn.Never,
      initializationFailedHandler: () => false,
      errorHandler: {
        error: () => ({ action: ErrorAction.Continue }),
        closed: () => (hasStarted ? restart() : { action: CloseAction.DoNotRestart }),
      },
    },
  );
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
