import type { Catalog } from '../catalog/catalog';
import type { Listing } from '../catalog/pagedList';
import { readReviews } from '../ui/reviews';
import { newFailureNode, newMoreNode, newNoteNode } from '../ui/treeRow';
import { factsOf, reviewFields, signatureFields, tagFields } from './fields';
import {
  fieldNode,
  modelNode,
  searchNode,
  sectionNode,
  versionNode,
  type Field,
  type FieldNode,
  type ModelNode,
  type ModelsNode,
  type SectionNode,
  type VersionNode,
} from './nodes';

/** What the view needs of the catalog; the listings never reject, reading a file does. */
export type ModelsCatalog = Pick<
  Catalog,
  'models' | 'modelSearch' | 'versions' | 'modelVersionFile' | 'findModel' | 'findVersion' | 'findRun'
>;

/** The rows under a row, or the models. Rejects as the store does. */
export async function listChildren(
  catalog: ModelsCatalog,
  node: ModelsNode | undefined,
): Promise<readonly ModelsNode[]> {
  switch (node?.kind) {
    case undefined:
      return await listModels(catalog);
    case 'model':
      return await listVersions(catalog, node);
    case 'version':
      return listContents(catalog, node);
    case 'section':
      return await listSection(catalog, node);
    case 'field':
      return toNodes(node, node.fields ?? []);
    case 'search':
    case 'more':
    case 'failure':
    case 'note':
      return [];
  }
}

async function listModels(catalog: ModelsCatalog): Promise<readonly ModelsNode[]> {
  const listing = await catalog.models('found');
  const { modelSearch: search } = catalog;
  const models = listing.items.map((model) => modelNode(model.name));
  const nodes = withMarks(undefined, 'models', listing, models);
  if (!search) return nodes;
  return [
    searchNode(search.text),
    ...(nodes.length > 0 ? nodes : [newNoteNode<ModelsNode>(undefined, 'No model matches')]),
  ];
}

async function listVersions(catalog: ModelsCatalog, node: ModelNode): Promise<readonly ModelsNode[]> {
  const listing = await catalog.versions(node.modelName);
  const versions = listing.items.map((version) => versionNode(node, version.version));
  const nodes = withMarks(node, 'versions', listing, versions);
  return nodes.length > 0 ? nodes : [newNoteNode<ModelsNode>(node, 'No versions')];
}

function listContents(catalog: ModelsCatalog, node: VersionNode): readonly ModelsNode[] {
  const version = catalog.findVersion(node.modelName, node.version);
  if (!version) return [newNoteNode<ModelsNode>(node, 'This version is gone')];
  const facts = toNodes(
    node,
    factsOf(version, (runId) => catalog.findRun(runId)),
  );
  const tags = tagFields(version).length;
  const reviews = readReviews(version).length;
  return [
    ...facts,
    ...(reviews > 0 ? [sectionNode(node, 'reviews', reviews)] : []),
    ...(tags > 0 ? [sectionNode(node, 'tags', tags)] : []),
    sectionNode(node, 'signature', undefined),
  ];
}

async function listSection(catalog: ModelsCatalog, node: SectionNode): Promise<readonly ModelsNode[]> {
  const version = catalog.findVersion(node.parent.modelName, node.parent.version);
  if (!version) return [];
  if (node.name === 'reviews') return toNodes(node, reviewFields(version, Date.now()));
  if (node.name === 'tags') return toNodes(node, tagFields(version));
  const text = await catalog.modelVersionFile(version, 'MLmodel');
  if (text === undefined) return [newNoteNode<ModelsNode>(node, 'No MLmodel file')];
  const { parseSignature } = await import('../ui/signature');
  const signature = parseSignature(text);
  const nodes = toNodes(node, signature ? signatureFields(signature) : []);
  return nodes.length > 0 ? nodes : [newNoteNode<ModelsNode>(node, 'No signature')];
}

function toNodes(parent: FieldNode['parent'], fields: readonly Field[]): readonly ModelsNode[] {
  return fields.map((field) => fieldNode(parent, field));
}

function withMarks(
  parent: ModelsNode | undefined,
  noun: string,
  listing: Listing<unknown>,
  nodes: readonly ModelsNode[],
): readonly ModelsNode[] {
  const failure = listing.failure === undefined ? [] : [newFailureNode(parent, listing.failure)];
  const more = listing.hasMore ? [newMoreNode(parent, noun, listing.moreFailure)] : [];
  return [...failure, ...nodes, ...more];
}
