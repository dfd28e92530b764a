import assert from 'node:assert/strict';
import { join } from 'node:path';
import * as vscode from 'vscode';
import type { ExperimentsNode, RunNode } from '../../../extension/experiments/nodes';
import type { ExtensionApi } from '../../../extension/extension';
import { plainText } from '../../../extension/ui/text';
import { projectRoot } from '../../support/cache';
import { runPython, seededServer, type MlflowServer } from '../../support/mlflowServer';
import {
  compareVersion,
  configure,
  expectedNesting,
  findRun,
  isExperiment,
  labelOf,
  labels,
  nestingOf,
  nextChange,
  openAll,
  runsOf,
  sectionOf,
  sortedEntries,
  statusIcons,
  untilReady,
  valuesOf,
  type Listed,
  type ListedFolder,
} from './treeWalk';

const script = (name: string) => join(projectRoot(), 'test/extension/experiments', name);

describe('The trees in VS Code, beside what MLflow’s own client lists', () => {
  let api: ExtensionApi;
  let server: MlflowServer;
  let listed: Listed;

  before(async () => {
    api = await vscode.extensions.getExtension<ExtensionApi>('mlflow-lens.mlflow-lens')!.activate();
    server = await seededServer('newest');
    listed = JSON.parse(await runPython(server, script('listWithPython.py'))) as Listed;
    await configure('mlflow.tracking.uri', server.uri);
    await configure('mlflow.runs.refreshInterval', 1);
    await vscode.commands.executeCommand('mlflow.experiments.focus');
    await untilReady(api, server.uri);
  });

  after(async () => {
    await configure('mlflow.tracking.uri', undefined);
    await configure('mlflow.runs.refreshInterval', undefined);
    await server.stop();
  });

  it('is seeded with enough to show', () => {
    const runs = listed.active.flatMap((experiment) => experiment.runs);
    assert.ok(listed.active.length >= 3 && listed.models.length >= 5);
    assert.ok(listed.all.flatMap((experiment) => experiment.runs).length >= 300);
    for (const status of ['RUNNING', 'FAILED', 'KILLED', 'SCHEDULED']) {
      assert.ok(
        runs.some((run) => run.status === status),
        status,
      );
    }
    assert.ok(runs.some((run) => run.parent !== null));
  });

  it('says where it looks and who decided', () => {
    assert.match(
      api.experimentsTree.view.description ?? '',
      new RegExp(`^127\\.0\\.0\\.1:${server.port} · `),
    );
  });

  it('lists the experiments', async () => {
    const nodes = await openAll(api.experimentsTree, undefined);
    assert.deepEqual(
      labels(api.experimentsTree, nodes).sort(),
      listed.active.map(({ name }) => plainText(name)).sort(),
    );
  });

  it('shows a run in the tree whichever page it is on, and nested ones in their place', async () => {
    const { view } = api.experimentsTree;
    const churn = listed.active.find(({ name }) => name === 'churn-model')!;
    const byStart = churn.runs.toSorted((one, other) => one.start - other.start);
    const nested = byStart.find((run) => byStart.some(({ parent }) => parent === run.id) && run.parent);
    for (const run of [byStart[0]!, nested!]) {
      await vscode.commands.executeCommand('mlflow.run.reveal', { runId: run.id });
      const [selected] = view.selection as readonly RunNode[];
      assert.equal(selected?.runId, run.id);
      const above = selected.parent.kind === 'run' ? selected.parent.runId : null;
      assert.equal(above, run.parent);
    }
  });

  it('lists every run once, nested as its tags say, roots newest first', async () => {
    for (const experiment of listed.active) {
      const runs = await runsOf(api, experiment.id);
      assert.deepEqual(nestingOf(runs), expectedNesting(experiment.runs), experiment.name);
      const starts = new Map(experiment.runs.map((run) => [run.id, run.start]));
      const roots = runs
        .filter((node) => node.parent.kind === 'experiment')
        .map((node) => starts.get(node.runId)!);
      assert.deepEqual(
        roots,
        [...roots].sort((one, other) => other - one),
      );
    }
  });

  it('shows each run’s name and status', async () => {
    for (const experiment of listed.active) {
      const items = new Map(
        (await runsOf(api, experiment.id)).map((node) => [node.runId, api.experimentsTree.getTreeItem(node)]),
      );
      for (const run of experiment.runs) {
        const item = items.get(run.id);
        assert.equal(item?.label, plainText(run.name) || run.id);
        assert.equal((item.iconPath as vscode.ThemeIcon).id, statusIcons[run.status], run.name);
        assert.equal(
          item.contextValue,
          ['RUNNING', 'SCHEDULED'].includes(run.status) ? 'run unfinished' : 'run',
        );
      }
    }
  });

  it('shows each run’s parameters, metrics and tags', async () => {
    for (const experiment of listed.active) {
      for (const node of await runsOf(api, experiment.id)) {
        const run = experiment.runs.find(({ id }) => id === node.runId)!;
        assert.deepEqual(await valuesOf(api, node, 'params'), sortedEntries(run.params));
        const metrics = (await valuesOf(api, node, 'metrics')).map(([key]) => key);
        assert.deepEqual(metrics, run.metrics.map((key) => plainText(key)).sort());
        const tags = await valuesOf(api, node, 'tags');
        const own = new Map(tags);
        for (const [key, value] of sortedEntries(run.tags)) assert.equal(own.get(key), value);
      }
    }
  });

  it('lists artifacts as they are opened', async () => {
    const node = await findRun(api, listed, listed.files.run);
    const section = await sectionOf(api, node, 'artifacts');
    const walk = async (parent: ExperimentsNode): Promise<ListedFolder> => {
      const entries = (await api.experimentsTree.getChildren(parent)).filter(
        (child) => child.kind === 'artifact',
      );
      const found: Record<string, ListedFolder[string]> = {};
      for (const entry of entries) {
        const { path, isDirectory, size } = entry.artifact;
        found[path] = {
          size: isDirectory ? null : (size ?? null),
          inside: isDirectory ? await walk(entry) : null,
        };
      }
      return found;
    };
    assert.deepEqual(await walk(section!), listed.files.tree);
  });

  it('lists models, versions, aliases, stages, tags and source runs', async () => {
    const tree = api.modelsTree;
    await vscode.commands.executeCommand('mlflow.models.focus');
    const models = await openAll(tree, undefined);
    assert.deepEqual(labels(tree, models).sort(), listed.models.map(({ name }) => name).sort());
    for (const model of listed.models) {
      const node = models.find(
        (candidate) => candidate.kind === 'model' && candidate.modelName === model.name,
      );
      const versions = (await openAll(tree, node)).filter((child) => child.kind === 'version');
      const numbers = Object.keys(model.versions).sort((one, other) => Number(other) - Number(one));
      assert.deepEqual(
        versions.map(({ version }) => version),
        numbers,
        model.name,
      );
      for (const version of versions) await compareVersion(tree, version, model.versions[version.version]!);
    }
  });

  it('reads a signature', async () => {
    const tree = api.modelsTree;
    const model = (await openAll(tree, undefined)).find(
      (node) => node.kind === 'model' && node.modelName === 'churn-classifier',
    );
    const [version] = await openAll(tree, model);
    const signature = (await tree.getChildren(version)).find(
      (node) => node.kind === 'section' && node.name === 'signature',
    );
    const [inputs] = await tree.getChildren(signature);
    const columns = (await tree.getChildren(inputs)).map((node) => {
      const item = tree.getTreeItem(node);
      return `${labelOf(item)}: ${String(item.description)}`;
    });
    assert.deepEqual(columns, ['tenure: long', 'plan: string', 'support_calls: double']);
  });

  it('shows deleted experiments and runs when asked to, and only then', async () => {
    await vscode.commands.executeCommand('mlflow.experiments.showDeleted');
    try {
      const nodes = await openAll(api.experimentsTree, undefined);
      assert.equal(nodes.length, listed.all.length);
      for (const experiment of listed.all) {
        const item = api.experimentsTree.getTreeItem(
          nodes.find((node) => isExperiment(node, experiment.id))!,
        );
        assert.equal(item.description, experiment.deleted ? 'deleted' : undefined);
        assert.deepEqual(nestingOf(await runsOf(api, experiment.id)), expectedNesting(experiment.runs));
      }
    } finally {
      await vscode.commands.executeCommand('mlflow.experiments.hideDeleted');
    }
    assert.equal((await openAll(api.experimentsTree, undefined)).length, listed.active.length);
  });

  it('shows strangers’ names as text', async () => {
    const experiment = listed.active.find(({ name }) => name.startsWith('hostile'))!;
    for (const node of await runsOf(api, experiment.id)) {
      const item = api.experimentsTree.getTreeItem(node);
      assert.doesNotMatch(labelOf(item), /\p{Cc}|[\u202a-\u202e\u2066-\u2069]/u);
      const { tooltip } = api.experimentsTree.resolveTreeItem(item, node);
      assert.ok(tooltip instanceof vscode.MarkdownString);
      assert.ok(
        tooltip.isTrusted !== true && tooltip.supportHtml !== true && tooltip.supportThemeIcons !== true,
      );
      assert.doesNotMatch(tooltip.value, /(?<!\\)\[[^\]]*(?<!\\)\]\(/);
    }
  });

  it('keeps ids after a refresh and can be told to show a nested run', async () => {
    const churn = listed.active.find(({ name }) => name === 'churn-model')!;
    const before = (await runsOf(api, churn.id)).map(({ id }) => id);
    await vscode.commands.executeCommand('mlflow.experiments.refresh');
    const after = await runsOf(api, churn.id);
    assert.deepEqual(
      after.map(({ id }) => id),
      before,
    );
    const nested = after.find((node) => node.parent.kind === 'run' && node.parent.parent.kind === 'run')!;
    await api.experimentsTree.view.reveal(nested, { select: true });
    assert.deepEqual(
      api.experimentsTree.view.selection.map(({ id }) => id),
      [nested.id],
    );
  });

  it('copies from the row, from all selected rows, and by id', async () => {
    const churn = listed.active.find(({ name }) => name === 'churn-model')!;
    const [one, other] = await runsOf(api, churn.id);
    const copied = async (command: string, ...args: readonly unknown[]) => {
      await vscode.commands.executeCommand(command, ...args);
      return await vscode.env.clipboard.readText();
    };
    assert.equal(await copied('mlflow.run.copyId', one), one!.runId);
    assert.equal(await copied('mlflow.run.copyId', one, [one, other]), `${one!.runId}\n${other!.runId}`);
    assert.match(await copied('mlflow.run.copyArtifactUri', { runId: one!.runId }), /artifacts$/);
    assert.equal(await copied('mlflow.experiment.copyName', { experimentId: churn.id }), 'churn-model');
    const version = { modelName: 'churn-classifier', version: '2' };
    assert.equal(await copied('mlflow.modelVersion.copyUri', version), 'models:/churn-classifier/2');
  });

  it('sees by itself that a run has finished', async () => {
    await vscode.commands.executeCommand('mlflow.experiments.focus');
    const price = listed.active.find(({ name }) => name === 'price-forecast')!;
    const running = price.runs.find((run) => run.status === 'RUNNING')!;
    await runsOf(api, price.id);
    const renewed = nextChange(api.experimentsTree, (nodes) =>
      nodes.some((node) => node.kind === 'run' && node.runId === running.id),
    );
    await runPython(server, script('finishRun.py'), [running.id]);
    await renewed;
    const node = await findRun(api, listed, running.id);
    assert.equal((api.experimentsTree.getTreeItem(node).iconPath as vscode.ThemeIcon).id, 'pass');
  });

  it('keeps what it has when the server is gone, and says why', async () => {
    const churn = listed.active.find(({ name }) => name === 'churn-model')!;
    const before = (await runsOf(api, churn.id)).length;
    await server.stop();
    await vscode.commands.executeCommand('mlflow.experiments.refresh');
    const [failure, ...kept] = await api.experimentsTree.getChildren();
    assert.equal(failure?.kind, 'failure');
    assert.equal(kept.length, listed.active.length);
    assert.ok(labelOf(api.experimentsTree.getTreeItem(failure)).length > 10);
    const runs = await api.experimentsTree.getChildren(kept.find((node) => isExperiment(node, churn.id)));
    assert.equal(runs[0]?.kind, 'failure');
    assert.ok(before > 0 && runs.length > 1);
  });
});
