import type { SyntaxNode, SyntaxNodeRef } from '@lezer/common';
import { childrenOf, isInside, scopeOf, splitNodes, textOf } from './nodes';

/** One place that gives a name its value. */
export type Binding =
  | { readonly kind: 'value'; readonly at: SyntaxNode; readonly value: SyntaxNode }
  | { readonly kind: 'parameter'; readonly at: SyntaxNode; readonly function: SyntaxNode }
  /** A loop, an unpacking, an import: a value that is not written there. */
  | { readonly kind: 'opaque'; readonly at: SyntaxNode };

export interface Lookup {
  readonly binding: Binding;
  /** False if another binding may have been the last one. */
  readonly isSure: boolean;
}

/** Bindings in order, by their scope and what is written on the left: `parser`, `self.parser`. */
export type Bindings = ReadonlyMap<string, readonly Binding[]>;

interface Bound {
  readonly source: string;
  readonly bindings: Map<string, Binding[]>;
}

/** Notes what the node binds, if it is a statement or a function that binds names. */
export function addBindings(script: Bound, { name, node }: SyntaxNodeRef): void {
  if (name === 'AssignStatement') addAssignment(script, node);
  else if (name === 'NamedExpression' || name === 'UpdateStatement') addOpaque(script, node.firstChild);
  else if (name === 'ParamList') addParameters(script, node);
  else if (name === 'ForStatement' || name === 'WithStatement') addTargets(script, node);
}

function addAssignment(script: Bound, statement: SyntaxNode): void {
  const parts: SyntaxNode[][] = [[]];
  for (const child of childrenOf(statement)) {
    if (child.name === 'AssignOp') parts.push([]);
    else if (child.name !== 'TypeDef') parts.at(-1)?.push(child);
  }
  const value = parts.length > 1 ? parts.pop() : undefined;
  const [only, more] = value ?? [];
  for (const [target, another] of parts) {
    if (!target) continue;
    if (another ?? /^(Tuple|Array|Parenthesized)Expression$/.test(target.name))
      addOpaque(script, target.parent, another ?? target);
    else if (only && more === undefined && !only.type.isError)
      add(script, target, { kind: 'value', at: target, value: only });
    else if (value) add(script, target, { kind: 'opaque', at: target });
  }
}

/** All names below the node, up to the first `=`. */
function addOpaque(script: Bound, node: SyntaxNode | null, from: SyntaxNode | null = node): void {
  if (!node || !from) return;
  const end = node.getChild('AssignOp')?.from ?? node.to;
  node.cursor().iterate((ref) => {
    if (ref.from >= end) return false;
    if (ref.name === 'VariableName') add(script, ref.node, { kind: 'opaque', at: ref.node });
    return ref.name !== 'MemberExpression';
  });
}

function addParameters(script: Bound, list: SyntaxNode): void {
  const owner = list.parent;
  if (!owner) return;
  for (const part of splitNodes(childrenOf(list))) {
    const name = part.find((node) => node.name === 'VariableName');
    if (name) add(script, name, { kind: 'parameter', at: name, function: owner });
  }
}

function addTargets(script: Bound, statement: SyntaxNode): void {
  let isTarget = statement.name === 'ForStatement';
  for (const child of childrenOf(statement)) {
    if (child.name === 'in' || child.name === 'Body') return;
    if (isTarget) addOpaque(script, child);
    isTarget = child.name === 'as' || (isTarget && child.name !== ',') || statement.name === 'ForStatement';
  }
}

function add(script: Bound, target: SyntaxNode, binding: Binding): void {
  const key = keyOf(scopeOf(target), textOf(script, target));
  const known = script.bindings.get(key);
  if (known) known.push(binding);
  else script.bindings.set(key, [binding]);
}

/** A `self.name` is the same in all methods. */
function keyOf(scope: SyntaxNode | undefined, name: string): string {
  return name.includes('.') ? name : `${scope ? scope.from : 'script'}:${name}`;
}

/**
 * What a name, or a `self.name`, stands for where the node uses it: the last binding above it in its own function, else that
 * of a function around it, else the script's.
 */
export function lookUp(
  script: { readonly source: string; readonly bindings: Bindings },
  node: SyntaxNode,
): Lookup | undefined {
  const name = textOf(script, node);
  let scope = scopeOf(node);
  for (let isOwn = true; ; isOwn = false) {
    const isVisible = isOwn || scope?.name !== 'ClassDefinition';
    const found = isVisible ? script.bindings.get(keyOf(scope, name)) : undefined;
    if (found) return latest(found, node, isOwn);
    if (!scope) return undefined;
    scope = scopeOf(scope);
  }
}

function latest(bindings: readonly Binding[], node: SyntaxNode, isOwn: boolean): Lookup | undefined {
  const count = isOwn ? countBefore(bindings, node.from) : bindings.length;
  const binding = bindings[count - 1] ?? bindings.at(-1);
  if (!binding) return undefined;
  const isCertain = binding.kind === 'parameter' || isInside(node, blockOf(binding.at));
  return { binding, isSure: bindings.length === 1 || (isOwn && count > 0 && isCertain) };
}

function countBefore(bindings: readonly Binding[], offset: number): number {
  let low = 0;
  let high = bindings.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (endOf(bindings[middle]) <= offset) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** A name in its own value still has the value before: `parser = add(parser)`. */
function endOf(binding: Binding | undefined): number {
  if (!binding) return 0;
  return binding.kind === 'value' ? binding.value.to : binding.at.to;
}

/** The indented block that a statement stands in, or the whole script. */
function blockOf(node: SyntaxNode): SyntaxNode {
  let up = node;
  while (up.parent && up.name !== 'Body') up = up.parent;
  return up;
}
