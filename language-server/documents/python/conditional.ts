import type { SyntaxNode } from '@lezer/common';
import { isInside, textOf } from './nodes';
import { calleeOf, type PythonScript } from './syntax';

const branches = /^(IfStatement|ConditionalExpression|ForStatement|WhileStatement|MatchStatement)$/;
const deepest = 5;

/** Whether a call is made under a condition that reading does not follow, or by a function that is called under one. */
export function isConditional(script: PythonScript, node: SyntaxNode, depth = 0): boolean {
  for (let up: SyntaxNode | null = node.parent; up; up = up.parent) {
    if (branches.test(up.name) && !isMainGuard(script, up)) return true;
    if (up.name === 'TryStatement' && !isTried(up, node)) return true;
    if (up.name === 'FunctionDefinition') return isCalledConditionally(script, up, depth);
  }
  return false;
}

/** `if __name__ == "__main__":` */
function isMainGuard(script: PythonScript, statement: SyntaxNode): boolean {
  return statement.name === 'IfStatement' && /^if\s+__name__\s*==/.test(textOf(script, statement));
}

function isTried(statement: SyntaxNode, node: SyntaxNode): boolean {
  const [body] = statement.getChildren('Body');
  return body !== undefined && isInside(node, body);
}

function isCalledConditionally(script: PythonScript, definition: SyntaxNode, depth: number): boolean {
  const name = definition.getChild('VariableName');
  const calls = script.calls.filter(
    (call) => name && calleeOf(script, call)?.split('.').at(-1) === textOf(script, name),
  );
  return depth >= deepest || calls.some((call) => isConditional(script, call, depth + 1));
}
