import type { SyntaxNode } from '@lezer/common';
import { defaultOf, readArguments, stringKeyword } from './keywords';
import { fieldsOf, type Parameter, readAnnotation } from './parameters';
import type { DefaultValue, ScriptOption } from './scriptOptions';
import { argumentsOf, calleeOf, dottedName, type PythonScript } from './syntax';
import { constantOf, plainValue, typeOfConstant } from './values';

export interface DataclassOptions {
  readonly options: readonly ScriptOption[];
  readonly isDynamic: boolean;
}

/** The fields of a dataclass of this script as options of its argparse parser; of others nothing is known. */
export function dataclassOptions(script: PythonScript, node: SyntaxNode | undefined): DataclassOptions {
  const definition = node && script.classes.get(dottedName(script, node) ?? '');
  if (!definition) return { options: [], isDynamic: true };
  const options = fieldsOf(script, definition).map((field) => fieldOption(script, field));
  const hasBases = argumentsOf(script, definition).length > 0;
  return { options, isDynamic: hasBases || options.some(({ type }) => type === 'unknown') };
}

/** `--name`, and with dashes, as either library may have it. */
export function fieldOption(script: PythonScript, field: Parameter): ScriptOption {
  const annotated = readAnnotation(script, field.annotation);
  const value = fieldDefault(script, field);
  const inferred =
    annotated.type === 'unknown' ? typeOfConstant(constantOf(script, field.default)) : undefined;
  const help = helpOf(script, field);
  return {
    names: [...new Set([`--${field.name}`, `--${field.name.replaceAll('_', '-')}`])],
    dest: field.name,
    kind: 'option',
    type: inferred ?? annotated.type,
    ...(value && { default: value }),
    ...(annotated.choices && { choices: annotated.choices }),
    required: field.default === undefined || (value === undefined && !hasFactory(script, field)),
    multiple: annotated.multiple,
    ...(help !== undefined && { help }),
    range: field.range,
    nameRange: field.nameRange,
  };
}

function fieldCall(script: PythonScript, { default: node }: Parameter): SyntaxNode | undefined {
  const isField =
    node?.name === 'CallExpression' && /(^|\.)(field|Field)$/.test(calleeOf(script, node) ?? '');
  return isField ? node : undefined;
}

function fieldDefault(script: PythonScript, field: Parameter): DefaultValue | undefined {
  const call = fieldCall(script, field);
  const node = call ? readArguments(script, call).keywords.get('default') : field.default;
  return node && defaultOf(script, node);
}

function hasFactory(script: PythonScript, field: Parameter): boolean {
  const call = fieldCall(script, field);
  return call !== undefined && readArguments(script, call).keywords.has('default_factory');
}

function helpOf(script: PythonScript, field: Parameter): string | undefined {
  const call = fieldCall(script, field);
  if (!call) return undefined;
  const given = readArguments(script, call);
  const metadata = constantOf(script, given.keywords.get('metadata'));
  const help =
    metadata?.kind === 'dict' ? plainValue(constantOf(script, metadata.entries.get('help'))) : undefined;
  return typeof help === 'string' ? help : stringKeyword(script, given, 'help');
}
