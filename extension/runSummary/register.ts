import * as vscode from 'vscode';
import { executeCommand, registerCommand, type RunTarget } from '../manifest';
import type { Sessions } from '../session';
import type { Panel, PanelHost, PanelKind } from '../ui/panelHost';
import type { Report } from '../ui/report';
import { UserError } from '../ui/userError';
import { isRecordOf, isText } from '../../webviews/protocol/guards';
import type { RunAction, RunSummarySubject } from '../../webviews/protocol/runSummary';
import type { RunSummaryPanel, RunWatcher } from './runSummaryPanel';

export interface RunSummaryOptions {
  readonly panelHost: PanelHost;
  readonly sessions: Sessions;
  readonly runWatcher: RunWatcher;
  readonly report: Report;
}

const runSummary: PanelKind = {
  type: 'mlflow.runSummary',
  view: 'runSummary',
  title: 'MLflow Run',
  icon: 'run',
};

const load = () => import('./runSummaryPanel');
type Loaded = Awaited<ReturnType<typeof load>>;

const isSubject = isRecordOf<RunSummarySubject>({ runId: isText, connectionUri: isText });

/** `mlflow.run.open`: one click on a run shows its summary, always in the same panel, which outlives a restart. */
export function registerRunSummary(options: RunSummaryOptions): vscode.Disposable {
  const { panelHost, sessions, report } = options;
  let current: RunSummaryPanel | undefined;

  const showIn = (view: Loaded, panel: Panel, subject: RunSummarySubject) => {
    const runCommand = (action: RunAction, target: RunTarget) =>
      executeCommand(`mlflow.run.${action}`, target);
    const opened = new view.RunSummaryPanel(panel, { ...options, runCommand }, subject);
    panel.onDidDispose(() => {
      if (current === opened) current = undefined;
    });
    current = opened;
  };

  const openRun = async (target?: RunTarget) => {
    const run = target ?? (await (await import('../ui/pickRun')).pickRun(sessions));
    if (!run) return;
    const subject = { runId: run.runId, connectionUri: connectionUriOf(sessions) };
    // A click in the tree leaves the focus there, as a preview does; who picked a run by name wants to read it.
    const preserveFocus = target !== undefined;
    const loaded = await load();
    // Nothing is waited for from here on, so that two quick clicks share a panel.
    if (current) {
      current.show(subject);
      current.reveal(preserveFocus);
    } else {
      showIn(loaded, panelHost.open(runSummary, preserveFocus), subject);
    }
  };

  return vscode.Disposable.from(
    registerCommand('mlflow.run.open', report.error, openRun),
    panelHost.reviveWith(runSummary, (panel, state) => {
      if (isSubject(state)) load().then((loaded) => showIn(loaded, panel, state), report.error);
      else panel.dispose();
    }),
  );
}

function connectionUriOf(sessions: Sessions): string {
  const { state } = sessions;
  if (state.kind === 'none') throw new UserError('There is no connection to MLflow.');
  return state.connection.uri;
}
