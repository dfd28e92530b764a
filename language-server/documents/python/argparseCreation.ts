import type { SyntaxNode } from '@lezer/common';
import { type Parser, type Parsers, parsersOf } from './argparseParsers';
import { dataclassOptions } from './dataclasses';
import { booleanKeyword, type CallArguments, listValue, readArguments } from './keywords';
import { childrenOf, splitNodes } from './nodes';
import { argumentsOf, calleeOf, dottedName, methodOf, type PythonScript } from './syntax';
import { stringValue } from './values';

/** Parsers whose options are those that are added to them, and no others. */
const plainParsers =
  /^(argparse|configargparse)\.(ArgumentParser|ArgParser)$|(^|\.)HfArgumentParser$|^simple_parsing\.ArgumentParser$/;

/** Takes from the call that makes a parser what it says of its options: its parents', `-h`, its place among the commands. */
export function createParser(parsers: Parsers, parser: Parser): void {
  const { script } = parsers;
  const given = readArguments(script, parser.created);
  if (given.hasUnknownKeywords || given.keywords.has('fromfile_prefix_chars')) parser.isDynamic = true;
  if (booleanKeyword(script, given, 'add_help') !== false) parser.leavingNames.push('-h', '--help');
  addParents(parsers, parser, given);
  const method = methodOf(script, parser.created);
  if (method?.name === 'add_parser') {
    for (const owner of parsersOf(parsers, method.object)) addCommand(script, owner, parser, given);
  } else {
    addClass(script, parser, given);
  }
}

function addClass(script: PythonScript, parser: Parser, given: CallArguments): void {
  const callee = calleeOf(script, parser.created) ?? '';
  if (!isPlain(script, callee)) parser.isDynamic = true;
  if (!callee.endsWith('HfArgumentParser')) return;
  const node = given.positional[0] ?? given.keywords.get('dataclass_types');
  for (const one of elementsOf(node)) {
    const { options, isDynamic } = dataclassOptions(script, one);
    parser.options.push(...options);
    if (isDynamic) parser.isDynamic = true;
  }
}

function isPlain(script: PythonScript, callee: string, depth = 0): boolean {
  const definition = script.classes.get(callee);
  if (!definition || depth > 20) {
    const isStarred = callee === 'ArgumentParser' && script.imports.get('*') === 'argparse.*';
    return plainParsers.test(callee) || isStarred;
  }
  return argumentsOf(script, definition).every(({ value }) =>
    isPlain(script, dottedName(script, value) ?? '', depth + 1),
  );
}

function addCommand(script: PythonScript, owner: Parser, parser: Parser, given: CallArguments): void {
  const name = stringValue(script, given.positional[0] ?? given.keywords.get('name'));
  const aliases = listValue(script, given.keywords.get('aliases')) ?? [];
  parser.use = 'command';
  if (name === undefined) owner.isDynamic = true;
  else owner.commands.push({ names: [name, ...aliases.filter((one) => typeof one === 'string')], parser });
}

/** A parent's options are copied when the child is made: parents come first in a script. */
function addParents(parsers: Parsers, parser: Parser, given: CallArguments): void {
  const node = given.keywords.get('parents');
  if (!node) return;
  const isWritten = node.name === 'ArrayExpression' || node.name === 'TupleExpression';
  if (!isWritten) parser.isDynamic = true;
  for (const one of elementsOf(node)) {
    const parents = parsersOf(parsers, one);
    if (parents.length === 0) parser.isDynamic = true;
    for (const parent of parents) {
      if (parent.use === 'none') parent.use = 'parent';
      parser.parents.push(parent);
    }
  }
}

/** What a list or tuple holds; a single expression is its own. */
function elementsOf(node: SyntaxNode | undefined): SyntaxNode[] {
  if (!node) return [];
  if (node.name !== 'ArrayExpression' && node.name !== 'TupleExpression') return [node];
  return splitNodes(childrenOf(node)).flatMap((part) => part[0] ?? []);
}
