import { type CommandCall, type ProjectCall, readCommandCalls } from '../../documents/commandCalls';
import type { Command, EntryPoint, Parameter } from '../../documents/mlprojectModel';
import { type PassedOption, readPassedOptions } from '../../documents/passedOptions';
import type { ScriptOption, ScriptOptions } from '../../documents/python/scriptOptions';
import { sourceRange, pythonString } from '../../documents/yamlRead';
import type { YamlDocument } from '../../documents/yamlTree';
import { nearestWord } from '../../knowledge/didYouMean';
import { isCheckedType } from '../../knowledge/parameterTypes';
import { isPythonInteger, isPythonNumber } from '../../knowledge/pythonNumbers';
import { scriptPath } from '../namedFiles';
import type { Fault } from './fault';
import type { Surroundings } from './surroundings';

/** What a command runs, beside the scripts and the entry points that there are. */
export function checkCalls(
  yaml: YamlDocument,
  entryPoint: EntryPoint,
  command: Command,
  around: Surroundings,
): readonly Fault[] {
  return readCommandCalls(command.text).flatMap((call) => {
    switch (call.kind) {
      case 'script':
      case 'module':
        return checkScriptCall(yaml, entryPoint, command, call, around);
      case 'project':
        return checkProjectCall(command, call, around);
      case 'other':
        return [];
    }
  });
}

type ScriptCall = Extract<CommandCall, { kind: 'script' | 'module' }>;

function checkScriptCall(
  yaml: YamlDocument,
  entryPoint: EntryPoint,
  command: Command,
  call: ScriptCall,
  around: Surroundings,
): readonly Fault[] {
  const path = scriptPath(call);
  if (path === undefined) return [];
  if (call.kind === 'script' && around.fileKind(path) === 'missing') {
    const message = `There is no \`${path}\` in the project, so the command fails.`;
    return [{ code: 'mlproject.missing-script', range: sourceRange(command.node, call.path), message }];
  }
  const script = around.script(path);
  if (!script) return [];
  return readPassedOptions(call.words, script).flatMap((passed) =>
    checkOption(yaml, entryPoint, command, passed, path, script),
  );
}

function checkOption(
  yaml: YamlDocument,
  entryPoint: EntryPoint,
  command: Command,
  { name, value, match }: PassedOption,
  path: string,
  script: ScriptOptions,
): readonly Fault[] {
  if (match.kind === 'undeclared') {
    const near = nearestWord(
      name.text,
      script.options.flatMap(({ names }) => names),
    );
    return [
      {
        code: 'mlproject.undeclared-option',
        range: sourceRange(command.node, name),
        message: `\`${path}\` declares no option \`${name.text}\`.${didYouMean(near)}`,
        ...replaceBy(near),
      },
    ];
  }
  const isPlaceholder = match.kind === 'declared' && value && /^\{[^{}!:.[]+\}$/.test(value.text);
  const parameter = isPlaceholder
    ? entryPoint.parameters.find((one) => !one.field.overridden && `{${one.name}}` === value.text)
    : undefined;
  const message =
    parameter && match.kind === 'declared' ? clash(yaml, parameter, match.option, path) : undefined;
  return message === undefined || !value
    ? []
    : [{ code: 'mlproject.option-type', range: sourceRange(command.node, value), message }];
}

/** Why a script cannot take what a parameter holds; undefined if it can. */
function clash(
  yaml: YamlDocument,
  parameter: Parameter,
  option: ScriptOption,
  path: string,
): string | undefined {
  const { name, type, defaultNode } = parameter;
  const written = option.names.find((one) => one.startsWith('--')) ?? option.names[0] ?? option.dest;
  const takes = `\`${path}\` reads \`${written}\` as ${optionWords(option)}`;
  const isNumber = option.type === 'int' || option.type === 'float';
  if (isNumber && isCheckedType(type)) return `${takes}, but \`${name}\` is declared as \`${type}\`.`;
  if (!defaultNode || option.multiple) return undefined;
  const value = pythonString(yaml, defaultNode);
  return takesValue(option, value)
    ? undefined
    : `${takes}, which the default of \`${name}\`, \`${value}\`, is not.`;
}

function takesValue({ type, choices }: ScriptOption, value: string): boolean {
  if (choices && choices.length > 0 && type === 'choice')
    return choices.some((choice) => plainText(choice) === value);
  if (type === 'int') return isPythonInteger(value);
  return type !== 'float' || isPythonNumber(value);
}

function optionWords({ type, choices }: ScriptOption): string {
  if (type === 'int') return 'a whole number';
  if (type === 'float') return 'a number';
  return type === 'choice' && choices ? `one of ${choices.map(plainText).join(', ')}` : type;
}

function plainText(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}

/** `mlflow run . -e other -P name=value`, of this very project. */
function checkProjectCall(command: Command, call: ProjectCall, around: Surroundings): readonly Fault[] {
  const { uri, entryPoint, directory } = call;
  const isThisProject = uri && directory === '' && uri.isLiteral && /^(\.\/?)$/.test(uri.text);
  if (!isThisProject) return [];
  const name = entryPoint?.text ?? 'main';
  if (/[{}$`]/.test(name)) return [];
  if (around.hasEntryPoint(name)) return checkParameters(command, call, name, around);
  if (/\.(py|sh|R)$/.test(name)) return [];
  const near = entryPoint && nearestWord(name, around.entryPointNames().split('\n'));
  return [
    {
      code: 'mlproject.unknown-entry-point',
      range: sourceRange(command.node, entryPoint ?? uri),
      message: `This project has no entry point \`${name}\`.${didYouMean(near)}`,
      ...replaceBy(near),
    },
  ];
}

/** What an entry point is given that it does not take, and what it is not given that it needs. */
function checkParameters(
  { node }: Command,
  { uri, entryPoint, parameters }: ProjectCall,
  name: string,
  around: Surroundings,
): readonly Fault[] {
  const given = parameters.map((parameter) => parameter.name);
  const isOpen = given.some(({ text }) => /[{}$`]/.test(text));
  const refused = given.filter(({ text }) => !isOpen && around.parameterFate(name, text) === 'refused');
  const needed = around.requiredParameters(name).split('\n');
  const missing = isOpen ? [] : needed.filter((one) => one !== '' && !given.some(({ text }) => text === one));
  const place = entryPoint ?? uri;
  return [
    ...refused.map((piece): Fault => {
      const near = nearestWord(piece.text, needed);
      const message = `\`${name}\` declares no parameter \`${piece.text}\`, and its script no option of that name.${didYouMean(near)}`;
      const range = sourceRange(node, piece);
      return { code: 'mlproject.undeclared-option', range, message, ...replaceBy(near) };
    }),
    ...(missing.length > 0 && place ? [missingParameters(missing, name, sourceRange(node, place))] : []),
  ];
}

function missingParameters(missing: readonly string[], name: string, range: Fault['range']): Fault {
  const names = missing.map((one) => `\`${one}\``).join(', ');
  const message = `\`${name}\` must be given ${names}: MLflow stops with "No value given for missing parameters".`;
  return { code: 'mlproject.missing-parameter', range, message };
}

function didYouMean(near: string | undefined): string {
  return near === undefined ? '' : ` Did you mean \`${near}\`?`;
}

function replaceBy(near: string | undefined): Pick<Fault, 'fix'> {
  return near === undefined ? {} : { fix: { fix: 'replace', to: near } };
}
