import { readdirSync, readFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import ts from 'typescript';

/** One file of ours, parsed once for every rule. Its path is relative to the project, with forward slashes. */
export interface Source {
  readonly path: string;
  readonly text: string;
  readonly tree: ts.SourceFile;
  readonly imports: readonly Import[];
}

/** Anything that pulls in a module: import, export from, import(), require(), a type's import('…'). */
export interface Import {
  /** A package as written, or a file of ours: its path without extension. */
  readonly target: string;
  readonly isOurs: boolean;
  readonly line: number;
}

export function parse(path: string, text: string): Source {
  const tree = ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true);
  const imports = nodesOf(tree).flatMap((node) => {
    const specifier = specifierOf(node);
    return specifier === undefined
      ? []
      : [{ ...resolve(path, specifier), line: lineOf(tree, node.getStart()) }];
  });
  return { path, text, tree, imports };
}

/** Every TypeScript and build file below the folders, except fixtures and what was built. */
export function readSources(root: string, folders: readonly string[]): readonly Source[] {
  return folders.flatMap((folder) =>
    readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
      const path = posix.join(folder, entry.name);
      if (entry.isDirectory()) return entry.name === 'fixtures' ? [] : readSources(root, [path]);
      return /\.(ts|mjs)$/.test(entry.name) ? [parse(path, readFileSync(join(root, path), 'utf8'))] : [];
    }),
  );
}

/** The node and all below it, in the order of the text. */
export function nodesOf(node: ts.Node): readonly ts.Node[] {
  const nodes: ts.Node[] = [];
  const visit = (next: ts.Node): void => {
    nodes.push(next);
    ts.forEachChild(next, visit);
  };
  visit(node);
  return nodes;
}

export interface Comment {
  readonly text: string;
  readonly line: number;
}

/** All comments; the parser keeps none, so they are looked for around each token. */
export function commentsOf({ tree, text }: Source): readonly Comment[] {
  const ranges = tokensOf(tree).flatMap((token) => [
    ...(ts.getLeadingCommentRanges(text, token.getFullStart()) ?? []),
    ...(ts.getTrailingCommentRanges(text, token.getEnd()) ?? []),
  ]);
  const byPosition = new Map(ranges.map((range) => [range.pos, range]));
  return [...byPosition.values()].map(({ pos, end }) => ({
    text: text.slice(pos, end),
    line: lineOf(tree, pos),
  }));
}

function tokensOf(node: ts.Node): readonly ts.Node[] {
  if (ts.isJSDoc(node)) return [];
  return ts.isToken(node) ? [node] : node.getChildren().flatMap(tokensOf);
}

export function lineOf(tree: ts.SourceFile, position: number): number {
  return tree.getLineAndCharacterOfPosition(position).line + 1;
}

function specifierOf(node: ts.Node): string | undefined {
  if (ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) return textOf(node.moduleSpecifier);
  if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument)) return textOf(node.argument.literal);
  if (ts.isCallExpression(node) && /^(import|require)$/.test(node.expression.getText())) {
    return textOf(node.arguments[0]);
  }
  return undefined;
}

function textOf(node: ts.Node | undefined): string | undefined {
  return node && ts.isStringLiteralLike(node) ? node.text : undefined;
}

function resolve(path: string, specifier: string): { readonly target: string; readonly isOurs: boolean } {
  if (!/^\.{1,2}(\/|$)/.test(specifier)) return { target: specifier, isOurs: false };
  const target = posix.join(posix.dirname(path), specifier);
  return { target: target.replace(/\.[jt]s$/, ''), isOurs: true };
}
