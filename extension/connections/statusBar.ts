import * as vscode from 'vscode';
import { commandLink } from '../manifest';
import type { ConnectionState, Sessions } from '../session';
import { causeOf } from '../tracking/errors';
import { toMarkdown } from '../ui/text';
import { nameOf, type Connection } from './connection';
import { plainLabel, visibleText } from './plainLabel';

/** `MLflow Connection`: where we look, whether that works, and why there. Click to connect elsewhere. */
export class StatusBar {
  private readonly item = vscode.window.createStatusBarItem(
    'mlflow.connection',
    vscode.StatusBarAlignment.Left,
    0,
  );
  private readonly subscription: { dispose(): void };

  constructor(private readonly sessions: Pick<Sessions, 'state' | 'onDidChange'>) {
    this.item.name = 'MLflow Connection';
    this.item.command = commandLink('Connect…', 'mlflow.connection.connect');
    this.subscription = sessions.onDidChange(() => {
      this.show();
    });
    this.show();
    this.item.show();
  }

  dispose(): void {
    this.subscription.dispose();
    this.item.dispose();
  }

  private show(): void {
    const { state } = this.sessions;
    const name = state.kind === 'none' ? 'MLflow' : visibleText(nameOf(state.connection));
    const status = describeState(state);
    this.item.text = `$(${iconOf(state)}) ${plainLabel(name)}`;
    this.item.tooltip = describe(state, status);
    this.item.backgroundColor =
      state.kind === 'failed' ? new vscode.ThemeColor('statusBarItem.warningBackground') : undefined;
    this.item.accessibilityInformation = { label: `MLflow, ${name}: ${visibleText(status)}`, role: 'button' };
  }
}

function iconOf(state: ConnectionState): string {
  if (state.kind === 'connecting') return 'loading~spin';
  return state.kind === 'failed' ? 'warning' : 'beaker';
}

function describeState(state: ConnectionState): string {
  switch (state.kind) {
    case 'none':
      return 'not connected';
    case 'idle':
      return 'not asked yet';
    case 'connecting':
      return 'connecting…';
    case 'failed':
      return causeOf(state.error);
    case 'ready': {
      const { version } = state.session.info;
      return version === undefined ? 'connected' : `connected, MLflow ${version}`;
    }
  }
}

function describePlaces({ uri, sourceLabel, registry }: Connection): readonly string[] {
  const models = registry && `Registered models: ${registry.uri}, from ${registry.sourceLabel}`;
  return [uri, `From ${sourceLabel}`, ...(models === undefined ? [] : [models])];
}

/** Everything as text: URIs and messages come from elsewhere. */
function describe(state: ConnectionState, status: string): vscode.MarkdownString {
  const lines =
    state.kind === 'none' ? ['MLflow is not connected.'] : [...describePlaces(state.connection), status];
  const texts = [...lines, 'Click to connect elsewhere.'].map(visibleText);
  return new vscode.MarkdownString(texts.map(toMarkdown).join('\n\n'));
}
