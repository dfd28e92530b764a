import type { RunForest } from '../catalog/runForest';
import type { CommandHandlers, RevealTarget } from '../manifest';
import type { Session } from '../session';
import type { Run } from '../tracking/model';
import { artifactsOf, pickArtifact, type GivenArtifact } from '../ui/chooseArtifacts';
import { demandSession } from '../ui/demandSession';
import { pickRun } from '../ui/pickRun';
import { readOn } from '../ui/readOn';
import { findArtifact } from '../ui/readArtifactFolder';
import { showDeleted, type Step } from '../ui/steps';
import { plainText } from '../ui/text';
import { UserError } from '../ui/userError';
import { forestOf } from './children';
import type { ExperimentsContext } from './experimentCommands';
import type { ExperimentsTree } from './experimentsTree';
import {
  artifactNode,
  experimentNode,
  experimentNodeId,
  runNode,
  runNodeId,
  sectionNode,
  type ArtifactNode,
  type ExperimentNode,
  type RunNode,
  type SectionNode,
} from './nodes';

type Catalog = Session['catalog'];

/** The commands that show a thing in the tree, whichever page it is on. */
export function handleReveals(
  context: ExperimentsContext,
): CommandHandlers<'mlflow.run.reveal' | 'mlflow.artifact.reveal'> {
  return {
    'mlflow.run.reveal': (run) => revealRun(context, run),
    'mlflow.artifact.reveal': (artifact) => revealArtifact(context, artifact),
  };
}

async function revealRun(context: ExperimentsContext, target?: RevealTarget): Promise<void> {
  const runId = (target ?? (await pickRun(context.sessions)))?.runId;
  if (runId === undefined) return;
  const row = await findRunRow(context, runId).catch((error: unknown) => {
    if (target?.isQuiet && error instanceof UserError) return undefined;
    throw error;
  });
  if (row) await context.tree.view.reveal(row, { select: true, focus: false });
}

async function revealArtifact(context: ExperimentsContext, given?: GivenArtifact): Promise<void> {
  const { sessions, tree } = context;
  const place = artifactsOf(given, undefined, [])[0] ?? (await pickArtifact(sessions));
  if (!place) return;
  const run = await findRunRow(context, place.runId);
  const { catalog } = await demandSession(sessions);
  const artifact = await findArtifact(catalog, place);
  if (!artifact) throw new UserError(`The run has no ${plainText(place.path)}.`);
  let parent: SectionNode | ArtifactNode = sectionNode(run, 'artifacts', undefined);
  for (const { index } of place.path.matchAll(/\//g))
    parent = artifactNode(parent, { path: place.path.slice(0, index), isDirectory: true, size: undefined });
  await tree.view.reveal(artifactNode(parent, artifact), { select: true, focus: true });
}

/** The row of a run, read anew: it may be younger than what is listed. Rejects with a UserError where the tree hides it. */
async function findRunRow({ sessions, tree }: ExperimentsContext, runId: string): Promise<RunNode> {
  const { catalog } = await demandSession(sessions);
  return await tree.whileBusy(async () => {
    const run = await catalog.refreshRun(runId);
    await listExperiment(catalog, run);
    await catalog.refresh({ kind: 'runs', experimentId: run.experimentId });
    if (!(await catalog.includeRun(run))) throw explainHidden(catalog, run);
    return rowOf(tree, forestOf(await catalog.runs(run.experimentId)), run);
  });
}

/** Has the tree list the experiment of a run, which may be new, or on a later page. */
async function listExperiment(catalog: Catalog, run: Run): Promise<void> {
  const isListed = () => catalog.findExperiment(run.experimentId) !== undefined;
  if (!isListed()) await catalog.refresh({ kind: 'experiments' });
  await catalog.experiments();
  if (isListed()) return;
  const experiments = {
    load: () => catalog.experiments(),
    loadMore: () => catalog.loadMore({ kind: 'experiments' }),
    textOf: ({ id }: { readonly id: string }) => id,
  };
  await readOn(experiments, { text: run.experimentId, isWanted: () => true, show: () => undefined });
  if (!isListed()) throw explainHidden(catalog, run);
}

function explainHidden(catalog: Catalog, run: Run): UserError {
  const name = plainText(run.name);
  if (catalog.runSearch(run.experimentId)) {
    const args = [{ experimentId: run.experimentId }] as const;
    const next: Step = { title: 'Clear Filter', command: 'mlflow.runs.clearFilter', args };
    return new UserError(`The run “${name}” is hidden by the filter of its experiment.`, { next });
  }
  if (catalog.view === 'active')
    return new UserError(`The run “${name}” or its experiment is deleted, and what is deleted is hidden.`, {
      next: showDeleted,
    });
  return new UserError(`The tree does not list the experiment of the run “${name}”.`);
}

/** The row that VS Code has, or one in its place; another of the same name it would not find. */
function rowOf(tree: ExperimentsTree, forest: RunForest, { id, experimentId }: Run): RunNode {
  const known = tree.find(runNodeId(experimentId, id));
  if (known?.kind === 'run') return known;
  const parent = forest.parentOf(id);
  return runNode(parent ? rowOf(tree, forest, parent) : experimentRow(tree, experimentId), id);
}

function experimentRow(tree: ExperimentsTree, experimentId: string): ExperimentNode {
  const known = tree.find(experimentNodeId(experimentId));
  return known?.kind === 'experiment' ? known : experimentNode(experimentId);
}
