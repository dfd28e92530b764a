import * as vscode from 'vscode';
import { executeCommand, registerCommand, type RunTarget } from '../manifest';
import type { Sessions } from '../session';
import type { Panel, PanelHost, PanelKind } from '../ui/panelHost';
import type { Report } from '../ui/report';
import { UserError } from '../ui/userError';
import { isRecordOf, isText } from '../../webviews/protocol/guards';
import type { RunAction, RunSummarySubject } from '../../webviews/protocol/runSummary';
import { RunSummaryPanel, type RunWatcher } from './runSummaryPanel';

export interface RunSummaryOptions {
  readonly panelHost: PanelHost;
  readonly sessions: Sessions;
  readonly runWatcher: RunWatcher;
  readonly report: Report;
  /** Asks the user for a run; undefined when they turn away. */
  readonly pickRun: (sessions: Sessions) => Promise<RunTarget | undefined>;
}

const runSummary: PanelKind = {
  type: 'mlflow.runSummary',
  view: 'runSummary',
  title: 'MLflow Run',
  icon: 'run',
};

const isSubject = isRecordOf<RunSummarySubject>({ runId: isText, connectionUri: isText });

/** `mlflow.run.open`: one click on a run shows its summary, always in the same panel, which outlives a restart. */
export function registerRunSummary(options: RunSummaryOptions): vscode.Disposable {
  const { panelHost, sessions, report, pickRun } = options;
  let current: RunSummaryPanel | undefined;

  const showIn = (panel: Panel, subject: RunSummarySubject) => {
    const runCommand = (action: RunAction, target: RunTarget) =>
      executeCommand(`mlflow.run.${action}`, target);
    const opened = new RunSummaryPanel(panel, { ...options, runCommand }, subject);
    panel.onDidDispose(() => {
      if (current === opened) current = undefined;
    });
    current = opened;
  };

  const openRun = async (target?: RunTarget) => {
    const run = target ?? (await pickRun(sessions));
    if (!run) return;
    const subject = { runId: run.runId, connectionUri: connectionUriOf(sessions) };
    // A click in the tree leaves the focus there, as a preview does; who picked a run by name wants to read it.
    const preserveFocus = target !== undefined;
    if (current) {
      current.show(subject);
      current.reveal(preserveFocus);
    } else {
      showIn(panelHost.open(runSummary, preserveFocus), subject);
    }
  };

  return vscode.Disposable.from(
    registerCommand('mlflow.run.open', report.error, openRun),
    panelHost.reviveWith(runSummary, (panel, state) => {
      if (isSubject(state)) showIn(panel, state);
      else panel.dispose();
    }),
  );
}

function connectionUriOf(sessions: Sessions): string {
  const { state } = sessions;
  if (state.kind === 'none') throw new UserError('There is no connection to MLflow.');
  return state.connection.uri;
}
