import { calledSet, type ScriptWords } from './passedOptions';
import type { OptionSet, PlainValue, ScriptCommand, ScriptOption } from './python/scriptOptions';
import { shellQuote } from './shellQuote';
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

/** More ways to call a script nobody reads. */
const mostWays = 30;

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
 * @param run what runs the script: `python train.py`
 * @param commands which of the script's commands is called, from the outermost; those around it get what they require only
 */
export function makeEntryPoint(
  name: string,
  run: string,
  script: OptionSet,
  commands: readonly ScriptCommand[] = [],
): EntryPointSkeleton {
  const called = commands.at(-1) ?? script;
  const calls = [
    { set: script, words: [run] },
    ...commands.map((set) => ({ set, words: set.names.slice(0, 1).map(shellQuote) })),
  ];
  const parts = calls.map(({ set, words }) => {
    const options = passableOptions(set).filter(({ required }) => required || set === called);
    return { options, words: [...words.map(escapeBraces), ...options.map(wordsFor)] };
  });
  return {
    name,
    parameters: parametersFor(parts.flatMap(({ options }) => options)),
    command: parts.flatMap(({ words }) => words).join(' '),
    leftOut: called.options.flatMap((option) => {
      const reason = reasonToLeaveOut(option);
      return reason ? [{ option, reason }] : [];
    }),
  };
}

/** The ways to call a script: itself or, where it has commands, each of the innermost with those around it. */
export function waysToCall(set: OptionSet): readonly (readonly ScriptCommand[])[] {
  if (set.commands.length === 0) return [[]];
  return set.commands
    .flatMap((command) => waysToCall(command).map((rest) => [command, ...rest]))
    .slice(0, mostWays);
}

/** Positionals come first, so that none of them is taken for an option's further value. */
function passableOptions({ options }: OptionSet): readonly ScriptOption[] {
  const kept = options.filter(isPassable);
  return [...kept.filter((option) => !isNamed(option)), ...kept.filter(isNamed)];
}

/**
 * The options of what the words call that they do not pass and could, and that are no parameter's. Positionals are not missed,
 * since their places are the command's to give. None where the words name no command of a script that has some.
 *
 * @param taken names of parameters
 */
export function findMissingOptions(words: ScriptWords, taken: readonly string[]): ScriptOption[] {
  const called = calledSet(words);
  if (!called || called.commands.length > 0) return [];
  const passed = new Set(
    words.passed.map(({ match }) => (match.kind === 'declared' ? match.option : undefined)),
  );
  return called.options.filter(
    (option) =>
      isNamed(option) && !passed.has(option) && !taken.includes(parameterName(option)) && isPassable(option),
  );
}

/** Of options that share a name, one parameter stands for all. */
export function parametersFor(options: readonly ScriptOption[]): readonly EntryPointParameter[] {
  const byName = new Map<string, EntryPointParameter>();
  for (const parameter of options.map(parameterFor))
    if (!byName.has(parameter.name)) byName.set(parameter.name, parameter);
  return [...byName.values()];
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

/** Whether a parameter can stand for it in every run. */
export function isPassable(option: ScriptOption): boolean {
  return reasonToLeaveOut(option) === undefined;
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
