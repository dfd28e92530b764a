import type { SyntaxNode } from '@lezer/common';
import { defaultOf } from './keywords';
import { childrenOf, rangeOf, scopeOf, textOf } from './nodes';
import { emptySet } from './optionSets';
import { type Parameter, parametersOf, readAnnotation } from './parameters';
import type { OptionSet, ScriptCommand, ScriptOption, ScriptOptions } from './scriptOptions';
import { argumentsOf, calleeOf, dottedName, type PythonScript } from './syntax';
import { constantOf, typeOfConstant } from './values';

const nothing: OptionSet = { ...emptySet, leavingNames: ['--help', '-h'] };

/** The options of what the script hands to Python Fire; undefined if it hands it nothing. */
export function readFire(script: PythonScript): ScriptOptions | undefined {
  const calls = script.calls.filter((call) => /^fire\.(core\.)?Fire$/.test(calleeOf(script, call) ?? ''));
  const [only, more] = calls;
  if (!only) return undefined;
  const given = argumentsOf(script, only);
  const target = given.find(({ name }) => name === undefined || name === 'component')?.value;
  const set = target ? componentSet(script, target, 0) : moduleSet(script);
  const takesWords = given.some(({ name }) => name === 'command');
  return {
    framework: 'fire',
    ...set,
    acceptsUnknown: set.acceptsUnknown || takesWords,
    isDynamic: set.isDynamic || more !== undefined,
    acceptsPrefixes: false,
  };
}

function componentSet(script: PythonScript, node: SyntaxNode, depth: number): OptionSet {
  if (depth > 5) return { ...nothing, isDynamic: true };
  if (node.name === 'DictionaryExpression') return dictionarySet(script, node, depth);
  const isCall = node.name === 'CallExpression';
  const name = (isCall ? calleeOf(script, node) : dottedName(script, node)) ?? '';
  const definition = isCall ? undefined : script.functions.get(name);
  if (definition) return functionSet(script, definition);
  const owner = script.classes.get(name);
  return owner ? classSet(script, owner, isCall) : { ...nothing, isDynamic: true };
}

function dictionarySet(script: PythonScript, node: SyntaxNode, depth: number): OptionSet {
  const constant = constantOf(script, node);
  if (constant?.kind !== 'dict') return { ...nothing, isDynamic: true };
  const commands = [...constant.entries].map(([name, value]): ScriptCommand => ({
    names: [name],
    range: rangeOf(value),
    ...componentSet(script, value, depth + 1),
  }));
  return { ...nothing, commands };
}

/** `fire.Fire()`: all that the script defines. */
function moduleSet(script: PythonScript): OptionSet {
  const commands = [...script.functions].filter(([, definition]) => scopeOf(definition) === undefined);
  return {
    ...nothing,
    commands: commands.map(([name, definition]) => commandOf(script, name, definition)),
    isDynamic: true,
  };
}

function classSet(script: PythonScript, owner: SyntaxNode, isMade: boolean): OptionSet {
  const body = owner.getChild('Body');
  const plain = body?.getChildren('FunctionDefinition') ?? [];
  const decorated =
    body?.getChildren('DecoratedStatement').flatMap((one) => one.getChild('FunctionDefinition') ?? []) ?? [];
  const methods = [...plain, ...decorated].map((method) => ({ name: nameOf(script, method), method }));
  const made = methods.find(({ name }) => name === '__init__');
  const constructor = made && !isMade ? functionSet(script, made.method, false) : nothing;
  const commands = methods
    .filter(({ name }) => !name.startsWith('_'))
    .map(({ name, method }) => commandOf(script, name, method));
  const hasBases = argumentsOf(script, owner).some(({ value }) => textOf(script, value) !== 'object');
  const isDynamic =
    constructor.isDynamic ||
    hasBases ||
    decorated.length > 0 ||
    methods.some(({ name }) => name === '__call__');
  return { ...constructor, commands, isDynamic };
}

function nameOf(script: PythonScript, definition: SyntaxNode): string {
  const name = definition.getChild('VariableName');
  return name ? textOf(script, name) : '';
}

function commandOf(script: PythonScript, name: string, definition: SyntaxNode): ScriptCommand {
  const names = [...new Set([name, name.replaceAll('_', '-')])];
  return { names, range: rangeOf(definition), ...functionSet(script, definition) };
}

/** Words that a function leaves go to what it returns, which may take them. */
function functionSet(script: PythonScript, definition: SyntaxNode, isFunction = true): OptionSet {
  const parameters = parametersOf(script, definition);
  return {
    ...nothing,
    options: parameters
      .filter(({ spread }) => spread === undefined)
      .map((one) => parameterOption(script, one)),
    acceptsUnknown: parameters.some(({ spread }) => spread !== undefined),
    isDynamic:
      definition.parent?.name === 'DecoratedStatement' || (isFunction && returnsSomething(definition)),
  };
}

function returnsSomething(definition: SyntaxNode): boolean {
  let returns = false;
  definition.cursor().iterate((ref) => {
    const value = ref.name === 'ReturnStatement' ? childrenOf(ref.node)[1] : undefined;
    if (ref.name.startsWith('Yield') || (value && value.name !== 'None')) returns = true;
  });
  return returns;
}

/** Fire takes `--a_b` and `--a-b` alike, and a value after `--flag` too. */
function parameterOption(script: PythonScript, parameter: Parameter): ScriptOption {
  const annotated = readAnnotation(script, parameter.annotation);
  const inferred = typeOfConstant(constantOf(script, parameter.default));
  return {
    names: [...new Set([`--${parameter.name}`, `--${parameter.name.replaceAll('_', '-')}`])],
    dest: parameter.name,
    kind: 'option',
    type: annotated.type === 'unknown' ? (inferred ?? 'unknown') : annotated.type,
    ...(parameter.default && { default: defaultOf(script, parameter.default) }),
    ...(annotated.choices && { choices: annotated.choices }),
    required: parameter.default === undefined,
    multiple: annotated.multiple || constantOf(script, parameter.default)?.kind === 'list',
    range: parameter.range,
    nameRange: parameter.nameRange,
  };
}
