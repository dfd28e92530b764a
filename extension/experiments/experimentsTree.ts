import type { LogOutputChannel } from 'vscode';
import type { Attention } from '../catalog/attention';
import type { Catalog, Scope } from '../catalog/catalog';
import type { Disposable } from '../catalog/emitter';
import type { RunWatcher } from '../catalog/runWatcher';
import { commandLink } from '../manifest';
import type { WindowRuns } from '../processes/windowRuns';
import type { Sessions } from '../session';
import type { Settings } from '../settings';
import { CatalogTree } from '../ui/tree';
import { newFailureNode } from '../ui/treeRow';
import { listChildren } from './children';
import { experimentNodeId, runNodeId, type ArtifactNode, type ExperimentsNode } from './nodes';
import { describeNode, explainNode, type Look } from './rows';

export interface ExperimentsTreeOptions {
  readonly sessions: Sessions;
  readonly attention: Attention;
  readonly settings: () => Settings;
  readonly log: LogOutputChannel;
  readonly runWatcher: RunWatcher;
  readonly runs: WindowRuns;
}

export type ExperimentsTree = CatalogTree<ExperimentsNode>;

/** The Experiments view. The unfinished runs of open experiments are kept fresh. */
export function createExperimentsTree(options: ExperimentsTreeOptions): ExperimentsTree {
  const { settings, runWatcher, runs } = options;
  const watched = new WatchedExperiments(runWatcher);
  const isOurs = (runId: string) => runs.find(runId) !== undefined;
  const look = (): Look => ({ now: Date.now(), keyMetric: settings().runs.keyMetric, isOurs });
  const tree = new CatalogTree<ExperimentsNode>({
    ...options,
    viewId: 'mlflow.experiments',
    shape: {
      listChildren: async (catalog, node) => {
        // VS Code asks for the children of open rows only, also when it opens them again by itself after a restart.
        if (node?.kind === 'experiment') watched.add(catalog, node.experimentId);
        const children = await listChildren(catalog, node);
        runWatcher.wake();
        return children;
      },
      describe: (catalog, node) => describeNode(catalog, node, look()),
      explain: (catalog, node) => explainNode(catalog, node, look()),
      commandOf,
      affectedBy,
      failureOf: newFailureNode,
    },
  });
  runs.onDidChange(() => {
    tree.redraw();
  });
  tree.view.onDidCollapseElement(({ element }) => {
    if (element.kind === 'experiment') watched.delete(element.experimentId);
  });
  return tree;
}

function commandOf(node: ExperimentsNode) {
  switch (node.kind) {
    case 'run':
      return commandLink('Open Run', 'mlflow.run.open', { runId: node.runId });
    case 'value':
      if (node.opens === undefined) return undefined;
      return 'runId' in node.opens
        ? commandLink('Open Run', 'mlflow.run.open', node.opens)
        : commandLink('Open Logged Model', 'mlflow.loggedModel.open', node.opens);
    case 'search':
      return commandLink('Filter Runs', 'mlflow.runs.filter', { experimentId: node.experimentId });
    case 'more':
      return commandLink('Load More', 'mlflow.experiments.loadMore', { id: node.id });
    case 'failure':
      return commandLink('Retry', 'mlflow.experiments.refresh', { id: node.id });
    case 'artifact':
      return node.artifact.isDirectory ? undefined : openArtifact(node);
    case 'experiment':
    case 'section':
    case 'note':
      return undefined;
  }
}

function openArtifact({ runId, artifact: { path } }: ArtifactNode) {
  return commandLink('Open Artifact', 'mlflow.artifact.open', { runId, artifact: { path } });
}

function affectedBy(scope: Scope): readonly string[] | 'everything' {
  switch (scope.kind) {
    case 'all':
    case 'experiments':
      return 'everything';
    case 'runs': {
      const { experimentId, runIds } = scope;
      return runIds?.map((runId) => runNodeId(experimentId, runId)) ?? [experimentNodeId(experimentId)];
    }
    case 'models':
    case 'versions':
      return [];
  }
}

/** The watches over open experiments of one catalog; another catalog has experiments of its own. */
class WatchedExperiments {
  private readonly watches = new Map<string, Disposable>();
  private catalog: Catalog | undefined;

  constructor(private readonly runWatcher: Pick<RunWatcher, 'watchExperiment'>) {}

  add(catalog: Catalog, experimentId: string): void {
    if (catalog !== this.catalog) this.clear();
    this.catalog = catalog;
    if (this.watches.has(experimentId)) return;
    this.watches.set(experimentId, this.runWatcher.watchExperiment(experimentId));
  }

  delete(experimentId: string): void {
    this.watches.get(experimentId)?.dispose();
    this.watches.delete(experimentId);
  }

  private clear(): void {
    for (const watch of this.watches.values()) watch.dispose();
    this.watches.clear();
  }
}
