import type { ExtensionContext, LogOutputChannel } from 'vscode';
import type { Attention } from '../catalog/attention';
import type { RunWatcher } from '../catalog/runWatcher';
import type { WindowRuns } from '../processes/windowRuns';
import { registerCommands } from '../manifest';
import type { Sessions } from '../session';
import type { Settings } from '../settings';
import type { Report } from '../ui/report';
import { registerDeletedCommands } from './deletedCommands';
import { registerFilterCommands } from './filterCommands';
import { createExperimentsTree, type ExperimentsTree } from './experimentsTree';

export interface ExperimentsOptions {
  readonly context: Pick<ExtensionContext, 'subscriptions' | 'workspaceState'>;
  readonly sessions: Sessions;
  readonly attention: Attention;
  readonly settings: () => Settings;
  readonly report: Report;
  readonly log: LogOutputChannel;
  readonly runWatcher: RunWatcher;
  readonly runs: WindowRuns;
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
  context.subscriptions.push(
    tree,
    registerCommands(
      [
        'mlflow.experiments.refresh',
        'mlflow.experiments.loadMore',
        'mlflow.experiments.copyValue',
        'mlflow.experiment.openInBrowser',
        'mlflow.experiment.copyId',
        'mlflow.experiment.copyName',
        'mlflow.run.openInBrowser',
        'mlflow.run.copyId',
        'mlflow.run.copyName',
        'mlflow.run.copyArtifactUri',
      ],
      report.error,
      async () => (await import('./experimentCommands')).handleExperiments({ sessions, tree }),
    ),
    registerCommands(['mlflow.run.reveal', 'mlflow.artifact.reveal'], report.error, async () =>
      (await import('./revealCommands')).handleReveals({ sessions, tree }),
    ),
  );
  return tree;
}
