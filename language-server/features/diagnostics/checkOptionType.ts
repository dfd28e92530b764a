import type { Command, EntryPoint, Parameter } from '../../documents/mlprojectModel';
import type { PassedOption } from '../../documents/passedOptions';
import type { ScriptOption } from '../../documents/python/scriptOptions';
import { pythonString, sourceRange } from '../../documents/yamlRead';
import type { YamlDocument } from '../../documents/yamlTree';
import { isCheckedType } from '../../knowledge/parameterTypes';
import { isPythonInteger, isPythonNumber } from '../../knowledge/pythonNumbers';
import type { Fault } from './fault';

/** The command that is looked at, and whose it is. */
export interface CheckedCommand {
  readonly yaml: YamlDocument;
  readonly entryPoint: EntryPoint;
  readonly command: Command;
}

/** A parameter that is passed as an option which reads it as something else. */
export function checkOptionType(
  { yaml, entryPoint, command }: CheckedCommand,
  { value }: PassedOption,
  option: ScriptOption,
  path: string,
): readonly Fault[] {
  if (!value || !/^\{[^{}!:.[]+\}$/.test(value.text)) return [];
  const parameter = entryPoint.parameters.find(
    (one) => !one.field.overridden && `{${one.name}}` === value.text,
  );
  const message = parameter && clash(yaml, parameter, option, path);
  return message === undefined
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
