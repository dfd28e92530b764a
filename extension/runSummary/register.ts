import * as vscode from 'vscode';
import { registerCommand } from '../manifest';
import type { PanelKind } from '../ui/panelHost';
import type { Report } from '../ui/report';
import type { RunSummaries, RunSummaryOptions } from './runSummaryCommands';

const runSummary: PanelKind = {
  type: 'mlflow.runSummary',
  view: 'runSummary',
  title: 'MLflow Run',
  icon: 'run',
};

/** `mlflow.run.open`: one click on a run shows its summary, always in the same panel, which outlives a restart. */
export function registerRunSummary(
  options: RunSummaryOptions & { readonly report: Report },
): vscode.Disposable {
  const { error } = options.report;
  let made: Promise<RunSummaries> | undefined;
  const load = () =>
    (made ??= import('./runSummaryCommands').then((loaded) => new loaded.RunSummaries(runSummary, options)));
  return vscode.Disposable.from(
    registerCommand('mlflow.run.open', error, async (run) => (await load()).openRun(run)),
    options.panelHost.reviveWith(runSummary, (panel, state) => {
      load().then((summaries) => {
        summaries.revive(panel, state);
      }, error);
    }),
  );
}
