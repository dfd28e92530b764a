import nodePath from 'node:path';
import type { Disposable, Event } from '../catalog/emitter';
import { localUri, shortenPath, type PathSystem } from './localPath';

/** A store that lies in a workspace folder, though nobody named it. */
export interface FoundStore {
  readonly kind: 'sqlite' | 'files';
  /** The absolute path of the database file or the mlruns directory. */
  readonly path: string;
  readonly uri: string;
  /** The path as people write it, relative to the workspace. */
  readonly label: string;
}

/** Looks through the workspace folders, and from then on notices by itself what comes and goes. */
export interface StoreFinder extends Disposable {
  /** Nothing before the first look is over. */
  readonly stores: readonly FoundStore[];
  readonly onDidChange: Event<unknown>;
  /** Looks through all folders; never rejects. */
  look(): Promise<void>;
}

/** Folders that hold other people's stores, or copies of what lies elsewhere. */
export const ignoredFolders = [
  'node_modules',
  '.git',
  '.venv',
  'venv',
  'site-packages',
  'mlartifacts',
  '.trash',
] as const;

/** Of each kind; who keeps more has them named in `mlflow.connections`. */
const most = 50;

/**
 * The stores that lie where these files do, each once, shallowest first. Evidence of a database is the file itself;
 * evidence of an mlruns directory the `meta.yaml` of an experiment in it, by MLflow's own rule: a directory named by digits
 * (reference/STORES.md §1). So an `mlruns` that only holds the artifacts of an mlflow.db is none. A workspace folder
 * may itself be an mlruns directory, by whatever name. All paths are absolute.
 */
export function collectStores(
  files: readonly string[],
  folders: readonly string[],
  system: Pick<PathSystem, 'path'> = { path: nodePath },
): readonly FoundStore[] {
  const found = new Map<string, FoundStore>();
  for (const file of files) {
    const store = storeAt(file, folders, system);
    if (store) found.set(store.path, store);
  }
  const sorted = [...found.values()].sort((one, other) => compareLabels(one.label, other.label));
  return (['sqlite', 'files'] as const)
    .flatMap((kind) => sorted.filter((store) => store.kind === kind).slice(0, most))
    .sort((one, other) => compareLabels(one.label, other.label));
}

/** Whether a store may be gone now that this path is. */
export function mayHaveLost(
  deleted: string,
  stores: readonly FoundStore[],
  { path }: Pick<PathSystem, 'path'> = { path: nodePath },
): boolean {
  const isWithin = (inner: string, outer: string) => inner === outer || inner.startsWith(outer + path.sep);
  return stores.some(
    (store) =>
      isWithin(store.path, deleted) ||
      (store.kind === 'files' &&
        isWithin(deleted, store.path) &&
        /^[\\/]\d+([\\/]meta\.yaml)?$/.test(deleted.slice(store.path.length))),
  );
}

/** Whether a path that has just come may be a folder with stores in it: nothing tells of what came along with it. */
export function mayBringStores(
  created: string,
  folders: readonly string[],
  system: Pick<PathSystem, 'path'> = { path: nodePath },
): boolean {
  const { path } = system;
  const isInMlruns = path.dirname(created).split(path.sep).includes('mlruns');
  return path.extname(created) === '' && !isInMlruns && isListed(created, folders, system);
}

function isListed(file: string, folders: readonly string[], { path }: Pick<PathSystem, 'path'>): boolean {
  return folders.some((folder) => {
    const parts = path.relative(folder, file).split(path.sep);
    return parts[0] !== '..' && !parts.some((part) => ignoredFolders.some((ignored) => ignored === part));
  });
}

function storeAt(
  file: string,
  folders: readonly string[],
  system: Pick<PathSystem, 'path'>,
): FoundStore | undefined {
  const { path } = system;
  if (!isListed(file, folders, system)) return undefined;
  if (path.basename(file) === 'mlflow.db') return describe('sqlite', file, folders, system);
  const experiment = path.dirname(file);
  const root = path.dirname(experiment);
  const isExperiment = path.basename(file) === 'meta.yaml' && /^\d+$/.test(path.basename(experiment));
  const isRoot = path.basename(root) === 'mlruns' || folders.includes(root);
  return isExperiment && isRoot ? describe('files', root, folders, system) : undefined;
}

function describe(
  kind: FoundStore['kind'],
  path: string,
  folders: readonly string[],
  system: Pick<PathSystem, 'path'>,
): FoundStore {
  return { kind, path, uri: localUri(kind, path, system), label: shortenPath(path, folders, system) };
}

function compareLabels(one: string, other: string): number {
  const depth = (label: string) => label.split('/').length;
  return depth(one) - depth(other) || (one < other ? -1 : Number(one > other));
}
