import ts from 'typescript';
import { type Import, lineOf, nodesOf, type Source } from './source';

export interface Finding {
  readonly line: number;
  readonly what: string;
}

/** Looks for what a rule forbids in one file; `all` are there for rules about several. */
export type Finder = (source: Source, all: readonly Source[]) => readonly Finding[];

export function importFindings(
  imports: readonly Import[],
  isForbidden: (one: Import) => boolean,
): readonly Finding[] {
  return imports.filter(isForbidden).map(({ target, line }) => ({ line, what: `imports ${target}` }));
}

export function forbiddenImports(isForbidden: (one: Import) => boolean): Finder {
  return ({ imports }) => importFindings(imports, isForbidden);
}

export function forbiddenNodes(isForbidden: (node: ts.Node) => boolean): Finder {
  return ({ tree }) =>
    nodesOf(tree)
      .filter(isForbidden)
      .map((node) => ({ line: lineOf(tree, node.getStart()), what: node.getText().slice(0, 80) }));
}

export function forbiddenNames(names: RegExp): Finder {
  return forbiddenNodes((node) => isNamed(node, names));
}

/** The name itself, or the same in brackets: `element['innerHTML']`. */
export function isNamed(node: ts.Node, names: RegExp): boolean {
  if (ts.isIdentifier(node)) return names.test(node.text);
  return ts.isStringLiteralLike(node) && ts.isElementAccessExpression(node.parent) && names.test(node.text);
}

export function goesThroughShell(node: ts.Node): boolean {
  if (ts.isImportSpecifier(node)) {
    const isChildProcess = /child_process['"]$/.test(node.parent.parent.parent.moduleSpecifier.getText());
    return isChildProcess && /^exec(Sync)?$/.test((node.propertyName ?? node.name).text);
  }
  if (ts.isPropertyAccessExpression(node)) {
    return /^(cp|child_?process)\.exec(Sync)?$/i.test(node.getText());
  }
  const isShell = ts.isPropertyAssignment(node) && node.name.getText() === 'shell';
  return isShell && node.initializer.kind !== ts.SyntaxKind.FalseKeyword;
}

export function waitsOnTime(node: ts.Node): boolean {
  if (ts.isImportDeclaration(node)) return /timers\/promises['"]$/.test(node.moduleSpecifier.getText());
  if (!ts.isCallExpression(node)) return false;
  const called = node.expression.getText();
  if (/(^|\.)(waitForTimeout|sleep|delay|pause)$/.test(called)) return true;
  return called === 'setTimeout' && resolvesPromise(node);
}

/** Whether all that the timer does is to resolve the promise around it. */
function resolvesPromise(timer: ts.CallExpression): boolean {
  const isExecutor = (node: ts.Node) => ts.isArrowFunction(node) && ts.isNewExpression(node.parent);
  const executor = ts.findAncestor(timer, isExecutor) as ts.ArrowFunction | undefined;
  const resolve = executor?.parameters[0]?.name.getText();
  const [action] = timer.arguments;
  if (resolve === undefined || !action) return false;
  return new RegExp(`^(\\(\\) => )?\\{?\\s*${resolve}\\b(\\(\\))?;?\\s*\\}?$`).test(action.getText());
}

export function longerThan(most: number): Finder {
  return ({ text }) => {
    const lines = text.replace(/\n$/, '').split('\n').length;
    return lines > most ? [{ line: most + 1, what: `${lines} lines` }] : [];
  };
}

/** A chain of imports that leads back to the file; told once, for the first of them by name. */
export function findCycle(source: Source, all: readonly Source[]): readonly Finding[] {
  const byName = new Map(all.map((one) => [one.path.replace(/\.ts$/, ''), one]));
  const seen = new Set<Source>();
  const leadsBack = (from: Source, chain: readonly string[]): readonly string[] | undefined => {
    for (const { target } of from.imports) {
      const next = byName.get(target);
      if (next === source) return [...chain, source.path];
      if (!next || seen.has(next) || next.path < source.path) continue;
      seen.add(next);
      const found = leadsBack(next, [...chain, next.path]);
      if (found) return found;
    }
    return undefined;
  };
  const cycle = leadsBack(source, [source.path]);
  return cycle ? [{ line: 1, what: cycle.join(' → ') }] : [];
}
