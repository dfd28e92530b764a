import { lstatSync } from 'node:fs';
import { TrackingError } from '../errors';
import { artifactFolderOf } from './artifacts';

/** Where artifacts are: a location as MLflow keeps it, and a path from there. */
export interface ArtifactPlace {
  readonly location: string;
  readonly path: string;
}

/** What a source may lead to. Each answers undefined for what is not in the store. */
export interface SourceTargets {
  run(runId: string): string | undefined;
  loggedModel(modelId: string): string | undefined;
  version(name: string, version: string): string | undefined;
  alias(name: string, alias: string): string | undefined;
}

export function noLoggedModel(modelId: string): TrackingError {
  return new TrackingError('notFound', `There is no logged model ${modelId.slice(0, 100)}.`);
}

/** How many model versions may be registered from one another. */
const longestChain = 10;

/**
 * Where the artifacts are that a model version's source means: `runs:/<run>/<path>`, `models:/<logged model>`,
 * `models:/<name>/<version>`, `models:/<name>@<alias>` or a location itself. Undefined if that is not in the store.
 */
export function resolveSource(source: string, targets: SourceTargets): ArtifactPlace | undefined {
  let location: string | undefined = source;
  for (let links = 0; links < longestChain && location !== undefined; links++) {
    const { scheme, id, rest } = splitSource(location);
    if (scheme === undefined) return { location, path: '' };
    if (scheme === 'runs') return toPlace(targets.run(id), rest);
    if (/^m-[\da-f]{32}$/.test(id)) return toPlace(targets.loggedModel(id), rest);
    const [, name = id, alias] = /^(.*)@([^@]*)$/s.exec(id) ?? [];
    location = alias === undefined ? targets.version(name, rest) : targets.alias(name, alias);
  }
  return undefined;
}

/** A path below another, which may be the root `''`. */
export function joinArtifactPath(folder: string, path: string): string {
  return folder === '' ? path : `${folder}/${path}`;
}

function splitSource(source: string): { scheme: string | undefined; id: string; rest: string } {
  const [, scheme, id = '', rest = ''] = /^(runs|models):\/+([^/]+)\/?(.*)$/s.exec(source) ?? [];
  return { scheme, id, rest };
}

function toPlace(location: string | undefined, path: string): ArtifactPlace | undefined {
  return location === undefined ? undefined : { location, path: path.replace(/\/+$/, '') };
}

/**
 * The location that is written down, unless no folder of this machine is there but one lies where MLflow would have put
 * it in this store: whoever copies an mlruns folder leaves the old places written in it.
 */
export function preferExisting(location: string, ownFolder: string, storeFolder: string): string {
  if (location === '') return ownFolder;
  if (/^[a-z][a-z\d+.-]+:/i.test(location) && !/^(?:file|mlflow-artifacts):/i.test(location)) return location;
  try {
    if (lstatSync(artifactFolderOf(location, storeFolder), { throwIfNoEntry: false })) return location;
  } catch {
    // Whoever lists the artifacts is told why the location is of no use, unless there is a better one.
  }
  return lstatSync(ownFolder, { throwIfNoEntry: false })?.isDirectory() ? ownFolder : location;
}
