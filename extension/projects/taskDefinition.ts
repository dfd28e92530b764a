import { isAbsolute, join, relative } from 'node:path';
import { UserError } from '../ui/userError';
import {
  backends,
  environmentManagers,
  type ExperimentChoice,
  type Launch,
  type ProjectPlace,
} from './launch';

/** A task of the type `mlflow`, as tasks.json holds it; package.json describes each key. */
export interface MlflowTaskDefinition {
  readonly type: 'mlflow';
  /** A folder, relative to the workspace folder, or the address of a repository. */
  readonly project: string;
  readonly version?: string | undefined;
  readonly subdirectory?: string | undefined;
  readonly entryPoint: string;
  readonly parameters?: Readonly<Record<string, string>> | undefined;
  readonly experiment?: string | undefined;
  readonly experimentId?: string | undefined;
  readonly runName?: string | undefined;
  readonly environmentManager?: string | undefined;
  readonly backend?: string | undefined;
  readonly backendConfig?: string | undefined;
  readonly buildImage?: boolean | undefined;
  readonly dockerArguments?: Readonly<Record<string, string>> | undefined;
}

/** The definition of a launch, with a project's folder as the workspace `folder` sees it. Absent is what was not chosen. */
export function writeDefinition(launch: Launch, folder: string | undefined): MlflowTaskDefinition {
  const { project, entryPoint, parameters, experiment, dockerArguments } = launch;
  const all: MlflowTaskDefinition = {
    type: 'mlflow',
    ...writePlace(project, folder),
    entryPoint,
    parameters: writeMap(parameters),
    experiment: experiment?.kind === 'name' ? experiment.name : undefined,
    experimentId: experiment?.kind === 'id' ? experiment.id : undefined,
    runName: launch.runName,
    environmentManager: launch.environmentManager,
    backend: launch.backend,
    backendConfig: launch.backendConfig,
    buildImage: launch.buildImage,
    dockerArguments: writeMap(dockerArguments),
  };
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined)) as typeof all &
    object;
}

/** The launch that a definition means. Throws a UserError for what is no definition. */
export function readDefinition(
  definition: Readonly<Partial<Record<string, unknown>>>,
  folder: string | undefined,
): Launch {
  const text = (key: keyof MlflowTaskDefinition) => readText(definition, key);
  return {
    project: readPlace(text('project') ?? '.', text('version'), text('subdirectory'), folder),
    entryPoint: text('entryPoint') ?? 'main',
    parameters: readMap(definition, 'parameters') ?? new Map(),
    experiment: readExperiment(text('experiment'), text('experimentId')),
    runName: text('runName'),
    environmentManager: readOneOf(text('environmentManager'), environmentManagers, 'environmentManager'),
    backend: readOneOf(text('backend'), backends, 'backend'),
    backendConfig: text('backendConfig'),
    buildImage: readFlag(definition, 'buildImage'),
    dockerArguments: readMap(definition, 'dockerArguments'),
  };
}

/** Whether VS Code would put something else in place of a part of it: `${workspaceFolder}`, or what a command answers. */
export function holdsVariables(definition: MlflowTaskDefinition): boolean {
  return JSON.stringify(definition).includes('${');
}

function writePlace(
  project: ProjectPlace,
  folder: string | undefined,
): Pick<MlflowTaskDefinition, 'project'> {
  if (project.kind === 'remote') {
    const { uri, version, subdirectory } = project;
    return { project: uri, ...(version && { version }), ...(subdirectory && { subdirectory }) };
  }
  const inside = folder === undefined ? project.path : relative(folder, project.path) || '.';
  const isOutside = isAbsolute(inside) || /^\.\.(?:[\\/]|$)/.test(inside);
  return { project: isOutside ? project.path : inside.replaceAll('\\', '/') };
}

/** As MLflow tells addresses from folders, though a drive is no scheme. */
function readPlace(
  project: string,
  version: string | undefined,
  subdirectory: string | undefined,
  folder: string | undefined,
): ProjectPlace {
  const isAddress = /^[^/\\]{2,}:/.test(project);
  if (isAddress) return { kind: 'remote', uri: project, version, subdirectory };
  if (isAbsolute(project)) return { kind: 'folder', path: project };
  if (folder === undefined)
    throw new UserError(`“${project}” is a relative path: open the folder that it is in.`);
  return { kind: 'folder', path: join(folder, project) };
}

function readExperiment(name: string | undefined, id: string | undefined): ExperimentChoice | undefined {
  if (name !== undefined && id !== undefined)
    throw new UserError('The task names an experiment and an experimentId: one will do.');
  if (id !== undefined) return { kind: 'id', id };
  return name === undefined ? undefined : { kind: 'name', name };
}

function writeMap(
  map: ReadonlyMap<string, string> | undefined,
): Readonly<Record<string, string>> | undefined {
  return map === undefined || map.size === 0 ? undefined : Object.fromEntries(map);
}

function readMap(
  definition: Readonly<Partial<Record<string, unknown>>>,
  key: string,
): ReadonlyMap<string, string> | undefined {
  const value = definition[key];
  if (value === undefined) return undefined;
  const isObject = typeof value === 'object' && value !== null && !Array.isArray(value);
  if (!isObject || !Object.values(value).every(isScalar))
    throw new UserError(`The task’s ${key} must be texts by name.`);
  return new Map(Object.entries(value).map(([name, one]) => [name, String(one)]));
}

function readText(definition: Readonly<Partial<Record<string, unknown>>>, key: string): string | undefined {
  const value = definition[key];
  if (value === undefined || value === '') return undefined;
  if (!isScalar(value)) throw new UserError(`The task’s ${key} must be a text.`);
  return String(value);
}

function readFlag(definition: Readonly<Partial<Record<string, unknown>>>, key: string): boolean | undefined {
  const value = definition[key];
  if (value === undefined || typeof value === 'boolean') return value;
  throw new UserError(`The task’s ${key} must be true or false.`);
}

function isScalar(value: unknown): value is string | number | boolean {
  return ['string', 'number', 'boolean'].includes(typeof value);
}

function readOneOf<T extends string>(
  value: string | undefined,
  known: readonly T[],
  key: string,
): T | undefined {
  const found = known.find((one) => one === value);
  if (value !== undefined && found === undefined)
    throw new UserError(`The task’s ${key} must be one of ${known.join(', ')}.`);
  return found;
}
