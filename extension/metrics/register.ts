import * as vscode from 'vscode';
import type { SharedRunData } from '../histories/sharedRunData';
import { registerCommands } from '../manifest';
import { Lazy } from '../ui/lazy';
import type { PanelHost, PanelKind } from '../ui/panelHost';
import type { ChartsOptions } from './chartCommands';

export interface MetricsOptions extends Omit<ChartsOptions, 'open' | 'runData'> {
  readonly panelHost: PanelHost;
  readonly runData: Lazy<SharedRunData>;
}

const metrics: PanelKind = {
  type: 'mlflow.metrics',
  view: 'metrics',
  title: 'MLflow Metrics',
  icon: 'metrics',
};

/** The charts of runs: their commands, their panels, which outlive a restart, and the badges of the runs that they show. */
export function registerMetrics(options: MetricsOptions): vscode.Disposable {
  const { panelHost, report } = options;
  const charts = new Lazy(async () => {
    const { Charts } = await import('./chartCommands');
    const runData = await options.runData.demand();
    const open = (preserveFocus: boolean) => panelHost.open(metrics, preserveFocus, 'beside');
    return new Charts({ ...options, runData, open });
  });
  return vscode.Disposable.from(
    charts,
    registerCommands(
      ['mlflow.run.showCharts', 'mlflow.experiment.showCharts', 'mlflow.metric.showChart'],
      report.error,
      async () => (await charts.demand()).handlers,
    ),
    panelHost.reviveWith(metrics, (panel, state) => {
      charts.demand().then((found) => found.revive(panel, state), report.error);
    }),
  );
}
