import type { LogOutputChannel } from 'vscode';
import type { Attention } from '../catalog/attention';
import type { Scope } from '../catalog/catalog';
import { commandLink } from '../manifest';
import type { Sessions } from '../session';
import { CatalogTree } from '../ui/tree';
import { newFailureNode } from '../ui/treeRow';
import { listChildren } from './children';
import { modelNodeId, type ModelsNode } from './nodes';
import { describeNode, explainNode } from './rows';

export interface ModelsTreeOptions {
  readonly sessions: Sessions;
  readonly attention: Attention;
  readonly log: LogOutputChannel;
}

export type ModelsTree = CatalogTree<ModelsNode>;

/** The Registered Models view. */
export function createModelsTree(options: ModelsTreeOptions): ModelsTree {
  return new CatalogTree<ModelsNode>({
    ...options,
    viewId: 'mlflow.models',
    shape: {
      listChildren,
      describe: (catalog, node) => describeNode(catalog, node, Date.now()),
      explain: explainNode,
      commandOf,
      affectedBy,
      failureOf: newFailureNode,
    },
  });
}

function commandOf(node: ModelsNode) {
  switch (node.kind) {
    case 'field':
      if (node.opens === undefined) return undefined;
      return commandLink('Open Run', 'mlflow.run.open', { runId: node.opens });
    case 'search':
      return commandLink('Filter Registered Models', 'mlflow.models.filter');
    case 'more':
      return commandLink('Load More', 'mlflow.models.loadMore', { id: node.id });
    case 'failure':
      return commandLink('Retry', 'mlflow.models.refresh', { id: node.id });
    case 'version':
      return commandLink('Open Model Version', 'mlflow.modelVersion.open', {
        modelName: node.modelName,
        version: node.version,
      });
    case 'model':
    case 'section':
    case 'note':
      return undefined;
  }
}

function affectedBy(scope: Scope): readonly string[] | 'everything' {
  switch (scope.kind) {
    case 'all':
    case 'models':
      return 'everything';
    case 'versions':
      return [modelNodeId(scope.modelName)];
    case 'experiments':
    case 'runs':
      return [];
  }
}
