import { readCommandCalls } from './commandCalls';
import { readPassedOptions } from './passedOptions';
import type { OptionSet, PlainValue, ScriptOption, ScriptOptions } from './python/scriptOptions';
import { writeYamlNumber, writeYamlString } from './yamlWrite';

/** A parameter as MLproject declares it; without a default it must be given. */
export interface EntryPointParameter {
  readonly name: string;
  readonly type: 'float' | 'string' | 'path' | 'uri';
  /** `writeParameter` quotes a string that YAML 1.1 would read as something else. */
  readonly default?: string | number;
}

export interface EntryPointSkeleton {
  readonly name: string;
  readonly parameters: readonly EntryPointParameter[];
  readonly command: string;
  /** Options of the script that no parameter can stand for, since a command cannot leave an option out. */
  readonly leftOut: readonly LeftOut[];
}

export interface LeftOut {
  readonly option: ScriptOption;
  /** It is switched by being there; it is off unless given, and has no default; it takes several values. */
  readonly reason: 'flag' | 'no default' | 'several values';
}

/** As a line of `parameters`: `lr: {type: float, default: 0.1}`. */
export function writeParameter({ name, type, default: value }: EntryPointParameter): string {
  if (value === undefined) return `${writeYamlString(name)}: ${type}`;
  const written = typeof value === 'number' ? writeYamlNumber(value) : writeYamlString(value);
  return `${writeYamlString(name)}: {type: ${type}, default: ${written}}`;
}

/**
 * An entry point that runs a script with its options as parameters.
 *
 * @param name of the entry point
 * @param run what runs the script: `python train.py`, with the name of a command behind it if `options` are a command's
 */
export function makeEntryPoint(name: string, run: string, { options }: OptionSet): EntryPointSkeleton {
  const kept = options.filter((option) => reasonToLeaveOut(option) === undefined);
  // Positionals come first, so that none of them is taken for an option's further value.
  const ordered = [...kept.filter((option) => !isNamed(option)), ...kept.filter(isNamed)];
  return {
    name,
    parameters: ordered.map(parameterFor),
    command: [escapeBraces(run), ...ordered.map(wordsFor)].join(' '),
    leftOut: options.flatMap((option) => {
      const reason = reasonToLeaveOut(option);
      return reason ? [{ option, reason }] : [];
    }),
  };
}

/**
 * The options of a script that an entry point which runs it does not pass and could: those that its command does not name and
 * that are no parameter's. Positionals are not missed, since their places are the command's to give.
 *
 * @param parameterNames what the entry point declares
 * @param command its command, decoded
 */
export function findMissingOptions(
  script: ScriptOptions,
  parameterNames: readonly string[],
  command: string,
): ScriptOption[] {
  const words = readCommandCalls(command).flatMap((call) =>
    call.kind === 'script' || call.kind === 'module' ? call.words : [],
  );
  const passed = readPassedOptions(words, script).map(({ match }) =>
    match.kind === 'declared' ? match.option : undefined,
  );
  const isMissing = (option: ScriptOption) =>
    isNamed(option) &&
    !passed.includes(option) &&
    !parameterNames.includes(parameterName(option)) &&
    reasonToLeaveOut(option) === undefined;
  return script.options.filter(isMissing);
}

/** What is added to a command to pass an option: `--lr {lr}`. */
export function wordsFor(option: ScriptOption): string {
  const placeholder = `{${parameterName(option)}}`;
  return isNamed(option) ? `${longName(option)} ${placeholder}` : placeholder;
}

export function parameterFor(option: ScriptOption): EntryPointParameter {
  const value = defaultFor(option.default?.value);
  return {
    name: parameterName(option),
    type: typeFor(option, value),
    ...(value !== undefined && { default: value }),
  };
}

function isNamed({ kind }: ScriptOption): boolean {
  return kind !== 'positional';
}

/** A name that a placeholder may have: no dots, brackets or braces, and no digit first. */
function parameterName({ dest }: ScriptOption): string {
  const name = dest.replace(/[^\p{L}\p{N}_]/gu, '_');
  return /^\d/.test(name) ? `_${name}` : name;
}

function longName({ names }: ScriptOption): string {
  return names.find((name) => name.startsWith('--')) ?? names[0] ?? '';
}

/** An option that is not required and has no default to repeat cannot be passed: what is passed is never nothing. */
function reasonToLeaveOut(option: ScriptOption): LeftOut['reason'] | undefined {
  if (option.kind === 'flag') return 'flag';
  if (option.required) return undefined;
  if (option.multiple) return 'several values';
  return defaultFor(option.default?.value) === undefined ? 'no default' : undefined;
}

/** True and False as Python writes them, which is how MLflow hands them on. */
function defaultFor(value: PlainValue | undefined): string | number | undefined {
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  return typeof value === 'string' || typeof value === 'number' ? value : undefined;
}

/**
 * A `path` must exist when the run starts, and MLflow looks for it from where it is itself started: of a default that the script
 * means from the project's folder it would be the wrong type.
 */
function typeFor({ type }: ScriptOption, value: string | number | undefined): EntryPointParameter['type'] {
  if (type === 'int' || type === 'float') return 'float';
  if (typeof value === 'string' && /^[a-z][a-z\d+.-]+:\/\//i.test(value)) return 'uri';
  return type === 'path' && value === undefined ? 'path' : 'string';
}

function escapeBraces(text: string): string {
  return text.replace(/[{}]/g, '$&$&');
}
