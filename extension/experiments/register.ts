import type { ExtensionContext, LogOutputChannel } from 'vscode';
import type { Attention } from '../catalog/attention';
import type { RunWatcher } from '../catalog/runWatcher';
import { registerCommand, type ExperimentTarget, type NodeTarget, type RunTarget } from '../manifest';
import type { Sessions } from '../session';
import type { Settings } from '../settings';
import type { Report } from '../ui/report';
import { registerDeletedCommands } from './deletedCommands';
import { registerFilterCommands } from './filterCommands';
import { createExperimentsTree, type ExperimentsTree } from './experimentsTree';

const load = () => import('./experimentCommands');

export interface ExperimentsOptions {
  readonly context: Pick<ExtensionContext, 'subscriptions' | 'workspaceState'>;
  readonly sessions: Sessions;
  readonly attention: Attention;
  readonly settings: () => Settings;
  readonly report: Report;
  readonly log: LogOutputChannel;
  readonly runWatcher: RunWatcher;
}

/** The Experiments view and its commands. */
export function registerExperiments(options: ExperimentsOptions): ExperimentsTree {
  const { context, sessions, report } = options;
  // Before the tree, which would else list what is not to be shown.
  context.subscriptions.push(
    registerDeletedCommands(sessions, context.workspaceState, report.error),
    registerFilterCommands({
      sessions,
      state: context.workspaceState,
      tree: () => tree,
      onError: report.error,
    }),
  );
  const tree = createExperimentsTree(options);
  context.subscriptions.push(tree);
  registerCommands(options, tree);
  registerCopying(options, tree);
  return tree;
}

function registerCommands({ context, sessions, report }: ExperimentsOptions, tree: ExperimentsTree): void {
  const rows = { sessions, tree };
  context.subscriptions.push(
    registerCommand('mlflow.experiments.refresh', report.error, async (node) =>
      (await load()).refresh(rows, node),
    ),
    registerCommand('mlflow.experiments.loadMore', report.error, async (node) =>
      (await load()).loadMore(rows, node),
    ),
    registerCommand('mlflow.experiment.openInBrowser', report.error, async (experiment) =>
      (await load()).openExperimentInBrowser(rows, experiment),
    ),
    registerCommand('mlflow.run.reveal', report.error, async (run) => (await load()).revealRun(rows, run)),
    registerCommand('mlflow.run.openInBrowser', report.error, async (run) =>
      (await load()).openRunInBrowser(rows, run),
    ),
  );
}

/** From a menu over several selected rows, VS Code passes the row and then all of them. */
function registerCopying({ context, sessions, report }: ExperimentsOptions, tree: ExperimentsTree): void {
  const rows = { sessions, tree };
  context.subscriptions.push(
    registerCommand(
      'mlflow.experiments.copyValue',
      report.error,
      async (node?: NodeTarget, nodes?: readonly NodeTarget[]) => (await load()).copyValue(rows, node, nodes),
    ),
    registerCommand(
      'mlflow.experiment.copyId',
      report.error,
      async (one?: ExperimentTarget, all?: readonly ExperimentTarget[]) =>
        (await load()).copyOfExperiments(rows, all ?? [one], 'experiment ID', (experiment) => experiment.id),
    ),
    registerCommand(
      'mlflow.experiment.copyName',
      report.error,
      async (one?: ExperimentTarget, all?: readonly ExperimentTarget[]) =>
        (await load()).copyOfExperiments(
          rows,
          all ?? [one],
          'experiment name',
          (experiment) => experiment.name,
        ),
    ),
    registerCommand('mlflow.run.copyId', report.error, async (one?: RunTarget, all?: readonly RunTarget[]) =>
      (await load()).copyOfRuns(rows, all ?? [one], 'run ID', (run) => run.id),
    ),
    registerCommand(
      'mlflow.run.copyName',
      report.error,
      async (one?: RunTarget, all?: readonly RunTarget[]) =>
        (await load()).copyOfRuns(rows, all ?? [one], 'run name', (run) => run.name),
    ),
    registerCommand(
      'mlflow.run.copyArtifactUri',
      report.error,
      async (one?: RunTarget, all?: readonly RunTarget[]) =>
        (await load()).copyOfRuns(rows, all ?? [one], 'artifact URI', (run) => run.artifactUri),
    ),
  );
}
