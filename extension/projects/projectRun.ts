import { isAbsolute, join, relative } from 'node:path';
import { shellQuote } from '../../language-server/documents/shellQuote';
import type { Run } from '../tracking/model';
import { readCommit } from '../tracking/runSource';
import { backends, environmentManagers, type Launch } from './launch';
import type { ProjectEntryPoint } from './projectFile';

/** Where the project of a run lay; `subdirectory` is empty for the root of a repository. */
export interface RunPlace {
  readonly kind: 'folder' | 'remote';
  /** A folder of some machine, or the address of a repository. */
  readonly root: string;
  readonly subdirectory: string;
}

/** How a run was started, as far as the tags that MLflow gave it tell. */
export interface ProjectRun {
  readonly place: RunPlace;
  /** An address from which MLflow can fetch the project. */
  readonly address: string | undefined;
  readonly commit: string | undefined;
  readonly entryPoint: string;
  readonly environmentManager: Launch['environmentManager'];
  readonly backend: Launch['backend'];
  /** The name of the image whose container it ran in. */
  readonly image: string | undefined;
}

/**
 * How a run of an MLflow project was started; undefined for any other run. `exists` says whether a path is there: a `#` may be
 * a part of a folder's name, or stand before a subdirectory.
 */
export function readProjectRun(
  { tags }: Pick<Run, 'tags'>,
  exists: (path: string) => boolean,
): ProjectRun | undefined {
  const source = tags.get('mlflow.source.name') ?? '';
  const entryPoint = tags.get('mlflow.project.entryPoint') ?? '';
  if (tags.get('mlflow.source.type') !== 'PROJECT' || source === '' || entryPoint === '') return undefined;
  const place = readPlace(source, exists);
  const address = place.kind === 'remote' ? place.root : tags.get('mlflow.source.git.repoURL');
  const backend = backends.find((one) => one === tags.get('mlflow.project.backend'));
  const isHere = backend === undefined || backend === 'local';
  return {
    ...{ place, entryPoint, commit: readCommit({ tags })?.trim() },
    address: address !== undefined && isRemote(address) ? address : undefined,
    environmentManager: isHere ? managerOf(tags.get('mlflow.project.env')) : undefined,
    backend: isHere ? undefined : backend,
    image: tags.get('mlflow.docker.image.uri') ?? tags.get('mlflow.docker.image.name'),
  };
}

/** MLflow notes each environment that it makes; where it makes none, the Python that ran MLflow ran the project. */
function managerOf(tag: string | undefined): Launch['environmentManager'] {
  return tag === undefined ? 'local' : environmentManagers.find((one) => one === tag);
}

function readPlace(source: string, exists: (path: string) => boolean): RunPlace {
  const at = source.indexOf('#');
  const isWhole = at < 0 || (isAbsolute(source) && exists(source));
  const root = isWhole ? source : source.slice(0, at);
  const subdirectory = isWhole ? '' : source.slice(at + 1);
  // MLflow puts this before a path as it is, without writing it as an address.
  const path = /^file:\/\/\/?(?=[a-z]:[\\/])(.*)$|^file:\/\/(.*)$/is.exec(root);
  if (path) return { kind: 'folder', root: path[1] ?? path[2] ?? '', subdirectory };
  return { kind: isAbsolute(root) ? 'folder' : 'remote', root, subdirectory };
}

function isRemote(address: string): boolean {
  return !isAbsolute(address) && !/^file:/i.test(address);
}

/** A run's parameters as a launch needs them. */
export interface RunParameters {
  readonly given: ReadonlyMap<string, string>;
  /** MLflow keeps those that the command was given beyond the declared ones as it keeps those that a script logs. */
  readonly unclear: ReadonlyMap<string, string>;
}

/**
 * What a run was given, from what MLflow logged of that: quoted as for the shell. `entryPoint` is undefined where nobody can tell
 * what it declares; `folder` is where the run's project lay.
 */
export function readRunParameters(
  { params }: Pick<Run, 'params'>,
  entryPoint: ProjectEntryPoint | undefined,
  folder: string | undefined,
): RunParameters {
  const given = new Map<string, string>();
  const unclear = new Map([...params].map(([name, value]) => [name, unquote(value)]));
  for (const { name, type } of entryPoint?.parameters ?? []) {
    const value = unclear.get(name);
    if (value === undefined) continue;
    given.set(name, type === 'path' && folder !== undefined ? relativize(folder, value) : value);
    unclear.delete(name);
  }
  return { given, unclear };
}

/** The text that MLflow has quoted so; a text that no quoting makes is itself. */
function unquote(quoted: string): string {
  const plain = quoted.slice(1, -1).replaceAll(`'"'"'`, "'");
  return shellQuote(plain) === quoted ? plain : quoted;
}

/** MLflow notes paths as absolute ones, though a copy of the project has files of its own. */
function relativize(folder: string, path: string): string {
  if (!isAbsolute(path)) return path;
  const inside = relative(folder, path);
  return inside === '' || inside.startsWith('..') || isAbsolute(inside) ? path : inside;
}

export function folderOfPlace({ root, subdirectory }: RunPlace): string {
  return join(root, subdirectory);
}
