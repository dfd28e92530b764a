import * as vscode from 'vscode';
import type { Disposable } from '../catalog/emitter';
import { setContext, type RunTarget } from '../manifest';
import { UserError } from '../ui/userError';
import type { RunDiffContext } from './chooseRuns';
import { chooseOne } from './runDiffCommands';

const thanks = 4000;

/** "Select for Compare" and "Compare with Selected": the run that waits for another, as VS Code has it for files. */
export class SelectedRun implements Disposable {
  private selected: (RunTarget & { readonly connectionUri: string | undefined }) | undefined;
  private readonly subscription: Disposable;

  constructor(
    private readonly context: RunDiffContext,
    private readonly compare: (runs: readonly RunTarget[]) => Promise<void>,
  ) {
    this.subscription = context.sessions.onDidChange(() => {
      if (this.selected && this.selected.connectionUri !== this.connectionUri) this.forget();
    });
  }

  dispose(): void {
    this.subscription.dispose();
  }

  async select(run: RunTarget | undefined): Promise<void> {
    const chosen = await this.choose([run], 'Choose the run to compare others with');
    if (!chosen) return;
    this.selected = { runId: chosen.runId, connectionUri: this.connectionUri };
    setContext('mlflow.selectedForCompare', true);
    vscode.window.setStatusBarMessage('$(check) Selected for compare', thanks);
  }

  async compareWith(given: readonly (RunTarget | undefined)[]): Promise<void> {
    const { selected } = this;
    if (!selected) {
      throw new UserError('No run is selected for compare. Run “MLflow: Select Run for Compare” first.');
    }
    const targets = given.filter((target) => target !== undefined);
    const chosen = targets.length > 0 ? targets : [await this.choose([], 'Choose the run to compare')];
    const others = chosen.filter((run) => run !== undefined);
    if (others.length > 0) await this.compare([{ runId: selected.runId }, ...others]);
  }

  private async choose(given: readonly (RunTarget | undefined)[], title: string) {
    return await chooseOne(this.context, given, title);
  }

  private forget(): void {
    this.selected = undefined;
    setContext('mlflow.selectedForCompare', false);
  }

  private get connectionUri(): string | undefined {
    const { state } = this.context.sessions;
    return state.kind === 'none' ? undefined : state.connection.uri;
  }
}
