import * as vscode from 'vscode';
import { registerCommand, type ExperimentTarget, type OnCommandError } from '../manifest';
import type { Sessions } from '../session';
import { demandSession } from '../ui/demandSession';
import type { ExperimentsTree } from './experimentsTree';
import { RunSearches } from './runSearches';

export interface FilterOptions {
  readonly sessions: Sessions;
  readonly state: vscode.Memento;
  /** Late, since the searches must be there before the tree lists anything. */
  readonly tree: () => ExperimentsTree;
  readonly onError: OnCommandError;
}

/** `MLflow: Filter Runs…` and its way back, per experiment and remembered for the workspace. */
export function registerFilterCommands({ sessions, state, tree, onError }: FilterOptions): vscode.Disposable {
  const searches = new RunSearches(sessions, state);
  const target = async (given: ExperimentTarget | undefined): Promise<string | undefined> => {
    const known = given ?? findSelected(tree());
    const experiment = known ?? (await (await import('../ui/pickRun')).pickExperiment(sessions));
    return experiment?.experimentId;
  };
  searches.apply();
  return vscode.Disposable.from(
    sessions.onDidChange(() => {
      searches.apply();
    }),
    registerCommand('mlflow.runs.filter', onError, async (given) => {
      const experimentId = await target(given);
      if (experimentId === undefined) return;
      const { catalog } = await demandSession(sessions);
      const { askSearch } = await import('./filterDialog');
      await askSearch({
        experimentName: catalog.findExperiment(experimentId)?.name ?? experimentId,
        runs: () => catalog.loadedRuns(experimentId),
        search: () => catalog.runSearch(experimentId),
        apply: (search) => searches.set(experimentId, search),
      });
    }),
    registerCommand('mlflow.runs.clearFilter', onError, async (given) => {
      const experimentId = await target(given);
      if (experimentId !== undefined) await searches.set(experimentId, undefined);
    }),
  );
}

/** The experiment of the selected row, if it has one. */
function findSelected(tree: ExperimentsTree): ExperimentTarget | undefined {
  const [node] = tree.selection;
  return node && 'experimentId' in node ? { experimentId: node.experimentId } : undefined;
}
