import type { SyntaxNode } from '@lezer/common';
import { lookUp } from './bindings';
import { childrenOf, scopeOf, textOf } from './nodes';
import { parametersOf } from './parameters';
import type { ScriptOption } from './scriptOptions';
import { argumentsOf, calleeOf, dottedName, methodOf, type PythonScript } from './syntax';

/** One `ArgumentParser(…)` or `add_parser(…)` of the script, and what is found out about it. */
export interface Parser {
  /** The call that makes it. */
  readonly created: SyntaxNode;
  readonly options: ScriptOption[];
  readonly leavingNames: string[];
  readonly parents: Parser[];
  readonly commands: { readonly names: readonly string[]; readonly parser: Parser }[];
  /** What the script does with it: `parse_args`, another parser's `parents`, a command of another. */
  use: 'parsed' | 'parent' | 'command' | 'none';
  isDynamic: boolean;
  acceptsUnknown: boolean;
}

/** The parsers of a script by where they are made. */
export interface Parsers {
  readonly script: PythonScript;
  readonly byStart: Map<number, Parser>;
  /** Which expression stands for which parsers; those that are being looked up stand for none meanwhile. */
  readonly known: Map<string, readonly Parser[]>;
  readonly ofParameter: Map<number, readonly SyntaxNode[]>;
  /** Some expression might stand for another parser than is thought. */
  isUnsure: boolean;
}

const deepest = 25;
const ofSameParser = /^(add_argument_group|add_mutually_exclusive_group|add_subparsers)$/;

/**
 * The parsers that an expression stands for: a parser, a group of it or its sub-parsers are all one here. Several if a function
 * is called with several.
 */
export function parsersOf(parsers: Parsers, node: SyntaxNode, depth = 0): readonly Parser[] {
  if (depth > deepest) return [];
  const key = `${node.from}-${node.to}`;
  const known = parsers.known.get(key);
  if (known) return known;
  parsers.known.set(key, []);
  const found =
    node.name === 'CallExpression' ? calledParsers(parsers, node, depth) : namedParsers(parsers, node, depth);
  const unique = [...new Set(found)];
  parsers.known.set(key, unique);
  return unique;
}

function calledParsers(parsers: Parsers, call: SyntaxNode, depth: number): readonly Parser[] {
  const { script } = parsers;
  if (isParserClass(script, calleeOf(script, call))) return [parserMadeBy(parsers, call)];
  const method = methodOf(script, call);
  if (method?.name === 'add_parser') {
    return parsersOf(parsers, method.object, depth + 1).length > 0 ? [parserMadeBy(parsers, call)] : [];
  }
  if (method && ofSameParser.test(method.name)) return parsersOf(parsers, method.object, depth + 1);
  const definition = localFunction(script, call);
  if (!definition) return [];
  return returnsOf(definition).flatMap((value) => {
    const handed = handedThrough(script, definition, value, call);
    return handed ? parsersOf(parsers, handed, depth + 1) : parsersOf(parsers, value, depth + 1);
  });
}

function namedParsers(parsers: Parsers, node: SyntaxNode, depth: number): readonly Parser[] {
  if (node.name === 'ParenthesizedExpression')
    return childrenOf(node).flatMap((child) => parsersOf(parsers, child, depth + 1));
  if (node.name !== 'VariableName' && node.name !== 'MemberExpression') return [];
  const found = lookUp(parsers.script, node);
  if (!found) return [];
  const { binding, isSure } = found;
  const values =
    binding.kind === 'value'
      ? [binding.value]
      : binding.kind === 'parameter'
        ? parameterValues(parsers, binding.function, binding.at)
        : [];
  const all = values.flatMap((value) => parsersOf(parsers, value, depth + 1));
  if (!isSure && all.length > 0) parsers.isUnsure = true;
  return all;
}

