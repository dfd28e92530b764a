import type { CommandHandlers, ExperimentTarget, NodeTarget, RunTarget } from '../manifest';
import type { Session, Sessions } from '../session';
import type { Experiment, Run } from '../tracking/model';
import { chooseTargets } from '../ui/chooseTargets';
import { copyTexts } from '../ui/copyText';
import { demandSession } from '../ui/demandSession';
import { openInBrowser } from '../ui/openInBrowser';
import { pickFrom, wholeList } from '../ui/pick';
import { pickExperiment, pickRun } from '../ui/pickRun';
import { UserError } from '../ui/userError';
import type { ExperimentsTree } from './experimentsTree';
import type { ExperimentsNode, RunNode } from './nodes';
import { experimentNode, runNode, sectionNode } from './nodes';
import { metricNodes, paramNodes, tagNodes } from './valueNodes';

/** What the commands work on. A tree passes the row and, where several are selected, all of them. */
export interface ExperimentsContext {
  readonly sessions: Sessions;
  readonly tree: ExperimentsTree;
}

export type ExperimentsCommandId =
  | `mlflow.experiments.${'refresh' | 'loadMore' | 'copyValue'}`
  | `mlflow.experiment.${'openInBrowser' | 'copyId' | 'copyName'}`
  | `mlflow.run.${'openInBrowser' | 'copyId' | 'copyName' | 'copyArtifactUri'}`;

/** What each command does. From a menu over several selected rows, VS Code passes the row and then all of them. */
export function handleExperiments(rows: ExperimentsContext): CommandHandlers<ExperimentsCommandId> {
  return {
    'mlflow.experiments.refresh': (node) => refresh(rows, node),
    'mlflow.experiments.loadMore': (node) => loadMore(rows, node),
    'mlflow.experiments.copyValue': (node, nodes) => copyValue(rows, node, nodes),
    'mlflow.experiment.openInBrowser': (one) => openExperimentInBrowser(rows, one),
    'mlflow.experiment.copyId': (one, all) =>
      copyOfExperiments(rows, all ?? [one], 'experiment ID', ({ id }) => id),
    'mlflow.experiment.copyName': (one, all) =>
      copyOfExperiments(rows, all ?? [one], 'experiment name', ({ name }) => name),
    'mlflow.run.openInBrowser': (run) => openRunInBrowser(rows, run),
    'mlflow.run.copyId': (one, all) => copyOfRuns(rows, all ?? [one], 'run ID', ({ id }) => id),
    'mlflow.run.copyName': (one, all) => copyOfRuns(rows, all ?? [one], 'run name', ({ name }) => name),
    'mlflow.run.copyArtifactUri': (one, all) =>
      copyOfRuns(rows, all ?? [one], 'artifact URI', ({ artifactUri }) => artifactUri),
  };
}

/** Reads a row's thing again; without a row, the experiments, or the connection that failed. */
async function refresh({ sessions, tree }: ExperimentsContext, target?: NodeTarget): Promise<void> {
  if (sessions.state.kind === 'failed') {
    await sessions.retry();
    return;
  }
  const { catalog } = await demandSession(sessions);
  tree.forgetFailures();
  await tree.whileBusy(() => refreshNode(catalog, target && tree.find(target.id)));
}

async function refreshNode(catalog: Session['catalog'], node: ExperimentsNode | undefined): Promise<void> {
  switch (node?.kind) {
    case undefined:
      await catalog.refresh({ kind: 'experiments' });
      return;
    case 'experiment':
      await catalog.refresh({ kind: 'runs', experimentId: node.experimentId });
      return;
    case 'run':
      await catalog.refreshRun(node.runId);
      return;
    case 'artifact':
      catalog.refreshContents(node.experimentId, node.runId);
      return;
    case 'section':
      if (node.name === 'artifacts') catalog.refreshContents(node.experimentId, node.runId);
      else await catalog.refreshRun(node.runId);
      return;
    case 'more':
      await loadMoreOf(catalog, node.parent);
      return;
    case 'search':
    case 'value':
    case 'failure':
    case 'note':
      await refreshNode(catalog, node.parent);
  }
}

/** Loads the next page where a row says that there is more; without a row, of the experiments or of one of them. */
async function loadMore({ sessions, tree }: ExperimentsContext, target?: NodeTarget): Promise<void> {
  const { catalog } = await demandSession(sessions);
  const node = (target && tree.find(target.id)) ?? tree.selection.find(({ kind }) => kind === 'more');
  if (node) {
    await tree.whileBusy(() => loadMoreOf(catalog, node.kind === 'more' ? node.parent : node));
    return;
  }
  const { hasMore } = await catalog.experiments();
  const experiment = hasMore ? undefined : await pickExperiment(sessions);
  if (hasMore || experiment) {
    await tree.whileBusy(() => loadMoreOf(catalog, experiment && experimentNode(experiment.experimentId)));
  }
}

