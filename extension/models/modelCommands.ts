import type { Catalog } from '../catalog/catalog';
import {
  type CommandHandlers,
  executeCommand,
  type ModelTarget,
  type ModelVersionTarget,
  type NodeTarget,
} from '../manifest';
import type { Sessions } from '../session';
import { composeModelFilter } from '../tracking/filter/composeFilter';
import { chooseTargets } from '../ui/chooseTargets';
import { copyTexts } from '../ui/copyText';
import { demandSession } from '../ui/demandSession';
import { openInBrowser } from '../ui/openInBrowser';
import { pickModel, pickVersion } from '../ui/pickModel';
import { UserError } from '../ui/userError';
import { askModelSearch } from './modelFilterDialog';
import type { ModelSearches } from './modelSearches';
import type { ModelsTree } from './modelsTree';
import { modelNode, versionOf, type ModelsNode } from './nodes';

/** What the commands work on. A tree passes the row and, where several are selected, all of them. */
export interface ModelsContext {
  readonly sessions: Sessions;
  readonly tree: ModelsTree;
  readonly searches: ModelSearches;
}

export type ModelCommandId =
  | `mlflow.models.${'refresh' | 'loadMore' | 'copyValue' | 'filter' | 'clearFilter'}`
  | `mlflow.model.${'copyName' | 'openInBrowser'}`
  | `mlflow.modelVersion.${'copyUri' | 'openSourceRun' | 'openInBrowser'}`;

/** What each command does. From a menu over several selected rows, VS Code passes the row and then all of them. */
export function createHandlers(context: ModelsContext): CommandHandlers<ModelCommandId> {
  return {
    'mlflow.models.refresh': (node) => refresh(context, node),
    'mlflow.models.loadMore': (node) => loadMore(context, node),
    'mlflow.models.copyValue': (node, nodes) => copyValue(context, node, nodes),
    'mlflow.models.filter': () => filterModels(context),
    'mlflow.models.clearFilter': () => context.searches.set(undefined),
    'mlflow.model.copyName': (one, all) => copyModelNames(context, all ?? [one]),
    'mlflow.model.openInBrowser': (model) => openModelInBrowser(context, model),
    'mlflow.modelVersion.copyUri': (one, all) => copyVersionUris(context, all ?? [one]),
    'mlflow.modelVersion.openSourceRun': (version) => openSourceRun(context, version),
    'mlflow.modelVersion.openInBrowser': (version) => openVersionInBrowser(context, version),
  };
}

/** Reads a row's thing again; without a row, the models, or the connection that failed. */
async function refresh({ sessions, tree }: ModelsContext, target?: NodeTarget): Promise<void> {
  if (sessions.state.kind === 'failed') {
    await sessions.retry();
    return;
  }
  const { catalog } = await demandSession(sessions);
  tree.forgetFailures();
  await tree.whileBusy(() => refreshNode(catalog, target && tree.find(target.id)));
}

async function refreshNode(catalog: Catalog, node: ModelsNode | undefined): Promise<void> {
  if (node?.kind === 'more') {
    await loadMoreOf(catalog, node.parent);
    return;
  }
  const modelName = node && nameOf(node);
  await catalog.refresh(modelName === undefined ? { kind: 'models' } : { kind: 'versions', modelName });
}

function nameOf(node: ModelsNode): string | undefined {
  let current: ModelsNode | undefined = node;
  while (current && current.kind !== 'model') current = current.parent;
  return current?.modelName;
}

/** Loads the next page where a row says that there is more; without a row, of the models or of one of them. */
async function loadMore({ sessions, tree }: ModelsContext, target?: NodeTarget): Promise<void> {
  const { catalog } = await demandSession(sessions);
  const node = (target && tree.find(target.id)) ?? tree.selection.find(({ kind }) => kind === 'more');
  if (node) {
    await tree.whileBusy(() => loadMoreOf(catalog, node.kind === 'more' ? node.parent : node));
    return;
  }
  const { hasMore } = await catalog.models('found');
  const model = hasMore ? undefined : await pickModel(sessions);
  if (hasMore || model) await tree.whileBusy(() => loadMoreOf(catalog, model && modelNode(model.modelName)));
}

