import type { CommandHandlers, ExperimentTarget, NodeTarget, RunTarget } from '../manifest';
import type { Session, Sessions } from '../session';
import type { Experiment, Run } from '../tracking/model';
import { artifactsOf, pickArtifact, type GivenArtifact } from '../ui/chooseArtifacts';
import { chooseTargets } from '../ui/chooseTargets';
import { copyTexts } from '../ui/copyText';
import { demandSession } from '../ui/demandSession';
import { openInBrowser } from '../ui/openInBrowser';
import { pickFrom, wholeList } from '../ui/pick';
import { pickExperiment, pickRun } from '../ui/pickRun';
import { plainText } from '../ui/text';
import { findArtifact } from '../ui/readArtifactFolder';
import { UserError } from '../ui/userError';
import type { ExperimentsTree } from './experimentsTree';
import type { ArtifactNode, ExperimentsNode, RunNode, SectionNode } from './nodes';
import { artifactNode, experimentNode, experimentNodeId, runNode, runNodeId, sectionNode } from './nodes';
import { metricNodes, paramNodes, tagNodes } from './valueNodes';

/** What the commands work on. A tree passes the row and, where several are selected, all of them. */
export interface ExperimentsContext {
  readonly sessions: Sessions;
  readonly tree: ExperimentsTree;
}

export type ExperimentsCommandId =
  | `mlflow.experiments.${'refresh' | 'loadMore' | 'copyValue'}`
  | `mlflow.experiment.${'openInBrowser' | 'copyId' | 'copyName'}`
  | `mlflow.run.${'reveal' | 'openInBrowser' | 'copyId' | 'copyName' | 'copyArtifactUri'}`
  | 'mlflow.artifact.reveal';

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
    'mlflow.run.reveal': (run) => revealRun(rows, run),
    'mlflow.artifact.reveal': (artifact) => revealArtifact(rows, artifact),
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

/** Shows a run in the tree, read anew: it may be younger than what is listed. Nothing happens where it is not on the first pages. */
async function revealRun(context: ExperimentsContext, target?: RunTarget): Promise<void> {
  const runId = (target ?? (await pickRun(context.sessions)))?.runId;
  const node = runId === undefined ? undefined : await findRunRow(context, runId);
  if (node) await context.tree.view.reveal(node, { select: true, focus: false });
}

/** Shows an artifact in the tree, the folders above it opened. */
async function revealArtifact(context: ExperimentsContext, given?: GivenArtifact): Promise<void> {
  const { sessions, tree } = context;
  const place = artifactsOf(given, undefined, [])[0] ?? (await pickArtifact(sessions));
  if (!place) return;
  const run = await findRunRow(context, place.runId);
  if (!run) throw new UserError('The run of this artifact is not among those that the tree shows.');
  const { catalog } = await demandSession(sessions);
  const artifact = await findArtifact(catalog, place);
  if (!artifact) throw new UserError(`The run has no ${plainText(place.path)}.`);
  let parent: SectionNode | ArtifactNode = sectionNode(run, 'artifacts', undefined);
  for (const { index } of place.path.matchAll(/\//g))
    parent = artifactNode(parent, { path: place.path.slice(0, index), isDirectory: true, size: undefined });
  await tree.view.reveal(artifactNode(parent, artifact), { select: true, focus: true });
}

/** The row of a run, its experiment and its listing read anew; undefined where it is not on the first pages. */
async function findRunRow(
  { sessions, tree }: ExperimentsContext,
  runId: string,
): Promise<RunNode | undefined> {
  const { catalog } = await demandSession(sessions);
  const { experimentId } = await catalog.refreshRun(runId);
  if (!catalog.findExperiment(experimentId)) await catalog.refresh({ kind: 'experiments' });
  await catalog.refresh({ kind: 'runs', experimentId });
  const { items } = await catalog.experiments();
  const isListed =
    items.some(({ id }) => id === experimentId) &&
    catalog.loadedRuns(experimentId).some(({ id }) => id === runId);
  if (!isListed) return undefined;
  // The rows that VS Code has; others of the same names it would not find again.
  const parent = tree.find(experimentNodeId(experimentId));
  const experiment = parent?.kind === 'experiment' ? parent : experimentNode(experimentId);
  const node = tree.find(runNodeId(experimentId, runId));
  return node?.kind === 'run' ? node : runNode(experiment, runId);
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
