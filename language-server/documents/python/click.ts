import type { SyntaxNode } from '@lezer/common';
import { lookUp } from './bindings';
import { readClickParameter } from './clickParameter';
import { readContextSettings } from './contextSettings';
import { calledNames, type DecoratedFunction, decoratedFunctions } from './decorated';
import { readArguments, stringKeyword } from './keywords';
import { isInside, rangeOf } from './nodes';
import { emptySet, mergeSets } from './optionSets';
import type { OptionSet, ScriptCommand, ScriptOption, ScriptOptions } from './scriptOptions';
import { argumentsOf, calleeOf, methodOf, type PythonScript } from './syntax';
import { stringValue } from './values';

/** A command or group while it is put together. */
interface Command {
  readonly names: readonly string[];
  readonly function: string;
  readonly definition: SyntaxNode;
  readonly own: OptionSet;
  readonly children: Command[];
  parent?: string;
  hasUnknownChildren: boolean;
}

const clickLike = /^(rich_click|asyncclick|cloup)\./;
/** Decorators that are known to declare nothing. */
const harmless =
  /^(click\.pass_\w+|(functools|contextlib|torch|tensorflow|tf|mlflow|numpy|np|numba|jax|logging|loguru|typing|time|ray|wandb)\..+|staticmethod|classmethod)$/;

/** The options of the script's click command, or of its group and commands; undefined if it has none. */
export function readClick(script: PythonScript): ScriptOptions | undefined {
  if (![...script.imports.values()].some((name) => /^(click|rich_click|asyncclick|cloup)\b/.test(name)))
    return undefined;
  const commands = new Map<string, Command>();
  for (const one of decoratedFunctions(script)) addCommand(script, commands, one);
  if (commands.size === 0) return undefined;
  for (const command of commands.values())
    if (command.parent !== undefined) commands.get(command.parent)?.children.push(command);
  for (const call of script.calls) addRegistered(script, commands, call);
  const roots = [...commands.values()].filter(({ parent }) => parent === undefined || !commands.has(parent));
  const called = calledNames(script);
  const mains = roots.filter((root) => called.has(root.function));
  const chosen = mains.length > 0 ? mains : roots;
  const set = mergeSets(chosen.map((command) => commandSet(command, [])));
  return {
    framework: 'click',
    ...set,
    isDynamic: set.isDynamic || mains.length !== 1,
    acceptsPrefixes: false,
  };
}

function calleeInClick(callee: string): string {
  return callee.replace(clickLike, 'click.').replace(/^click\.(decorators|core)\./, 'click.');
}

function addCommand(script: PythonScript, commands: Map<string, Command>, one: DecoratedFunction): void {
  const maker = one.decorators.find(({ callee }) => /(^|\.)(command|group)$/.test(callee));
  if (!maker) return;
  const owner = maker.callee.replace(/(^|\.)(command|group)$/, '');
  const given = readArguments(script, maker.node);
  const written = stringValue(script, given.positional[0]) ?? stringKeyword(script, given, 'name');
  commands.set(one.name, {
    names: written === undefined ? namesOfFunction(one.name) : [written],
    function: one.name,
    definition: one.definition,
    own: mergeSets([
      readContextSettings(script, given),
      { ...emptySet, isDynamic: given.keywords.has('params') },
      ...one.decorators.map(({ node, callee }) => declaredBy(script, node, calleeInClick(callee))),
    ]),
    children: [],
    ...(commands.has(owner) && { parent: owner }),
    hasUnknownChildren: given.keywords.has('cls') || given.hasUnknownKeywords,
  });
}

/** Before 8.2 the whole name, since then without its ending. */
function namesOfFunction(name: string): string[] {
  const whole = name.toLowerCase().replaceAll('_', '-');
  return [...new Set([whole, whole.replace(/-(command|cmd|group|grp)$/, '')])];
}

