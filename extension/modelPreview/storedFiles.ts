import type { Catalog } from '../catalog/catalog';
import { SharedReads } from '../catalog/sharedReads';
import type { Artifact, LoggedModel, ModelVersion } from '../tracking/model';
import type { FileText, ModelFiles } from './fileText';
import { sayWhy } from './storedSources';

type FileCatalog = Pick<Catalog, 'modelVersionFile' | 'artifacts' | 'loggedModelFile' | 'loggedModelFiles'>;

/** The files of a logged model. */
export function filesOfLoggedModel(catalog: FileCatalog, { id }: Pick<LoggedModel, 'id'>): ModelFiles {
  return {
    read: (name) => readText(() => catalog.loggedModelFile(id, name)),
    look: lookIn((path) => catalog.loggedModelFiles(id, path)),
  };
}

/** The files of a version. No store lists these: what lies there is told by what the version was made of. */
export function filesOfVersion(catalog: FileCatalog, version: ModelVersion): ModelFiles {
  const origin = findOrigin(version);
  return {
    read: (name) => readText(() => catalog.modelVersionFile(version, name)),
    look: origin ? lookInOrigin(catalog, origin) : () => Promise.resolve(unlisted),
  };
}

/** A logged model, or a folder among a run's artifacts. */
type Origin =
  | { readonly kind: 'loggedModel'; readonly modelId: string }
  | { readonly kind: 'run'; readonly runId: string; readonly folder: string };

/** By a version's source: `models:/m-…`, `runs:/<run>/<path>`, or a place that ends in `/<run>/artifacts/<path>`. */
export function findOrigin({
  source,
  modelId = '',
}: Pick<ModelVersion, 'source' | 'modelId'>): Origin | undefined {
  const logged = /^models:\/+(m-[\da-f]{32})\/*$/.exec(source)?.[1] ?? modelId;
  if (logged !== '') return { kind: 'loggedModel', modelId: logged };
  const inRun = /^runs:\/+([^/]+)\/(.*?)\/*$/.exec(source);
  const [, runId, folder = ''] = inRun ?? /\/([\da-f]{32})\/artifacts\/(.*?)\/*$/.exec(source) ?? [];
  return runId === undefined ? undefined : { kind: 'run', runId, folder };
}

function lookInOrigin(catalog: FileCatalog, origin: Origin): ModelFiles['look'] {
  if (origin.kind === 'loggedModel') return lookIn((path) => catalog.loggedModelFiles(origin.modelId, path));
  const look = lookIn((path) => catalog.artifacts(origin.runId, path));
  return (name) => look(origin.folder === '' ? name : `${origin.folder}/${name}`);
}

const unlisted: FileText = { kind: 'unlisted' };

/** Looks for a name in the listing of its folder, each asked for once. Where that has nothing at all, it may be that it cannot be had. */
function lookIn(list: (folder: string) => Promise<readonly Artifact[]>): ModelFiles['look'] {
  const listings = new SharedReads();
  return async (name) => {
    const path = name.replace(/\/+$/, '');
    const folder = path.slice(0, Math.max(0, path.lastIndexOf('/')));
    try {
      const listed = await listings.once(folder, () => list(folder));
      const found = listed.find((one) => one.path === path);
      if (!found) return listed.length === 0 ? unlisted : { kind: 'missing' };
      const { size, isDirectory } = found;
      return { kind: 'there', isFolder: isDirectory, ...(size === undefined ? {} : { size }) };
    } catch {
      return unlisted;
    }
  };
}

async function readText(read: () => Promise<string | undefined>): Promise<FileText> {
  try {
    const text = await read();
    return text === undefined ? { kind: 'missing' } : { kind: 'text', text };
  } catch (error) {
    return { kind: 'failed', cause: sayWhy(error) };
  }
}
