import { executeCommand, type RunTarget } from '../manifest';
import type { Sessions } from '../session';
import type { Panel, PanelHost, PanelKind } from '../ui/panelHost';
import { pickRun } from '../ui/pickRun';
import { UserError } from '../ui/userError';
import { isRecordOf, isText } from '../../webviews/protocol/guards';
import type { RunSummarySubject } from '../../webviews/protocol/runSummary';
import { RunSummaryPanel, type RunWatcher } from './runSummaryPanel';

export interface RunSummaryOptions {
  readonly panelHost: PanelHost;
  readonly sessions: Sessions;
  readonly runWatcher: RunWatcher;
}

const isSubject = isRecordOf<RunSummarySubject>({ runId: isText, connectionUri: isText });

/** One panel, in which the next run takes the place of the one before. A bundle of its own. */
export class RunSummaries {
  private current: RunSummaryPanel | undefined;

  constructor(
    private readonly kind: PanelKind,
    private readonly options: RunSummaryOptions,
  ) {}

  /** `mlflow.run.open`: a click in the tree leaves the focus there; who picked a run by name wants to read it. */
  async openRun(target: RunTarget | undefined): Promise<void> {
    const { sessions, panelHost } = this.options;
    const run = target ?? (await pickRun(sessions));
    if (!run) return;
    const subject = { runId: run.runId, connectionUri: connectionUriOf(sessions) };
    const preserveFocus = target !== undefined;
    // Nothing is waited for from here on, so that two quick clicks share a panel.
    if (this.current) {
      this.current.show(subject);
      this.current.reveal(preserveFocus);
    } else {
      this.adopt(panelHost.open(this.kind, preserveFocus), subject);
    }
  }

  /** Shows in a panel what it showed before a restart; `state` is a stranger's. */
  revive(panel: Panel, state: unknown): void {
    if (isSubject(state)) this.adopt(panel, state);
    else panel.dispose();
  }

  private adopt(panel: Panel, subject: RunSummarySubject): void {
    const opened = new RunSummaryPanel(
      panel,
      { ...this.options, runCommand: (action, target) => executeCommand(`mlflow.run.${action}`, target) },
      subject,
    );
    panel.onDidDispose(() => {
      if (this.current === opened) this.current = undefined;
    });
    this.current = opened;
  }
}

function connectionUriOf({ state }: Sessions): string {
  if (state.kind === 'none') throw new UserError('There is no connection to MLflow.');
  return state.connection.uri;
}
