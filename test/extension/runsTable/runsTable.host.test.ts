import * as vscode from 'vscode';
import type { ExtensionApi } from '../../../extension/extension';
import { seededServer, type MlflowServer } from '../../support/mlflowServer';
import { until } from '../../support/until';
import { configure, openAll, untilReady } from '../experiments/treeWalk';

/** The tabs of our panels. VS Code puts a prefix of its own before their type. */
const tables = () =>
  vscode.window.tabGroups.all
    .flatMap(({ tabs }) => tabs)
    .filter(
      ({ input }) => input instanceof vscode.TabInputWebview && input.viewType.endsWith('mlflow.runsTable'),
    );

describe('Tables of runs in VS Code', () => {
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
    await vscode.window.tabGroups.close(tables());
    await configure('mlflow.tracking.uri', undefined);
    await server.stop();
  });

  const show = (...experiments: readonly object[]) =>
    vscode.commands.executeCommand('mlflow.experiment.showTable', experiments[0], experiments);
  const labels = () => tables().map(({ label }) => label);

  it('open for one experiment or several, each set of them in one panel, and are named after them', async () => {
    const nodes = await openAll(api.experimentsTree, undefined);
    const experiments = nodes.filter(({ kind }) => kind === 'experiment');
    const [one, other] = experiments;
    if (one?.kind !== 'experiment' || !other) throw new Error('There are not two experiments.');
    const { name } = api.sessions.catalog!.findExperiment(one.experimentId)!;
    await show(one);
    await until('the table has its name', () => labels().includes(`${name} · Runs`));
    await show(one, other);
    await until('the table of both is there', () => labels().includes('2 experiments · Runs'));
    await show(other, one);
    await show(one);
    await until('the first table is in front again', () =>
      tables().some(({ isActive, label }) => isActive && label === `${name} · Runs`),
    );
    await until('there are two tables', () => tables().length === 2);
    await vscode.commands.executeCommand('mlflow.runsTable.refresh');
  });
});
