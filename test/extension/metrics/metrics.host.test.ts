import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { ExtensionApi } from '../../../extension/extension';
import { seededServer, type MlflowServer } from '../../support/mlflowServer';
import { until } from '../../support/until';
import { configure, openAll, runsOf, sectionOf, untilReady } from '../experiments/treeWalk';

/** The tabs of our panels. VS Code puts a prefix of its own before their type. */
const chartTabs = () =>
  vscode.window.tabGroups.all
    .flatMap(({ tabs }) => tabs)
    .filter(
      ({ input }) => input instanceof vscode.TabInputWebview && input.viewType.endsWith('mlflow.metrics'),
    );

describe('Metric charts in VS Code', () => {
  let api: ExtensionApi;
  let server: MlflowServer;

  before(async () => {
    api = await vscode.extensions.getExtension<ExtensionApi>('mlflow-lens.mlflow-lens')!.activate();
    server = await seededServer('newest');
    await configure('mlflow.tracking.uri', server.uri);
    await vscode.commands.executeCommand('mlflow.experiments.focus');
    await untilReady(api, server.uri);
  });

  after(async () => {
    await vscode.window.tabGroups.close(chartTabs());
    await configure('mlflow.tracking.uri', undefined);
    await server.stop();
  });

  async function someRuns() {
    for (const node of await openAll(api.experimentsTree, undefined)) {
      if (node.kind !== 'experiment') continue;
      const runs = await runsOf(api, node.experimentId);
      if (runs.length >= 2) return { experiment: node, runs };
    }
    throw new Error('No experiment has two runs.');
  }

  it('open in a panel for each set of runs, which is found again', async () => {
    const { experiment, runs } = await someRuns();
    const [one, other] = runs;
    const show = (...chosen: unknown[]) =>
      vscode.commands.executeCommand('mlflow.run.showCharts', chosen[0], chosen);
    await show(one);
    await until('one panel is open', () => chartTabs().length === 1);
    await show(one, other);
    await until('two panels are open', () => chartTabs().length === 2);
    await show(other, one);
    await vscode.commands.executeCommand('mlflow.experiment.showCharts', experiment);
    await until('three panels are open', () => chartTabs().length === 3);
    await until('the panel of two runs has its name', () =>
      chartTabs().some(({ label }) => label === '2 runs · Metrics'),
    );
  });

  it('open from a metric’s row, and run rows stay as they are', async () => {
    const { runs } = await someRuns();
    for (const run of runs) {
      const item = api.experimentsTree.getTreeItem(run);
      assert.equal(item.resourceUri?.toString(), `mlflow-run:/${run.runId}`);
      assert.ok(item.label !== '' && item.iconPath instanceof vscode.ThemeIcon);
      const section = await sectionOf(api, run, 'metrics');
      const [metric] = section ? await openAll(api.experimentsTree, section) : [];
      if (!metric) continue;
      assert.equal(api.experimentsTree.getTreeItem(metric).contextValue, 'value metric');
      const before = chartTabs().length;
      await vscode.commands.executeCommand('mlflow.metric.showChart', metric);
      assert.ok(chartTabs().length >= before);
      return;
    }
    throw new Error('No run has a metric.');
  });

  it('say in the settings which values are better', async () => {
    await configure('mlflow.metrics.direction', { val_loss: 'higher' });
    const value = vscode.workspace.getConfiguration().get('mlflow.metrics.direction');
    assert.deepEqual({ ...(value as object) }, { val_loss: 'higher' });
    await configure('mlflow.metrics.direction', undefined);
  });
});
