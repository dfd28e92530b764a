import type { Command } from '../../language-server/documents/mlprojectModel';
import { templateFields } from '../../language-server/documents/commandTemplate';
import { shellQuote } from '../../language-server/documents/shellQuote';
import { type ShellWord, splitShellWords } from '../../language-server/documents/shellWords';
import { findBackendProblem } from './checkBackend';
import { findImageProblem } from './docker';
import type { Launch } from './launch';
import type { ProjectEntryPoint, ProjectFile, ProjectParameter } from './projectFile';

/** What lies on the disk, relative to the project's folder. */
export type PathExists = (path: string) => boolean;

/** In bytes: Linux takes no single argument of 128 KiB, and `bash -c` gets the whole command as one. */
const longestCommand = 120_000;

/**
 * Why MLflow could not carry out a launch as it is meant, in one sentence; undefined where it can. It is asked before
 * anything starts, since MLflow leaves a run RUNNING for ever where a command turns out wrong, and since some values would
 * reach the script torn apart, or be run by the shell.
 */
export function findLaunchProblem(
  launch: Launch,
  file: ProjectFile | undefined,
  exists: PathExists,
): string | undefined {
  return (
    findTextProblem(launch) ??
    findPlaceProblem(launch) ??
    findNameProblem(launch.parameters) ??
    (file && findProjectProblem(launch, file, exists)) ??
    findBackendProblem(launch, file)
  );
}

/** What no argument of a program can hold. */
function findTextProblem(launch: Launch): string | undefined {
  const { entryPoint, parameters, experiment, runName } = launch;
  const given = [
    ...[...parameters].flat(),
    ...[...(launch.dockerArguments ?? [])].flat(),
    ...[entryPoint, runName ?? '', experiment?.kind === 'name' ? experiment.name : ''],
  ];
  if (given.some((text) => text.includes('\0')))
    return 'No program can be given a text that holds the character NUL.';
  if (given.some((text) => /\p{Cs}/u.test(text)))
    return 'A text holds half a character, which no program can be given.';
  const length = given.reduce((sum, text) => sum + Buffer.byteLength(shellQuote(text)), 0);
  if (length > longestCommand)
    return `The values have ${length} bytes; a command can hold ${longestCommand}.`;
  return undefined;
}

