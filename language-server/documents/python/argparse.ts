import type { SyntaxNode } from '@lezer/common';
import { readArgument } from './argparseArgument';
import { createParser } from './argparseCreation';
import { isParserClass, localFunction, type Parser, type Parsers, parsersOf } from './argparseParsers';
import { isConditional } from './conditional';
import { dataclassOptions } from './dataclasses';
import { booleanKeyword, defaultOf, listValue, readArguments } from './keywords';
import { rangeOf, textOf } from './nodes';
import { emptySet, mergeSets } from './optionSets';
import type { OptionSet, ScriptOptions } from './scriptOptions';
import { argumentsOf, calleeOf, methodOf, type PythonScript } from './syntax';

const ownMethods = /^(add_argument|add_arguments|set_defaults|parse_\w+)$/;
/** Callees that a parser may be handed to without getting options there. */
const harmless = /^(print|len|isinstance|id|repr|str|type|vars|argcomplete\.autocomplete)$/;
/** What reaches a parser's options, where it is not simply called. */
const innerNames =
  /\.(add_argument|add_argument_group|add_parser|set_defaults|_actions|_add_action|_option_string_actions|register)$/;

/** The options of the parser that the script parses with; undefined if it makes none. */
export function readArgparse(script: PythonScript): ScriptOptions | undefined {
  const parsers: Parsers = {
    script,
    byStart: new Map(),
    known: new Map(),
    ofParameter: new Map(),
    isUnsure: false,
  };
  for (const call of script.calls) parsersOf(parsers, call);
  if (parsers.byStart.size === 0) return undefined;
  for (const parser of parsers.byStart.values()) createParser(parsers, parser);
  const strays = script.calls.filter((call) => !applyMethod(parsers, call));
  const roots = rootsOf(parsers);
  const main = roots.length === 1 ? roots[0] : undefined;
  if (main) for (const call of strays) addArgument(parsers, main, call);
  const isUnsure = parsers.isUnsure || strays.length > 0 || main?.use !== 'parsed' || handsOnParser(parsers);
  const done = new Map<Parser, OptionSet>();
  const set = mergeSets(roots.map((root) => optionSetOf(root, done)));
  return {
    framework: roots.some(({ created }) => readsDataclasses(script, created)) ? 'dataclass' : 'argparse',
    ...set,
    isDynamic: isUnsure || set.isDynamic,
    acceptsPrefixes: roots.some(
      ({ created }) => booleanKeyword(script, readArguments(script, created), 'allow_abbrev') !== false,
    ),
  };
}

function readsDataclasses(script: PythonScript, created: SyntaxNode): boolean {
  return /(^|\.)HfArgumentParser$|^simple_parsing\./.test(calleeOf(script, created) ?? '');
}

/** False for an `add_argument` of something that is no parser known here. */
function applyMethod(parsers: Parsers, call: SyntaxNode): boolean {
  const { script } = parsers;
  const method = methodOf(script, call);
  if (!method || !ownMethods.test(method.name)) return true;
  const on = parsersOf(parsers, method.object);
  for (const parser of on) {
    if (method.name === 'add_argument') addArgument(parsers, parser, call);
    else if (method.name === 'add_arguments') addDataclass(parsers, parser, call);
    else if (method.name === 'set_defaults') setDefaults(script, parser, call);
    else noteParsing(script, parser, method.name, call);
  }
  return on.length > 0 || method.name !== 'add_argument';
}

function addArgument({ script }: Parsers, parser: Parser, call: SyntaxNode): void {
  const read = readArgument(script, call);
  if (read.option) {
    const isPerhaps = read.option.required && isConditional(script, call);
    parser.options.push({ ...read.option, ...(isPerhaps && { isConditional: true }) });
  }
  parser.leavingNames.push(...read.leavingNames);
  if (read.takesRest) parser.acceptsUnknown = true;
  if (read.isDynamic) parser.isDynamic = true;
}

