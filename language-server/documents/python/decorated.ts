import type { SyntaxNode } from '@lezer/common';
import { textOf } from './nodes';
import { calleeOf, type PythonScript } from './syntax';

/** A decorated function; its decorators as they are written, from the top. */
export interface DecoratedFunction {
  readonly name: string;
  readonly definition: SyntaxNode;
  readonly decorators: readonly { readonly node: SyntaxNode; readonly callee: string }[];
}

export function decoratedFunctions(script: PythonScript): DecoratedFunction[] {
  const found = new Map<number, DecoratedFunction>();
  for (const node of script.calls) {
    const statement = node.name === 'Decorator' ? node.parent : null;
    const definition = statement?.getChild('FunctionDefinition');
    const nameNode = definition?.getChild('VariableName');
    if (!statement || !definition || !nameNode || found.has(definition.from)) continue;
    const decorators = statement
      .getChildren('Decorator')
      .map((one) => ({ node: one, callee: calleeOf(script, one) ?? '' }));
    found.set(definition.from, { name: textOf(script, nameNode), definition, decorators });
  }
  return [...found.values()];
}

/** What the script calls by its bare name, or by `name.main()`, anywhere. */
export function calledNames(script: PythonScript): Set<string> {
  const names = script.calls.flatMap((call) => {
    const callee = call.name === 'CallExpression' ? calleeOf(script, call) : undefined;
    return callee?.replace(/\.main$/, '') ?? [];
  });
  return new Set(names);
}
