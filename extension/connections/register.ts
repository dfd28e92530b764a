import * as vscode from 'vscode';
import { registerCommand, registerCommands } from '../manifest';
import type { Sessions } from '../session';
import type { Connecting, ConnectionCommandsOptions } from './connecting';
import { ConnectionContext } from './connectionContext';
import { StatusBar } from './statusBar';

/** The status bar, `MLflow: Connect…`, `Sign In…` and all else that concerns where to look. */
export function registerConnections(
  options: ConnectionCommandsOptions & { readonly log: Pick<vscode.LogOutputChannel, 'show'> },
): vscode.Disposable {
  const { sessions, report, connections, log } = options;
  let loading: Promise<Connecting> | undefined;
  // Once per window, since it remembers which servers may be sent credentials in the clear.
  const load = (): Promise<Connecting> =>
    (loading ??= import('./connecting').then(({ Connecting }) => new Connecting(options)));
  return vscode.Disposable.from(
    new StatusBar(sessions),
    new ConnectionContext(sessions, connections.found),
    registerCommands(
      [
        'mlflow.connection.connect',
        'mlflow.connection.keep',
        'mlflow.connection.signIn',
        'mlflow.connection.signOut',
        'mlflow.connection.openInBrowser',
      ],
      report.error,
      async () => (await load()).commands,
    ),
    registerCommand('mlflow.connection.retry', report.error, () => sessions.retry()),
    registerCommand('mlflow.connection.stopLoading', report.error, () => {
      stopLoading(sessions);
    }),
    registerCommand('mlflow.connection.openSettings', report.error, openSettings),
    registerCommand('mlflow.log.show', report.error, () => log.show()),
  );
}

function stopLoading(sessions: Sessions): void {
  sessions.stopConnecting();
  if (sessions.state.kind === 'ready') sessions.state.session.catalog.stopLoading();
}

async function openSettings(): Promise<void> {
  await vscode.commands.executeCommand('workbench.action.openSettings', '@ext:mlflow-lens.mlflow-lens');
}