/** simple_parsing: the fields of a dataclass as options. */
function addDataclass({ script }: Parsers, parser: Parser, call: SyntaxNode): void {
  const { options, isDynamic } = dataclassOptions(script, argumentsOf(script, call)[0]?.value);
  parser.options.push(...options);
  if (isDynamic) parser.isDynamic = true;
}

/** Of a default that is set before its option is declared, the option's own wins. */
function setDefaults(script: PythonScript, parser: Parser, call: SyntaxNode): void {
  const given = readArguments(script, call);
  if (given.hasUnknownKeywords) parser.isDynamic = true;
  parser.options.forEach((option, index) => {
    const node = given.keywords.get(option.dest);
    if (node) parser.options[index] = { ...option, default: defaultOf(script, node) };
  });
}

function noteParsing(script: PythonScript, parser: Parser, name: string, call: SyntaxNode): void {
  if (parser.use !== 'command') parser.use = 'parsed';
  const given = readArguments(script, call);
  const words = given.positional[0] ?? given.keywords.get('args');
  const ignoresWords = listValue(script, words) !== undefined;
  const keepsRest =
    name.includes('known') || booleanKeyword(script, given, 'return_remaining_strings') === true;
  if (ignoresWords || keepsRest) parser.acceptsUnknown = true;
}

/** What the script parses with; if that is not to be seen, all that could be. */
function rootsOf(parsers: Parsers): readonly Parser[] {
  const all = [...parsers.byStart.values()];
  const parsed = all.filter(({ use }) => use === 'parsed');
  return parsed.length > 0 ? parsed : all.filter(({ use }) => use === 'none');
}

/** Whether a parser is handed to code that is not in this script. */
function escapes(parsers: Parsers, call: SyntaxNode): boolean {
  const { script } = parsers;
  const callee = calleeOf(script, call) ?? '';
  const isOurs =
    isParserClass(script, callee) || harmless.test(callee) || localFunction(script, call) !== undefined;
  if (isOurs || methodOf(script, call)?.name === 'add_parser') return false;
  const handed = argumentsOf(script, call).some(
    ({ value }) =>
      /^(VariableName|MemberExpression|CallExpression)$/.test(value.name) &&
      parsersOf(parsers, value).length > 0,
  );
  return handed && !hasConstructor(script, callee);
}

function hasConstructor(script: PythonScript, callee: string): boolean {
  return (
    script.classes
      .get(callee)
      ?.getChild('Body')
      ?.getChildren('FunctionDefinition')
      .some((one) => textOf(script, one).includes('__init__')) === true
  );
}

/** Whether code that is not seen here may add options. */
function handsOnParser(parsers: Parsers): boolean {
  const { script } = parsers;
  return script.calls.some((call) => escapes(parsers, call)) || reachesInside(script);
}

function reachesInside(script: PythonScript): boolean {
  return script.members.some((member) => {
    const isCalled = member.parent?.name === 'CallExpression' && member.parent.firstChild?.to === member.to;
    return !isCalled && innerNames.test(textOf(script, member));
  });
}

/** `done` holds what is made or being made: a script may, in error, make a parser its own parent. */
function optionSetOf(parser: Parser, done: Map<Parser, OptionSet>): OptionSet {
  const known = done.get(parser);
  if (known) return known;
  done.set(parser, emptySet);
  const parents = mergeSets(parser.parents.map((parent) => optionSetOf(parent, done)));
  const commands = parser.commands.map(({ names, parser: command }) => ({
    names,
    range: rangeOf(command.created),
    ...optionSetOf(command, done),
  }));
  const own = { ...parser, commands, options: overridden(parser.options) };
  const set = mergeSets([parents, own]);
  done.set(parser, set);
  return set;
}

/** conflict_handler='resolve': a later declaration of the same name is the one that holds. */
function overridden(options: OptionSet['options']): OptionSet['options'] {
  const lastOf = new Map(options.flatMap((option) => option.names.map((name) => [name, option] as const)));
  return options.filter((option) => option.names.some((name) => lastOf.get(name) === option));
}