/** What one decorator declares. */
function declaredBy(script: PythonScript, decorator: SyntaxNode, callee: string): OptionSet {
  if (/^click\.(option|argument)$/.test(callee)) return parametersAs(script, [decorator]);
  if (callee === 'click.version_option')
    return { ...emptySet, leavingNames: writtenNames(script, decorator, '--version') };
  if (callee === 'click.help_option')
    return { ...emptySet, leavingNames: writtenNames(script, decorator, '--help') };
  if (callee === 'click.confirmation_option')
    return { ...emptySet, leavingNames: writtenNames(script, decorator, '--yes') };
  if (/(^|\.)(command|group)$/.test(callee) || harmless.test(callee)) return emptySet;
  return sharedOptions(script, decorator, callee);
}

function writtenNames(script: PythonScript, decorator: SyntaxNode, usual: string): string[] {
  const names = readArguments(script, decorator).positional.map((node) => stringValue(script, node) ?? '');
  const options = names.filter((name) => name.startsWith('-'));
  return options.length > 0 ? options : [usual];
}

/** `@shared`, where that is a kept decorator, a function of this script, or one that gets a list of them. */
function sharedOptions(script: PythonScript, decorator: SyntaxNode, callee: string): OptionSet {
  const name = decorator.getChild('VariableName');
  const kept = name && lookUp(script, name)?.binding;
  const handed = argumentsOf(script, decorator).flatMap(({ value }) => {
    const found = value.name === 'VariableName' ? lookUp(script, value)?.binding : undefined;
    return found?.kind === 'value' ? found.value : value;
  });
  const definition = script.functions.get(callee);
  const places = [definition, kept?.kind === 'value' ? kept.value : undefined, ...handed].filter(
    (one) => one !== undefined,
  );
  if (kept?.kind === 'value' && (calleeOf(script, kept.value) ?? '').endsWith('.make_pass_decorator'))
    return emptySet;
  const calls = script.calls.filter(
    (call) => isParameterCall(script, call) && places.some((place) => isInside(call, place)),
  );
  if (calls.length > 0) return parametersAs(script, calls);
  return definition && !callsOthers(script, definition) ? emptySet : { ...emptySet, isDynamic: true };
}

function isParameterCall(script: PythonScript, call: SyntaxNode): boolean {
  return /^click\.(option|argument)$/.test(calleeInClick(calleeOf(script, call) ?? ''));
}

/** Whether a decorator of this script may declare options by way of others. */
function callsOthers(script: PythonScript, definition: SyntaxNode): boolean {
  return script.calls.some((call) => {
    const callee = calleeOf(script, call) ?? '';
    return isInside(call, definition) && (callee.includes('click.') || script.functions.has(callee));
  });
}

function parametersAs(script: PythonScript, calls: readonly SyntaxNode[]): OptionSet {
  const read = calls.map((call) =>
    readClickParameter(script, call, (calleeOf(script, call) ?? '').endsWith('argument')),
  );
  const options: ScriptOption[] = read.filter((one) => one !== undefined);
  return { ...emptySet, options, isDynamic: options.length < calls.length };
}

/** `cli.add_command(train, 'fit')` */
function addRegistered(script: PythonScript, commands: Map<string, Command>, call: SyntaxNode): void {
  const method = methodOf(script, call);
  const owner =
    method?.name === 'add_command'
      ? commands.get(script.source.slice(method.object.from, method.object.to))
      : undefined;
  if (!owner) return;
  const given = readArguments(script, call);
  const [first = given.keywords.get('cmd'), second] = given.positional;
  const child = first && commands.get(script.source.slice(first.from, first.to));
  const nameNode = second ?? given.keywords.get('name');
  const name = stringValue(script, nameNode);
  if (!child || (nameNode && name === undefined)) {
    owner.hasUnknownChildren = true;
    return;
  }
  owner.children.push(name === undefined ? child : { ...child, names: [name] });
  child.parent = owner.function;
}

function commandSet(command: Command, above: readonly Command[]): OptionSet {
  const below = [...above, command];
  const children = below.length > 8 ? [] : command.children.filter((child) => !below.includes(child));
  const commands = children.map((child): ScriptCommand => ({
    names: child.names,
    range: rangeOf(child.definition),
    ...commandSet(child, below),
  }));
  return { ...command.own, commands, isDynamic: command.own.isDynamic || command.hasUnknownChildren };
}
