import type { SyntaxNode, SyntaxNodeRef } from '@lezer/common';
import { parser } from '@lezer/python';
import { addBindings, type Binding, type Bindings } from './bindings';
import { childrenOf, splitNodes, textOf } from './nodes';

/** A script's syntax tree, and what is asked of it again and again, collected in one walk. */
export interface PythonScript {
  readonly source: string;
  /** Local name to the dotted name that it stands for: `ap` to `argparse`. */
  readonly imports: ReadonlyMap<string, string>;
  /** `CallExpression`s and `Decorator`s with arguments, in order of their start. */
  readonly calls: readonly SyntaxNode[];
  readonly members: readonly SyntaxNode[];
  /** By name; of several of one name the last, as Python has it. */
  readonly functions: ReadonlyMap<string, SyntaxNode>;
  readonly classes: ReadonlyMap<string, SyntaxNode>;
  readonly bindings: Bindings;
  /** Part of the text was not understood as Python. */
  readonly hasErrors: boolean;
}

export interface Argument {
  readonly name?: string;
  readonly spread?: '*' | '**';
  readonly value: SyntaxNode;
}

const longestSource = 1_000_000;
const deepestNesting = 300;
/** Some questions are asked of each call about each other. */
const mostCalls = 2_000;

/** The script's syntax, or undefined if it is too long, too deeply nested or too full of calls to be looked at. */
export function parsePython(source: string): PythonScript | undefined {
  if (source.length > longestSource) return undefined;
  const script = {
    source,
    imports: new Map<string, string>(),
    calls: [] as SyntaxNode[],
    members: [] as SyntaxNode[],
    functions: new Map<string, SyntaxNode>(),
    classes: new Map<string, SyntaxNode>(),
    bindings: new Map<string, Binding[]>(),
    hasErrors: false,
  };
  let depth = 0;
  let deepest = 0;
  parser.parse(source).iterate({
    enter: (ref) => {
      deepest = Math.max(deepest, ++depth);
      if (deepest > deepestNesting) return false;
      collect(script, ref);
      return true;
    },
    leave: () => {
      depth--;
    },
  });
  return deepest > deepestNesting || script.calls.length > mostCalls ? undefined : script;
}

interface Collected {
  readonly source: string;
  readonly imports: Map<string, string>;
  readonly calls: SyntaxNode[];
  readonly members: SyntaxNode[];
  readonly functions: Map<string, SyntaxNode>;
  readonly classes: Map<string, SyntaxNode>;
  readonly bindings: Map<string, Binding[]>;
  hasErrors: boolean;
}

function collect(script: Collected, ref: SyntaxNodeRef): void {
  if (ref.type.isError) script.hasErrors = true;
  else if (ref.name === 'CallExpression' || ref.name === 'Decorator') script.calls.push(ref.node);
  else if (ref.name === 'MemberExpression') script.members.push(ref.node);
  else if (ref.name === 'ImportStatement') addImports(script, ref.node);
  else if (ref.name === 'FunctionDefinition') addNamed(script.functions, script, ref.node);
  else if (ref.name === 'ClassDefinition') addNamed(script.classes, script, ref.node);
  addBindings(script, ref);
}

function addNamed(to: Map<string, SyntaxNode>, script: { readonly source: string }, node: SyntaxNode): void {
  const name = node.getChild('VariableName');
  if (name) to.set(textOf(script, name), node);
}

/** Relative modules keep their dots: `.options.add_args`. */
function addImports(script: Collected, statement: SyntaxNode): void {
  const words = statement.node
    .getChildren('VariableName')
    .concat(...[',', '.', '...', 'as', 'from', 'import', '*'].map((name) => statement.getChildren(name)))
    .sort((a, b) => a.from - b.from)
    .map((node) => textOf(script, node));
  const at = words.lastIndexOf('import');
  const module = words[0] === 'from' ? words.slice(1, at).join('') : undefined;
  for (const one of splitAt(words.slice(at + 1), ',')) {
    const as = one.indexOf('as');
    const path = (as < 0 ? one : one.slice(0, as)).join('');
    const local = as < 0 ? one[0] : one[as + 1];
    if (local === undefined) continue;
    if (module !== undefined)
      script.imports.set(local, module.endsWith('.') ? module + path : `${module}.${path}`);
    else script.imports.set(local, as < 0 ? local : path);
  }
}

function splitAt(words: readonly string[], separator: string): string[][] {
  const parts: string[][] = [[]];
  for (const word of words) {
    if (word === separator) parts.push([]);
    else parts.at(-1)?.push(word);
  }
  return parts;
}

/** What is called: `a.b` of `a.b(1)` and of `@a.b(1)`; undefined if it is no name. Imported names are written out. */
export function calleeOf(script: PythonScript, call: SyntaxNode): string | undefined {
  if (call.name !== 'Decorator') return call.firstChild ? dottedName(script, call.firstChild) : undefined;
  const names = call.getChildren('VariableName').concat(call.getChildren('PropertyName'));
  const [first, ...rest] = names.map((node) => textOf(script, node));
  return first === undefined ? undefined : [script.imports.get(first) ?? first, ...rest].join('.');
}

/** `a.b.c` with an imported `a` written out; undefined for anything but names and dots. */
export function dottedName(script: PythonScript, node: SyntaxNode): string | undefined {
  if (node.name === 'VariableName') {
    const name = textOf(script, node);
    return script.imports.get(name) ?? name;
  }
  const property = node.getChild('PropertyName');
  if (node.name !== 'MemberExpression' || !property || !node.firstChild) return undefined;
  const object = dottedName(script, node.firstChild);
  return object === undefined ? undefined : `${object}.${textOf(script, property)}`;
}

/** `a.b` of a call `a.b.c(…)`, and its `c`. */
export function methodOf(
  script: PythonScript,
  call: SyntaxNode,
): { readonly object: SyntaxNode; readonly name: string } | undefined {
  const callee = call.name === 'CallExpression' ? call.firstChild : null;
  const property = callee?.name === 'MemberExpression' ? callee.getChild('PropertyName') : null;
  return callee?.firstChild && property
    ? { object: callee.firstChild, name: textOf(script, property) }
    : undefined;
}

/** The arguments of a call, a decorator or a class's bases. */
export function argumentsOf(script: PythonScript, call: SyntaxNode): Argument[] {
  const list = call.getChild('ArgList');
  if (!list) return [];
  return splitNodes(childrenOf(list)).flatMap((part): Argument[] => {
    const [first, second, third] = part;
    if (!first || first.type.isError) return [];
    if (first.name === '*' || first.name === '**')
      return second ? [{ spread: first.name, value: second }] : [];
    if (second?.name !== 'AssignOp') return [{ value: first }];
    return third && !third.type.isError ? [{ name: textOf(script, first), value: third }] : [];
  });
}
