import * as vscode from 'vscode';
import type { SharedRunData } from '../histories/sharedRunData';
import { registerCommand } from '../manifest';
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
  const run = async (what: 'refresh' | 'readAll' | 'export' | 'openView' | 'saveView') =>
    (await tables.demand())[what]();
  return vscode.Disposable.from(
    tables,
    registerCommand('mlflow.experiment.showTable', error, async (one, all) =>
      (await tables.demand()).show(all ?? [one]),
    ),
    registerCommand('mlflow.runsTable.refresh', error, () => run('refresh')),
    registerCommand('mlflow.runsTable.readAll', error, () => run('readAll')),
    registerCommand('mlflow.runsTable.export', error, () => run('export')),
    registerCommand('mlflow.runsTable.openView', error, () => run('openView')),
    registerCommand('mlflow.runsTable.saveView', error, () => run('saveView')),
    panelHost.reviveWith(runsTable, (panel, state) => {
      tables.demand().then((found) => found.revive(panel, state), error);
    }),
  );
}
