import * as vscode from 'vscode';
import { registerCommand, setContext, type OnCommandError } from '../manifest';
import type { Sessions } from '../session';

const key = 'mlflow.showsDeleted';

/** Whether deleted experiments and runs are listed, remembered for the workspace. */
export function registerDeletedCommands(
  sessions: Sessions,
  state: vscode.Memento,
  onError: OnCommandError,
): vscode.Disposable {
  const apply = () => {
    const showsDeleted = state.get<boolean>(key) === true;
    setContext(key, showsDeleted);
    if (sessions.state.kind === 'ready')
      sessions.state.session.catalog.view = showsDeleted ? 'all' : 'active';
  };
  const choose = async (showsDeleted: boolean) => {
    await state.update(key, showsDeleted);
    apply();
  };
  apply();
  return vscode.Disposable.from(
    sessions.onDidChange(apply),
    registerCommand('mlflow.experiments.showDeleted', onError, () => choose(true)),
    registerCommand('mlflow.experiments.hideDeleted', onError, () => choose(false)),
  );
}
