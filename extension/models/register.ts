import type { ExtensionContext, LogOutputChannel } from 'vscode';
import type { Attention } from '../catalog/attention';
import { registerCommand, type ModelTarget, type ModelVersionTarget, type NodeTarget } from '../manifest';
import type { Sessions } from '../session';
import type { Report } from '../ui/report';
import { createModelsTree, type ModelsTree } from './modelsTree';

export interface ModelsOptions {
  readonly context: Pick<ExtensionContext, 'subscriptions'>;
  readonly sessions: Sessions;
  readonly attention: Attention;
  readonly report: Report;
  readonly log: LogOutputChannel;
}

/** The Registered Models view and its commands. */
export function registerModels(options: ModelsOptions): ModelsTree {
  const { context, sessions, report } = options;
  const tree = createModelsTree(options);
  const rows = { sessions, tree };
  const load = () => import('./modelCommands');
  context.subscriptions.push(
    tree,
    registerCommand('mlflow.models.refresh', report.error, async (node) =>
      (await load()).refresh(rows, node),
    ),
    registerCommand('mlflow.models.loadMore', report.error, async (node) =>
      (await load()).loadMore(rows, node),
    ),
    // From a menu over several selected rows, VS Code passes the row and then all of them.
    registerCommand(
      'mlflow.models.copyValue',
      report.error,
      async (node?: NodeTarget, nodes?: readonly NodeTarget[]) => (await load()).copyValue(rows, node, nodes),
    ),
    registerCommand(
      'mlflow.model.copyName',
      report.error,
      async (one?: ModelTarget, all?: readonly ModelTarget[]) =>
        (await load()).copyModelNames(rows, all ?? [one]),
    ),
    registerCommand(
      'mlflow.modelVersion.copyUri',
      report.error,
      async (one?: ModelVersionTarget, all?: readonly ModelVersionTarget[]) =>
        (await load()).copyVersionUris(rows, all ?? [one]),
    ),
    registerCommand('mlflow.model.openInBrowser', report.error, async (model) =>
      (await load()).openModelInBrowser(rows, model),
    ),
    registerCommand('mlflow.modelVersion.openSourceRun', report.error, async (version) =>
      (await load()).openSourceRun(rows, version),
    ),
    registerCommand('mlflow.modelVersion.openInBrowser', report.error, async (version) =>
      (await load()).openVersionInBrowser(rows, version),
    ),
  );
  return tree;
}
