import { ok } from 'node:assert/strict';
import type { DocumentSymbol } from 'vscode-languageserver-types';

/** One line for each symbol: indentation, name, detail. */
export function outline(symbols: readonly DocumentSymbol[], depth = 0): readonly string[] {
  return symbols.flatMap(({ name, detail, children = [] }) => [
    `${'  '.repeat(depth)}${name}${detail ? ` ${detail}` : ''}`,
    ...outline(children, depth + 1),
  ]);
}

/** Throws unless selections lie within ranges and children within parents. */
export function checkNesting({ name, range, selectionRange, children = [] }: DocumentSymbol): void {
  ok(name);
  for (const inner of [selectionRange, ...children.map((child) => child.range)]) {
    const starts = inner.start.line - range.start.line || inner.start.character - range.start.character;
    const ends = range.end.line - inner.end.line || range.end.character - inner.end.character;
    ok(starts >= 0 && ends >= 0, name);
  }
  children.forEach(checkNesting);
}
