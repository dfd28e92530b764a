import * as vscode from 'vscode';
import type { SharedRunData } from '../histories/sharedRunData';
import { registerCommands } from '../manifest';
import { Lazy } from '../ui/lazy';
import type { PanelHost, PanelKind } from '../ui/panelHost';
import type { RunsTableOptions } from './runsTableCommands';

interface Options extends Omit<RunsTableOptions, 'open' | 'runData'> {
  readonly panelHost: PanelHost;
  readonly runData: Lazy<SharedRunData>;
}

const runsTable: PanelKind = {
  type: 'mlflow.runsTable',
  view: 'runsTable',
  title: 'MLflow Runs',
  icon: 'table',
};

/** The tables of runs: their commands and their panels, which outlive a restart. All is read from a bundle when it is asked for. */
export function registerRunsTable(options: Options): vscode.Disposable {
  const { panelHost, report } = options;
  const { error } = report;
  const tables = new Lazy(async () => {
    const { RunsTableCommands } = await import('./runsTableCommands');
    const runData = await options.runData.demand();
    return new RunsTableCommands({ ...options, runData, open: () => panelHost.open(runsTable, false) });
  });
  return vscode.Disposable.from(
    tables,
    registerCommands(
      [
        'mlflow.experiment.showTable',
        'mlflow.runsTable.refresh',
        'mlflow.runsTable.readAll',
        'mlflow.runsTable.export',
        'mlflow.runsTable.openView',
        'mlflow.runsTable.saveView',
      ],
      error,
      async () => (await tables.demand()).commands,
    ),
    panelHost.reviveWith(runsTable, (panel, state) => {
      tables.demand().then((found) => found.revive(panel, state), error);
    }),
  );
}