function parserMadeBy(parsers: Parsers, created: SyntaxNode): Parser {
  const known = parsers.byStart.get(created.to);
  if (known) return known;
  const parser: Parser = {
    created,
    options: [],
    leavingNames: [],
    parents: [],
    commands: [],
    use: 'none',
    isDynamic: false,
    acceptsUnknown: false,
  };
  parsers.byStart.set(created.to, parser);
  return parser;
}

/** Whether the name is argparse's parser, one that other packages derive from it, or one that the script does. */
export function isParserClass(script: PythonScript, callee: string | undefined, depth = 0): boolean {
  if (callee === undefined || depth > deepest) return false;
  const definition = script.classes.get(callee);
  if (!definition) return /(^|\.)\w*(ArgumentParser|ArgParser)$/.test(callee);
  return argumentsOf(script, definition).some(({ value }) =>
    isParserClass(script, dottedName(script, value), depth + 1),
  );
}

/** The function or method of this script that a call goes to: `build()`, `self.build()`, `Model.build()`. */
export function localFunction(script: PythonScript, call: SyntaxNode): SyntaxNode | undefined {
  const callee = calleeOf(script, call);
  if (callee === undefined) return undefined;
  const [first = '', second, third] = callee.split('.');
  if (second === undefined) return script.functions.get(first);
  const isOwn = first === 'self' || first === 'cls' || script.classes.has(first);
  return isOwn && third === undefined ? script.functions.get(second) : undefined;
}

function returnsOf(definition: SyntaxNode): SyntaxNode[] {
  const values: SyntaxNode[] = [];
  definition.cursor().iterate((ref) => {
    if (ref.name === 'ReturnStatement') {
      const value = childrenOf(ref.node)[1];
      if (value && scopeOf(ref.node)?.from === definition.from) values.push(value);
    }
  });
  return values;
}

function parameterValues(
  { script, ofParameter }: Parsers,
  definition: SyntaxNode,
  parameter: SyntaxNode,
): readonly SyntaxNode[] {
  const values = ofParameter.get(parameter.from) ?? valuesOfParameter(script, definition, parameter);
  ofParameter.set(parameter.from, values);
  return values;
}

/** What this call passes for the parameter that the function returns: `parser = add(parser)`. */
function handedThrough(
  script: PythonScript,
  definition: SyntaxNode,
  returned: SyntaxNode,
  call: SyntaxNode,
): SyntaxNode | undefined {
  const found = returned.name === 'VariableName' ? lookUp(script, returned)?.binding : undefined;
  const isOwn = found?.kind === 'parameter' && found.function.from === definition.from;
  return isOwn ? argumentFor(script, definition, textOf(script, found.at), call) : undefined;
}

/** What the script's own calls of a function pass for a parameter. */
function valuesOfParameter(
  script: PythonScript,
  definition: SyntaxNode,
  parameter: SyntaxNode,
): SyntaxNode[] {
  const functionName = definition.getChild('VariableName');
  if (!functionName) return [];
  const own = textOf(script, functionName);
  const owner = scopeOf(definition);
  const className = owner?.name === 'ClassDefinition' ? owner.getChild('VariableName') : null;
  const called = own === '__init__' && className ? textOf(script, className) : own;
  return script.calls.flatMap((call) => {
    const isCall = call.name === 'CallExpression' && calleeOf(script, call)?.split('.').at(-1) === called;
    return isCall ? (argumentFor(script, definition, textOf(script, parameter), call) ?? []) : [];
  });
}

/** What a call of a function passes for a parameter. */
function argumentFor(
  script: PythonScript,
  definition: SyntaxNode,
  parameter: string,
  call: SyntaxNode,
): SyntaxNode | undefined {
  const index = parametersOf(script, definition).findIndex(({ name }) => name === parameter);
  const given = argumentsOf(script, call);
  const match =
    given.find(({ name }) => name === parameter) ?? given.filter(({ name }) => name === undefined)[index];
  return match?.spread === undefined ? match?.value : undefined;
}
