import { readCommandCalls } from '../../documents/commandCalls';
import type { EntryPoint, MlprojectModel, Parameter } from '../../documents/mlprojectModel';
import { readPassedOptions } from '../../documents/passedOptions';
import { splitShellWords } from '../../documents/shellWords';
import type { ServerSettings } from '../../settings';
import { findScript } from '../namedFiles';
import type { ProjectFacts } from '../projectFacts';
import { isSparkJob } from './checkSparkJob';
import type { ParameterFate, Surroundings } from './surroundings';

/** What is known around a project's entry points: its files, its other entry points, and what the user allows. */
export function surroundingsOf(
  model: MlprojectModel,
  { files, scripts }: ProjectFacts,
  { allowedKeys }: ServerSettings,
): Surroundings {
  const names = model.entryPoints.map(({ name }) => name);
  const known = new Set(names);
  const find = (name: string) =>
    model.entryPoints.findLast((one) => one.name === name && !one.field.overridden);
  const isSpark = isSparkJob(model);
  const patterns = allowedKeys.map((pattern) => pattern.split('.'));
  return {
    fileKind: (path) => files.get(path)?.kind,
    script: (path) => scripts.get(path),
    hasEntryPoint: (name) => known.has(name),
    entryPointNames: () => names.join('\n'),
    parameterFate: (entryPoint, name) => parameterFate(find(entryPoint), name, scripts),
    requiredParameters: (entryPoint) =>
      countingParameters(find(entryPoint))
        .filter(({ required, shape }) => required && shape !== 'other')
        .map(({ name }) => name)
        .join('\n'),
    isSparkJob: () => isSpark,
    isAllowed: (path) => patterns.some((pattern) => matches(pattern, path)),
  };
}

/** `entry_points.*.description`; a name of the path may itself hold dots where the pattern has a star. */
function matches(pattern: readonly string[], path: readonly string[]): boolean {
  return (
    pattern.length === path.length && pattern.every((part, index) => part === '*' || part === path[index])
  );
}

function countingParameters(entryPoint: EntryPoint | undefined): readonly Parameter[] {
  return entryPoint?.parameters.filter(({ field }) => !field.overridden) ?? [];
}

/** What an entry point does not declare is put behind its command, as `--name value`. */
function parameterFate(
  entryPoint: EntryPoint | undefined,
  name: string,
  scripts: ProjectFacts['scripts'],
): ParameterFate {
  if (countingParameters(entryPoint).some((one) => one.name === name)) return 'declared';
  const last = readCommandCalls(entryPoint?.command?.text ?? '').at(-1);
  const found = last && findScript(last, (path) => scripts.get(path));
  if (!found) return 'unsure';
  const added = splitShellWords(`--${name} 1`).filter((token) => token.kind === 'word');
  const passed = readPassedOptions([...found.words, ...added], found.script).at(-1);
  return passed?.match.kind === 'undeclared' ? 'refused' : 'unsure';
}
