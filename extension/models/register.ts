import type { ExtensionContext, LogOutputChannel } from 'vscode';
import type { Attention } from '../catalog/attention';
import { registerCommands } from '../manifest';
import type { Sessions } from '../session';
import type { Report } from '../ui/report';
import { ModelSearches } from './modelSearches';
import { createModelsTree, type ModelsTree } from './modelsTree';

export interface ModelsOptions {
  readonly context: Pick<ExtensionContext, 'subscriptions' | 'workspaceState'>;
  readonly sessions: Sessions;
  readonly attention: Attention;
  readonly report: Report;
  readonly log: LogOutputChannel;
}

const modelCommandIds = [
  'mlflow.models.refresh',
  'mlflow.models.loadMore',
  'mlflow.models.copyValue',
  'mlflow.models.filter',
  'mlflow.models.clearFilter',
  'mlflow.model.copyName',
  'mlflow.model.openInBrowser',
  'mlflow.modelVersion.copyUri',
  'mlflow.modelVersion.openSourceRun',
  'mlflow.modelVersion.openInBrowser',
] as const;

/** The Registered Models view and its commands. */
export function registerModels(options: ModelsOptions): ModelsTree {
  const { context, sessions, report } = options;
  const searches = new ModelSearches(sessions, context.workspaceState);
  // Before the tree, which would else list what is not to be shown.
  context.subscriptions.push(
    sessions.onDidChange(() => {
      searches.apply();
    }),
  );
  const tree = createModelsTree(options);
  context.subscriptions.push(
    tree,
    registerCommands(modelCommandIds, report.error, async () =>
      (await import('./modelCommands')).createHandlers({ sessions, tree, searches }),
    ),
  );
  return tree;
}