async function loadMoreOf(catalog: Catalog, parent: ModelsNode | undefined): Promise<void> {
  const modelName = parent && nameOf(parent);
  await catalog.loadMore(modelName === undefined ? { kind: 'models' } : { kind: 'versions', modelName });
}

/** Lists only the models that the user searches for. */
async function filterModels({ sessions, searches }: ModelsContext): Promise<void> {
  const { catalog } = await demandSession(sessions);
  const text = await askModelSearch(catalog.modelSearch?.text ?? '');
  if (text !== undefined)
    await searches.set(text === '' ? undefined : { text, filter: composeModelFilter(text) });
}

/** Copies what rows hold: values of facts, tags and signatures, names of models, URIs of versions. */
async function copyValue(
  context: ModelsContext,
  target?: NodeTarget,
  targets?: readonly NodeTarget[],
): Promise<void> {
  const { tree } = context;
  const rows = target
    ? (targets ?? [target]).map(({ id }) => tree.find(id)).filter((node) => node !== undefined)
    : tree.selection;
  const texts = rows.map(valueOf).filter((text) => text !== undefined);
  if (texts.length > 0) await copyTexts(texts, 'value');
  else await copyVersionUris(context, []);
}

function valueOf(node: ModelsNode): string | undefined {
  switch (node.kind) {
    case 'field':
      return node.value;
    case 'model':
      return node.modelName;
    case 'version':
      return uriOf(node);
    case 'search':
      return node.label;
    case 'section':
    case 'more':
    case 'failure':
    case 'note':
      return undefined;
  }
}

/** Copies the names of models: those given, else those selected, else one that the user picks. */
async function copyModelNames(
  context: ModelsContext,
  targets: readonly (ModelTarget | undefined)[],
): Promise<void> {
  const models = await chooseModels(context, targets);
  await copyTexts(
    models.map((model) => model.modelName),
    'model name',
  );
}

/** Copies `models:/name/version`, which MLflow loads a version by. */
async function copyVersionUris(
  context: ModelsContext,
  targets: readonly (ModelVersionTarget | undefined)[],
): Promise<void> {
  const versions = await chooseVersions(context, targets);
  await copyTexts(versions.map(uriOf), 'model URI');
}

function uriOf({ modelName, version }: ModelVersionTarget): string {
  return `models:/${modelName}/${version}`;
}

/** Opens the run that a version was made by. */
async function openSourceRun(context: ModelsContext, target?: ModelVersionTarget): Promise<void> {
  const { catalog } = await demandSession(context.sessions);
  const [version] = await chooseVersions(context, [target]);
  if (!version) return;
  const { runId } = await catalog.version(version.modelName, version.version);
  if (!runId) throw new UserError(`Version ${version.version} of ${version.modelName} names no source run.`);
  await executeCommand('mlflow.run.open', { runId });
}

/** Opens a model's page in MLflow's web UI. */
async function openModelInBrowser(context: ModelsContext, target?: ModelTarget): Promise<void> {
  const session = await demandSession(context.sessions);
  const [model] = await chooseModels(context, [target]);
  if (model) await openInBrowser(session, 'models', model.modelName);
}

/** Opens a version's page in MLflow's web UI. */
async function openVersionInBrowser(context: ModelsContext, target?: ModelVersionTarget): Promise<void> {
  const session = await demandSession(context.sessions);
  const [chosen] = await chooseVersions(context, [target]);
  if (chosen) await openInBrowser(session, 'models', chosen.modelName, 'versions', chosen.version);
}

function chooseModels(
  { sessions, tree }: ModelsContext,
  targets: readonly (ModelTarget | undefined)[],
): Promise<readonly ModelTarget[]> {
  const selected = tree.selection.filter((node) => node.kind === 'model');
  return chooseTargets<ModelTarget>('model', targets, selected, () => pickModel(sessions));
}

function chooseVersions(
  { sessions, tree }: ModelsContext,
  targets: readonly (ModelVersionTarget | undefined)[],
): Promise<readonly ModelVersionTarget[]> {
  const selected = tree.selection.map(versionOf).filter((node) => node !== undefined);
  return chooseTargets<ModelVersionTarget>('version', targets, selected, () => pickVersion(sessions));
}
