import type { SyntaxNode } from '@lezer/common';
import type { TextRange } from '../textRange';

export function textOf(
  script: { readonly source: string },
  node: { readonly from: number; readonly to: number },
): string {
  return script.source.slice(node.from, node.to);
}

export function rangeOf(node: { readonly from: number; readonly to: number }): TextRange {
  return { start: node.from, end: node.to };
}

/** Children without comments, brackets' contents included with the brackets. */
export function childrenOf(node: SyntaxNode): SyntaxNode[] {
  const children = [];
  for (let child = node.firstChild; child; child = child.nextSibling) {
    if (child.name !== 'Comment') children.push(child);
  }
  return children;
}

/** The parts between commas, without the brackets around them. */
export function splitNodes(nodes: readonly SyntaxNode[]): SyntaxNode[][] {
  const parts: SyntaxNode[][] = [[]];
  for (const node of nodes) {
    if (node.name === ',') parts.push([]);
    else if (!/^[()[\]{}]$/.test(node.name)) parts.at(-1)?.push(node);
  }
  return parts;
}

/** The innermost function or class around a node, or the whole script. */
export function scopeOf(node: SyntaxNode): SyntaxNode | undefined {
  for (let up = node.parent; up; up = up.parent) {
    if (/^(FunctionDefinition|ClassDefinition|LambdaExpression)$/.test(up.name)) return up;
  }
  return undefined;
}

export function isInside(node: SyntaxNode, outer: { readonly from: number; readonly to: number }): boolean {
  return outer.from <= node.from && node.to <= outer.to;
}
