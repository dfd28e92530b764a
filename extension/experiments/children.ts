import type { Catalog } from '../catalog/catalog';
import type { RunListing } from '../catalog/runList';
import type { Artifact, Run } from '../tracking/model';
import { newFailureNode, newMoreNode, newNoteNode } from '../ui/treeRow';
import {
  artifactNode,
  experimentNode,
  runNode,
  searchNode,
  sectionNode,
  type ArtifactNode,
  type ExperimentNode,
  type ExperimentsNode,
  type RunNode,
  type SectionName,
  type SectionNode,
} from './nodes';
import { asFound, nestRuns, type RunForest } from '../catalog/runForest';
import { countModels } from './runModels';
import { datasetNodes, metricNodes, modelNodes, paramNodes, tagNodes } from './valueNodes';

/** What the view needs of the catalog; the listings never reject, single reads do. */
export type ExperimentsCatalog = Pick<
  Catalog,
  'experiments' | 'runs' | 'artifacts' | 'loggedModels' | 'findExperiment' | 'findRun'
>;

/** More rows than anybody scrolls through; a folder of 100,000 files would hold up the window. */
const mostRows = 10_000;

/** The rows under a row, or the experiments. Rejects as the store does. */
export async function listChildren(
  catalog: ExperimentsCatalog,
  node: ExperimentsNode | undefined,
): Promise<readonly ExperimentsNode[]> {
  switch (node?.kind) {
    case undefined:
      return await listExperiments(catalog);
    case 'experiment':
      return await listRuns(catalog, node);
    case 'run':
      return await listContents(catalog, node);
    case 'section':
      return await listSection(catalog, node);
    case 'artifact':
      return await listArtifacts(catalog, node, node.artifact.path);
    case 'search':
    case 'value':
    case 'more':
    case 'failure':
    case 'note':
      return [];
  }
}

async function listExperiments(catalog: ExperimentsCatalog): Promise<readonly ExperimentsNode[]> {
  const listing = await catalog.experiments();
  const nodes = listing.items.map((experiment) => experimentNode(experiment.id));
  return withMarks(undefined, 'experiments', listing, nodes);
}

async function listRuns(
  catalog: ExperimentsCatalog,
  node: ExperimentNode,
): Promise<readonly ExperimentsNode[]> {
  const listing = await catalog.runs(node.experimentId);
  const roots = forestOf(listing).roots.map((run) => runNode(node, run.id));
  const nodes = withMarks(node, 'runs', listing, roots);
  const { search } = listing;
  const isEmpty = nodes.length === 0;
  const note = isEmpty ? [newNoteNode<ExperimentsNode>(node, search ? 'No run matches' : 'No runs')] : [];
  return [...(search ? [searchNode(node, search.label)] : []), ...nodes, ...note];
}

/** A run's sections that hold something, then the runs nested in it. */
async function listContents(catalog: ExperimentsCatalog, node: RunNode): Promise<readonly ExperimentsNode[]> {
  const listing = await catalog.runs(node.experimentId);
  const run = catalog.findRun(node.runId);
  if (!run) return [newNoteNode<ExperimentsNode>(node, 'This run is gone')];
  const nested = forestOf(listing)
    .childrenOf(run.id)
    .map((child) => runNode(node, child.id));
  const more = listing.incompleteParents.has(run.id)
    ? [newMoreNode<ExperimentsNode>(node, 'nested runs', undefined)]
    : [];
  return [...sectionsOf(run, node), ...nested, ...more];
}

function sectionsOf(run: Run, parent: RunNode): readonly SectionNode[] {
  const counts: readonly (readonly [SectionName, number])[] = [
    ['params', run.params.size],
    ['metrics', run.metrics.size],
    ['tags', tagNodes(sectionNode(parent, 'tags', 0), run).length],
  ];
  const later: readonly (readonly [SectionName, number])[] = [
    ['datasets', run.datasets.length],
    ['models', countModels(run)],
  ];
  const filled = (sections: typeof counts) =>
    sections.filter(([, count]) => count > 0).map(([name, count]) => sectionNode(parent, name, count));
  return [...filled(counts), sectionNode(parent, 'artifacts', undefined), ...filled(later)];
}

async function listSection(
  catalog: ExperimentsCatalog,
  node: SectionNode,
): Promise<readonly ExperimentsNode[]> {
  const run = catalog.findRun(node.runId);
  if (!run) return [];
  switch (node.name) {
    case 'params':
      return limit(node, paramNodes(node, run));
    case 'metrics':
      return limit(node, metricNodes(node, run));
    case 'tags':
      return limit(
        node,
        tagNodes(node, run, (runId) => catalog.findRun(runId)?.name),
      );
    case 'datasets':
      return limit(node, datasetNodes(node, run));
    case 'models': {
      const logged = run.modelOutputs.length > 0 ? await catalog.loggedModels(run) : [];
      return limit(node, modelNodes(node, run, logged));
    }
    case 'artifacts':
      return await listArtifacts(catalog, node, '');
  }
}

async function listArtifacts(
  catalog: ExperimentsCatalog,
  node: SectionNode | ArtifactNode,
  path: string,
): Promise<readonly ExperimentsNode[]> {
  const artifacts = await catalog.artifacts(node.runId, path);
  if (artifacts.length === 0) {
    return [newNoteNode<ExperimentsNode>(node, path === '' ? 'No artifacts' : 'Empty folder')];
  }
  const distinct = new Map(artifacts.map((artifact) => [artifact.path, artifact]));
  const nodes = [...distinct.values()].sort(compareArtifacts).map((artifact) => artifactNode(node, artifact));
  return limit(node, nodes);
}

const names = new Intl.Collator(undefined, { numeric: true });

/** Folders first, each kind by name. */
function compareArtifacts(one: Artifact, other: Artifact): number {
  return Number(other.isDirectory) - Number(one.isDirectory) || names.compare(one.path, other.path);
}

function withMarks(
  parent: ExperimentsNode | undefined,
  noun: string,
  listing: Pick<RunListing, 'hasMore' | 'failure' | 'moreFailure'>,
  nodes: readonly ExperimentsNode[],
): readonly ExperimentsNode[] {
  const failure = listing.failure === undefined ? [] : [newFailureNode(parent, listing.failure)];
  const more = listing.hasMore ? [newMoreNode(parent, noun, listing.moreFailure)] : [];
  return [...failure, ...nodes, ...more];
}

/** Rows that anybody may scroll through; two that share an id are one to VS Code. */
function limit(parent: ExperimentsNode, nodes: readonly ExperimentsNode[]): readonly ExperimentsNode[] {
  const distinct = [...new Map(nodes.map((node) => [node.id, node])).values()];
  if (distinct.length <= mostRows) return distinct;
  const left = (distinct.length - mostRows).toLocaleString('en-US');
  return [
    ...distinct.slice(0, mostRows),
    newNoteNode<ExperimentsNode>(parent, `and ${left} more, not shown`),
  ];
}

const forests = new WeakMap<RunListing, RunForest>();

/** The runs nested; the catalog gives the same listing until something changes. */
export function forestOf(listing: RunListing): RunForest {
  const present = forests.get(listing);
  if (present) return present;
  const made = listing.search ? asFound(listing.items) : nestRuns(listing.items);
  forests.set(listing, made);
  return made;
}
