import type { SyntaxNode } from '@lezer/common';
import {
  booleanKeyword,
  type CallArguments,
  defaultOf,
  listValue,
  readArguments,
  stringKeyword,
  typeOfConverter,
} from './keywords';
import { rangeOf } from './nodes';
import type { DefaultValue, OptionType, PlainValue, ScriptOption } from './scriptOptions';
import { calleeOf, dottedName, type PythonScript } from './syntax';
import { constantOf, plainValue, stringValue, typeOfConstant } from './values';

/** An option's names on the command line, apart from those that switch it off, and its name in the script. */
export interface ClickNames {
  readonly on: readonly string[];
  readonly off: readonly string[];
  readonly dest: string;
}

/** A call of `click.option` or `click.argument`; undefined if its names are not written out. */
export function readClickParameter(
  script: PythonScript,
  call: SyntaxNode,
  isArgument: boolean,
): ScriptOption | undefined {
  const given = readArguments(script, call);
  const written = given.positional
    .map((node) => stringValue(script, node))
    .filter((one) => one !== undefined);
  const isWhole =
    written.length === given.positional.length && written.length > 0 && !given.hasUnknownPositional;
  if (!isWhole) return undefined;
  return isArgument
    ? argumentOf(script, call, given, written[0] ?? '')
    : optionOf(script, call, given, splitClickNames(written));
}

function argumentOf(
  script: PythonScript,
  call: SyntaxNode,
  given: CallArguments,
  name: string,
): ScriptOption {
  const nargs = plainValue(constantOf(script, given.keywords.get('nargs')));
  const isOptional = nargs === -1 || given.keywords.has('default') || given.hasUnknownKeywords;
  return {
    ...shared(script, call, given, false),
    names: [name],
    dest: name.replaceAll('-', '_').toLowerCase(),
    kind: 'positional',
    required: booleanKeyword(script, given, 'required') ?? !isOptional,
    multiple: typeof nargs === 'number' && nargs !== 1,
  };
}

function optionOf(
  script: PythonScript,
  call: SyntaxNode,
  given: CallArguments,
  names: ClickNames,
): ScriptOption {
  const isFlag = isFlagOption(script, given, names);
  const nargs = plainValue(constantOf(script, given.keywords.get('nargs')));
  const isTuple = given.keywords.get('type')?.name === 'TupleExpression';
  return {
    ...shared(script, call, given, isFlag),
    names: [...names.on, ...names.off],
    dest: names.dest,
    kind: isFlag ? 'flag' : 'option',
    required: booleanKeyword(script, given, 'required') === true,
    multiple:
      booleanKeyword(script, given, 'multiple') === true ||
      (typeof nargs === 'number' && nargs > 1) ||
      isTuple,
  };
}

/** `--a/--no-a`, `-f`, and identifiers, which name the parameter in the script. */
export function splitClickNames(written: readonly string[]): ClickNames {
  const dest = written.find((one) => /^[\p{L}_][\p{L}\p{N}_]*$/u.test(one));
  const pairs = written
    .filter((one) => one !== dest)
    .map((one) => one.split(one.startsWith('/') ? ';' : '/').map((name) => name.trim()));
  const on = pairs.flatMap(([first = '']) => (first === '' ? [] : [first]));
  const off = pairs.flatMap(([, ...rest]) => rest.filter((name) => name !== ''));
  const long = on.find((name) => name.startsWith('--')) ?? on[0] ?? off[0] ?? '';
  return { on, off, dest: dest ?? long.replace(/^\W+/, '').replaceAll('-', '_').toLowerCase() };
}

function isFlagOption(script: PythonScript, given: CallArguments, names: ClickNames): boolean {
  if (booleanKeyword(script, given, 'count') === true) return true;
  const isFlag = booleanKeyword(script, given, 'is_flag');
  return isFlag ?? (names.off.length > 0 || given.keywords.has('flag_value'));
}

type Shared = Pick<ScriptOption, 'type' | 'default' | 'choices' | 'help' | 'range' | 'nameRange'>;

function shared(script: PythonScript, call: SyntaxNode, given: CallArguments, isFlag: boolean): Shared {
  const help = stringKeyword(script, given, 'help');
  const value = defaultValue(script, given, isFlag);
  const choices = choicesOf(script, given.keywords.get('type'));
  return {
    type: typeOf(script, given, isFlag),
    ...(value && { default: value }),
    ...(choices && { choices }),
    ...(help !== undefined && { help }),
    range: rangeOf(call),
    nameRange: rangeOf(given.positional[0] ?? call),
  };
}

function defaultValue(script: PythonScript, given: CallArguments, isFlag: boolean): DefaultValue | undefined {
  const node = given.keywords.get('default');
  if (node) return defaultOf(script, node);
  if (booleanKeyword(script, given, 'count') === true) return { text: '0', value: 0 };
  const isPlainFlag = isFlag && !given.keywords.has('flag_value') && !given.hasUnknownKeywords;
  const isRequired = booleanKeyword(script, given, 'required') === true;
  return isPlainFlag && !isRequired ? { text: 'False', value: false } : undefined;
}

function typeOf(script: PythonScript, given: CallArguments, isFlag: boolean): OptionType {
  const node = given.keywords.get('type');
  if (given.keywords.has('count')) return 'int';
  if (node) return typeOfClickType(script, node);
  if (isFlag) return typeOfConstant(constantOf(script, given.keywords.get('flag_value'))) ?? 'bool';
  const value = given.keywords.get('default');
  if (!value) return given.hasUnknownKeywords ? 'unknown' : 'string';
  if (value.name === 'LambdaExpression') return 'string';
  const constant = constantOf(script, value);
  if (constant?.kind === 'none' || (constant?.kind === 'list' && constant.items.length === 0))
    return 'string';
  return typeOfConstant(constant) ?? 'unknown';
}

const clickTypes: Readonly<Record<string, OptionType>> = {
  INT: 'int',
  IntRange: 'int',
  FLOAT: 'float',
  FloatRange: 'float',
  STRING: 'string',
  DateTime: 'string',
  UUID: 'string',
  BOOL: 'bool',
  Path: 'path',
  File: 'path',
  Choice: 'choice',
};

function typeOfClickType(script: PythonScript, node: SyntaxNode): OptionType {
  const name = (node.name === 'CallExpression' ? calleeOf(script, node) : dottedName(script, node)) ?? '';
  const match = /(^|\.)(types\.)?(\w+)$/.exec(name);
  const known = name.includes('click.') ? clickTypes[match?.[3] ?? ''] : undefined;
  return known ?? (name.includes('click.') ? 'unknown' : typeOfConverter(script, node));
}

function choicesOf(script: PythonScript, node: SyntaxNode | undefined): readonly PlainValue[] | undefined {
  if (node?.name !== 'CallExpression' || !/(^|\.)Choice$/.test(calleeOf(script, node) ?? ''))
    return undefined;
  const given = readArguments(script, node);
  return listValue(script, given.positional[0] ?? given.keywords.get('choices'));
}
