import type { ExtensionContext, LogOutputChannel } from 'vscode';
import type { Attention } from '../catalog/attention';
import { registerCommand, type ModelTarget, type ModelVersionTarget, type NodeTarget } from '../manifest';
import type { Sessions } from '../session';
import type { Report } from '../ui/report';
import {
  copyModelNames,
  copyValue,
  copyVersionUris,
  loadMore,
  openModelInBrowser,
  openSourceRun,
  openVersionInBrowser,
  refresh,
} from './commands';
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
  context.subscriptions.push(
    tree,
    registerCommand('mlflow.models.refresh', report.error, (node) => refresh(rows, node)),
    registerCommand('mlflow.models.loadMore', report.error, (node) => loadMore(rows, node)),
    // From a menu over several selected rows, VS Code passes the row and then all of them.
    registerCommand(
      'mlflow.models.copyValue',
      report.error,
      (node?: NodeTarget, nodes?: readonly NodeTarget[]) => copyValue(rows, node, nodes),
    ),
    registerCommand(
      'mlflow.model.copyName',
      report.error,
      (one?: ModelTarget, all?: readonly ModelTarget[]) => copyModelNames(rows, all ?? [one]),
    ),
    registerCommand(
      'mlflow.modelVersion.copyUri',
      report.error,
      (one?: ModelVersionTarget, all?: readonly ModelVersionTarget[]) => copyVersionUris(rows, all ?? [one]),
    ),
    registerCommand('mlflow.model.openInBrowser', report.error, (model) => openModelInBrowser(rows, model)),
    registerCommand('mlflow.modelVersion.openSourceRun', report.error, (version) =>
      openSourceRun(rows, version),
    ),
    registerCommand('mlflow.modelVersion.openInBrowser', report.error, (version) =>
      openVersionInBrowser(rows, version),
    ),
  );
  return tree;
}
