import * as vscode from 'vscode';
import { registerCommand, type ServerTarget } from '../manifest';
import type { ServerCommands, ServerCommandsOptions } from './serverCommands';

/** `mlflow.server.start` and `mlflow.server.stop`. The servers end with what this returns. */
export function registerLocalServer(options: ServerCommandsOptions): vscode.Disposable {
  const { report } = options;
  let loading: Promise<ServerCommands> | undefined;
  const load = (): Promise<ServerCommands> =>
    (loading ??= import('./serverCommands').then(({ ServerCommands }) => new ServerCommands(options)));
  return vscode.Disposable.from(
    registerCommand('mlflow.server.start', report.error, async (target?: ServerTarget) =>
      (await load()).start(target),
    ),
    registerCommand('mlflow.server.stop', report.error, async () => (await load()).stop()),
    { dispose: () => loading?.then((commands) => commands.dispose()) },
  );
}