/** Addresses by which Git would run a program, or that it would take for an option. */
function findPlaceProblem({ project, entryPoint }: Launch): string | undefined {
  if (entryPoint === '') return 'No entry point is named.';
  if (project.kind === 'folder') return undefined;
  const { uri, version, subdirectory } = project;
  const isAddress =
    /^(https?|ssh|git|file):\/\/[^-\s][^\s#]*$/i.test(uri) ||
    /^[\w.][\w.-]*@[\w.][\w.-]*:[^-\s#]\S*$/.test(uri);
  if (!isAddress)
    return `“${uri}” is no address of a Git repository: begin it with https://, ssh:// or user@host:.`;
  if (version?.startsWith('-') || /\s/.test(version ?? ''))
    return `“${version ?? ''}” is no version of a Git repository.`;
  if (subdirectory?.includes('.')) return 'MLflow takes no dot in a subdirectory of a project.';
  return undefined;
}

/** MLflow logs each parameter under its name once the run is made, and dies of a name that it does not take. */
function findNameProblem(parameters: Launch['parameters']): string | undefined {
  for (const name of parameters.keys()) {
    if (name.includes('=')) return `The parameter “${name}” holds “=”, where MLflow would cut its name off.`;
    if (!/^[\p{L}\p{N}_.\-: /]+$/u.test(name) || isUnclearPath(name)) {
      return `MLflow takes no parameter of the name “${name}”.`;
    }
  }
  return undefined;
}

/** MLflow may keep a parameter as a file of its name. */
function isUnclearPath(name: string): boolean {
  return name.startsWith('/') || name.split('/').some((part) => part === '' || part === '.' || part === '..');
}

function findProjectProblem(launch: Launch, file: ProjectFile, exists: PathExists): string | undefined {
  const { entryPoint, parameters } = launch;
  if (file.problem !== undefined) return file.problem;
  const imageProblem = findImageProblem(launch, file);
  if (imageProblem !== undefined) return imageProblem;
  const declared = file.entryPoints.find(({ name }) => name === entryPoint);
  if (!declared) return findScriptProblem(launch, file, exists);
  const missing = listMissing(declared.parameters, parameters);
  if (missing.length > 0)
    return `These parameters need a value: ${missing.map(({ name }) => name).join(', ')}.`;
  return (
    findManagerProblem(launch, file) ??
    findValueProblem(declared, parameters, exists) ??
    findExtraProblem(declared, parameters) ??
    findCommandProblem(declared, parameters)
  );
}

/** What an entry point declares; nothing where the project has no such entry point, or its file cannot be read. */
export function declaredParameters(
  file: ProjectFile | undefined,
  entryPoint: string,
): readonly ProjectParameter[] {
  return file?.entryPoints.find(({ name }) => name === entryPoint)?.parameters ?? [];
}

/** The parameters that have neither a value nor a default. */
export function listMissing(
  declared: readonly ProjectParameter[],
  parameters: Launch['parameters'],
): readonly ProjectParameter[] {
  return declared.filter((one) => one.default === undefined && !parameters.has(one.name));
}

function findScriptProblem(
  { entryPoint }: Launch,
  file: ProjectFile,
  exists: PathExists,
): string | undefined {
  if (/\.(py|sh|R)$/.test(entryPoint)) {
    return exists(entryPoint) ? undefined : `There is no script “${entryPoint}” in the project.`;
  }
  const known = file.entryPoints.map(({ name }) => name).join(', ');
  return `The project has no entry point “${entryPoint}”${known === '' ? '' : `, only ${known}`}.`;
}

function findManagerProblem(
  { environmentManager }: Launch,
  { environments }: ProjectFile,
): string | undefined {
  return environmentManager === 'conda' && environments.includes('python_env')
    ? 'Conda cannot make the environment of a project with python_env: choose virtualenv, uv or local.'
    : undefined;
}

/** What is wrong with a parameter's value as MLflow itself would find it; undefined when nothing is. */
export function findParameterProblem(
  { name, type }: Pick<ProjectParameter, 'name' | 'type'>,
  value: string,
  exists: PathExists,
): string | undefined {
  if (type === 'uri' && !/^[a-z][a-z\d+.-]*:/i.test(value))
    return `${name} needs an address with a scheme, such as https://….`;
  const isLocalPath = type === 'path' && !/^(?!file:)[a-z][a-z\d+.-]+:/i.test(value);
  if (isLocalPath && !exists(value.replace(/^file:(\/\/)?/, '')))
    return `There is no file or folder “${value}” for ${name}.`;
  return undefined;
}

function findValueProblem(
  { parameters }: ProjectEntryPoint,
  given: Launch['parameters'],
  exists: PathExists,
): string | undefined {
  for (const parameter of parameters) {
    const problem = findParameterProblem(
      parameter,
      given.get(parameter.name) ?? parameter.default ?? '',
      exists,
    );
    if (problem !== undefined) return problem;
  }
  return undefined;
}

/** Old versions of MLflow put the names of such parameters into the command as they are. */
function findExtraProblem(
  { parameters }: ProjectEntryPoint,
  given: Launch['parameters'],
): string | undefined {
  const extra = [...given.keys()].filter((name) => !parameters.some((one) => one.name === name));
  const odd = extra.find((name) => shellQuote(name) !== name);
  return odd === undefined
    ? undefined
    : `“${odd}” cannot become an option of the command, since it is not one word.`;
}

function findCommandProblem(entryPoint: ProjectEntryPoint, given: Launch['parameters']): string | undefined {
  const { command, name, parameters } = entryPoint;
  if (!command) return `The entry point “${name}” has no command.`;
  const [error] = command.template.errors;
  if (error) return `Python cannot format the command: ${error.message}.`;
  for (const field of templateFields(command.template)) {
    const isKnown = parameters.some((one) => one.name === field.name) && !field.positional;
    if (!isKnown) return `The command uses {${field.name}}, which is no parameter of the entry point.`;
    if (field.path.some(({ kind }) => kind === 'attribute')) {
      return `The command asks for a part of {${field.name}}, which is a text.`;
    }
  }
  return findQuotingProblem(command, parameters, given);
}

/**
 * MLflow quotes each value for the shell. Where the command has further quotes around the place, or another shell in it, these
 * end its quoting, and the shell would run what stands in the value.
 */
function findQuotingProblem(
  command: Command,
  parameters: readonly ProjectParameter[],
  given: Launch['parameters'],
): string | undefined {
  const safe = listSafePlaces(command.text);
  for (const { name, nameRange } of templateFields(command.template)) {
    const value = given.get(name) ?? parameters.find((one) => one.name === name)?.default ?? '';
    if (shellQuote(value) === value || safe.has(nameRange.start - 1)) continue;
    return `The command has {${name}} inside quotes of its own, where the value would be torn apart: take those quotes away, since MLflow quotes values itself.`;
  }
  return undefined;
}

/** Where placeholders stand bare in a word. */
function listSafePlaces(command: string): ReadonlySet<number> {
  const words = splitShellWords(command).flatMap((token): readonly ShellWord[] => {
    if (token.kind === 'word') return [token];
    return token.kind === 'redirection' && token.target && !token.text.startsWith('<<') ? [token.target] : [];
  });
  const plain = words.filter(({ start, end }) => !/[`]|\$\(/.test(command.slice(start, end)));
  return new Set(
    plain
      .flatMap(({ placeholders }) => placeholders.filter(({ quote }) => quote === ''))
      .map(({ start }) => start),
  );
}