async function loadMoreOf(catalog: Session['catalog'], parent: ExperimentsNode | undefined): Promise<void> {
  if (!parent) await catalog.loadMore({ kind: 'experiments' });
  else if (parent.kind === 'run') await catalog.loadMoreChildren(parent.experimentId, parent.runId);
  else if (parent.kind === 'experiment') {
    await catalog.loadMore({ kind: 'runs', experimentId: parent.experimentId });
  }
}

/** Copies what rows hold: values of parameters, metrics and tags, paths of artifacts, ids of the rest. */
async function copyValue(
  context: ExperimentsContext,
  target?: NodeTarget,
  targets?: readonly NodeTarget[],
): Promise<void> {
  const rows = target ? findNodes(context.tree, targets ?? [target]) : context.tree.selection;
  const texts = rows.map(valueOf).filter((text) => text !== undefined);
  if (texts.length > 0) await copyTexts(texts, 'value');
  else await copyPickedValue(context);
}

function findNodes(tree: ExperimentsTree, targets: readonly NodeTarget[]): readonly ExperimentsNode[] {
  return targets.map(({ id }) => tree.find(id)).filter((node) => node !== undefined);
}

function valueOf(node: ExperimentsNode): string | undefined {
  switch (node.kind) {
    case 'value':
      return node.value;
    case 'artifact':
      return node.artifact.path;
    case 'run':
    case 'section':
      return node.runId;
    case 'experiment':
      return node.experimentId;
    case 'search':
      return node.label;
    case 'more':
    case 'failure':
    case 'note':
      return undefined;
  }
}

async function copyPickedValue({ sessions }: ExperimentsContext): Promise<void> {
  const target = await pickRun(sessions);
  if (!target) return;
  const { catalog } = await demandSession(sessions);
  const run = await catalog.run(target.runId);
  const parent = runNode(experimentNode(run.experimentId), run.id);
  const items = [
    ...metricNodes(sectionNode(parent, 'metrics', 0), run),
    ...paramNodes(sectionNode(parent, 'params', 0), run),
    ...tagNodes(sectionNode(parent, 'tags', 0), run),
  ];
  if (items.length === 0) throw new UserError('This run has no parameters, metrics or tags.');
  const chosen = await pickFrom({
    title: 'Copy a value',
    placeholder: 'Type a part of its name',
    ...wholeList(items),
    describe: ({ label, description, noun }) => ({ label, description: `${noun} · ${description}` }),
  });
  if (chosen) await copyTexts([chosen.value], chosen.label);
}

/** Copies a fact of experiments: those given, else those selected, else one that the user picks. */
async function copyOfExperiments(
  context: ExperimentsContext,
  targets: readonly (ExperimentTarget | undefined)[],
  noun: string,
  read: (experiment: Pick<Experiment, 'id' | 'name'>) => string,
): Promise<void> {
  const { catalog } = await demandSession(context.sessions);
  const chosen = await chooseExperiments(context, targets);
  const texts = chosen.map(({ experimentId: id }) => read(catalog.findExperiment(id) ?? { id, name: id }));
  await copyTexts(texts, noun);
}

/** Copies a fact of runs: those given, else those selected, else one that the user picks. */
async function copyOfRuns(
  context: ExperimentsContext,
  targets: readonly (RunTarget | undefined)[],
  noun: string,
  read: (run: Run) => string,
): Promise<void> {
  const { catalog } = await demandSession(context.sessions);
  const chosen = await chooseRuns(context, targets);
  const runs = await Promise.all(chosen.map(({ runId }) => catalog.run(runId)));
  await copyTexts(runs.map(read), noun);
}

/** Opens an experiment's page in MLflow's web UI. */
async function openExperimentInBrowser(
  context: ExperimentsContext,
  target: ExperimentTarget | undefined,
): Promise<void> {
  const session = await demandSession(context.sessions);
  const [experiment] = await chooseExperiments(context, [target]);
  if (experiment) await openInBrowser(session, 'experiments', experiment.experimentId);
}

/** Opens a run's page in MLflow's web UI. */
async function openRunInBrowser(context: ExperimentsContext, target: RunTarget | undefined): Promise<void> {
  const session = await demandSession(context.sessions);
  const [chosen] = await chooseRuns(context, [target]);
  if (!chosen) return;
  const run = await session.catalog.run(chosen.runId);
  await openInBrowser(session, 'experiments', run.experimentId, 'runs', run.id);
}

function chooseExperiments(
  { sessions, tree }: ExperimentsContext,
  targets: readonly (ExperimentTarget | undefined)[],
): Promise<readonly ExperimentTarget[]> {
  const selected = tree.selection.filter((node) => node.kind === 'experiment');
  return chooseTargets('experiment', targets, selected, () => pickExperiment(sessions));
}

function chooseRuns(
  { sessions, tree }: ExperimentsContext,
  targets: readonly (RunTarget | undefined)[],
): Promise<readonly RunTarget[]> {
  const selected = tree.selection.filter((node): node is RunNode => node.kind === 'run');
  return chooseTargets<RunTarget>('run', targets, selected, () => pickRun(sessions));
}
