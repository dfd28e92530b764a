import type { Range, SemanticTokens } from 'vscode-languageserver-types';
import type { FieldPart } from '../documents/commandTemplate';
import type { Command, EntryPoint, Parameter } from '../documents/mlprojectModel';
import { splitShellWords } from '../documents/shellWords';
import type { TextRange } from '../documents/textRange';
import { sourceRange } from '../documents/yamlRead';
import type { Field, ValueNode } from '../documents/yamlTree';
import { findKey, type Place } from '../knowledge/keys';
import { isDocumentedType } from '../knowledge/parameterTypes';
import { isEnvironment, type MlprojectDocument, type OpenDocument } from './openDocument';

/** The names that a client is told once; tokens are numbers into them. `unknown` is what MLflow knows nothing of. */
export const tokenLegend = {
  tokenTypes: [
    'property',
    'class',
    'parameter',
    'type',
    'function',
    'enumMember',
    'string',
    'operator',
    'variable',
    'comment',
  ],
  tokenModifiers: ['declaration', 'unknown'],
} as const;

export type TokenType = (typeof tokenLegend.tokenTypes)[number];
export type TokenModifier = (typeof tokenLegend.tokenModifiers)[number];

/** A coloured stretch of one line; offsets into the document. */
export interface Token extends TextRange {
  /** Keys are properties, entry points classes; of a command the program is a function, an option an enumMember. */
  readonly type: TokenType;
  readonly modifiers: readonly TokenModifier[];
}

/** As LSP encodes them: five numbers each, places relative to the token before. */
export function encodeTokens({ lines }: OpenDocument, tokens: readonly Token[]): SemanticTokens {
  const data: number[] = [];
  let [line, character] = [0, 0];
  for (const { start, end, type, modifiers } of tokens) {
    const at = lines.positionAt(start);
    const bits = modifiers.reduce((sum, one) => sum + 2 ** tokenLegend.tokenModifiers.indexOf(one), 0);
    data.push(at.line - line, at.line === line ? at.character - character : at.character);
    data.push(end - start, tokenLegend.tokenTypes.indexOf(type), bits);
    [line, character] = [at.line, at.character];
  }
  return { data };
}

/** What a document's words are, or those of some of its lines: in order, none within another, each on one line. */
export function readTokens(document: OpenDocument, range?: Range): readonly Token[] {
  const { lines, text } = document;
  const isMeant = ({ start, end }: TextRange) =>
    !range || (lines.lineAt(end) >= range.start.line && lines.lineAt(start) <= range.end.line);
  const found = (
    document.kind === 'mlproject' ? projectTokens(document, isMeant) : environmentTokens(document)
  )
    .filter(isMeant)
    .flatMap((token) => splitAtLines(text, token))
    .toSorted((a, b) => a.start - b.start || b.end - a.end);
  const apart: Token[] = [];
  // Anchors bring the same words in several times.
  for (const token of found) if (token.start >= (apart.at(-1)?.end ?? 0)) apart.push(token);
  return apart;
}

function splitAtLines(text: string, { start, end, type, modifiers }: Token): readonly Token[] {
  const pieces = text.slice(start, end).matchAll(/[^\s](?:[^\n\r]*[^\s])?/g);
  return [...pieces].map(({ index, 0: piece }) => ({
    start: start + index,
    end: start + index + piece.length,
    type,
    modifiers,
  }));
}

function token({ start, end }: TextRange, type: TokenType, ...modifiers: readonly TokenModifier[]): Token {
  return { start, end, type, modifiers };
}

function keyTokens(fields: readonly Field[], place: Place): readonly Token[] {
  return fields.map(({ key, name }) =>
    token(key.range, 'property', ...(findKey(place, name) ? [] : unknown)),
  );
}

const unknown = ['unknown'] as const;

function environmentTokens(document: OpenDocument): readonly Token[] {
  return isEnvironment(document) ? keyTokens(document.model.fields, document.kind) : [];
}

function projectTokens(
  { model }: MlprojectDocument,
  isMeant: (range: TextRange) => boolean,
): readonly Token[] {
  const { fields, dockerEnv, sparkJob, entryPoints } = model;
  return [
    ...keyTokens(fields, 'project'),
    ...keyTokens(dockerEnv?.fields ?? [], 'dockerEnv'),
    ...keyTokens(sparkJob?.fields ?? [], 'sparkJob'),
    // An alias leads to tokens that lie elsewhere.
    ...entryPoints
      .filter(({ field, body }) => isMeant(field.range) || isMeant(body.range))
      .flatMap(entryPointTokens),
  ];
}

function entryPointTokens({ field, fields, parameters, command }: EntryPoint): readonly Token[] {
  return [
    token(field.key.range, 'class', 'declaration'),
    ...keyTokens(fields, 'entryPoint'),
    ...parameters.flatMap(parameterTokens),
    ...(command ? commandTokens(command, new Set(parameters.map(({ name }) => name))) : []),
  ];
}

function parameterTokens({ field, fields, typeNode, type }: Parameter): readonly Token[] {
  return [
    token(field.key.range, 'parameter', 'declaration'),
    ...keyTokens(fields, 'parameter'),
    ...(typeNode ? [typeToken(typeNode, type)] : []),
  ];
}

function typeToken({ range }: ValueNode, type: string): Token {
  return token(range, 'type', ...(isDocumentedType(type) ? [] : unknown));
}

/** A command's placeholders, and around them its shell words. */
function commandTokens({ node, text, template }: Command, declared: ReadonlySet<string>): readonly Token[] {
  const placeholders = template.parts.filter((part) => part.kind === 'field').filter(({ closed }) => closed);
  const holes = placeholders.map(({ range }) => range);
  const words = shellTokens(text).flatMap((word) => around(word, holes));
  return [...placeholders.map((field) => placeholderToken(field, declared)), ...words].map((one) => ({
    ...one,
    ...sourceRange(node, one),
  }));
}

function placeholderToken({ range, name, positional }: FieldPart, declared: ReadonlySet<string>): Token {
  return token(range, 'parameter', ...(!positional && declared.has(name) ? [] : unknown));
}

/** The first word of each simple command is its program. */
function shellTokens(command: string): readonly Token[] {
  const tokens: Token[] = [];
  let isFirst = true;
  for (const one of splitShellWords(command)) {
    if (one.kind === 'comment') tokens.push(token(one, 'comment'));
    else if (one.kind === 'operator') {
      isFirst = true;
      tokens.push(token(one, 'operator'));
    } else if (one.kind === 'redirection') {
      const end = one.target?.start ?? one.end;
      tokens.push(token({ start: one.start, end }, 'operator'));
      if (one.target) tokens.push(...wordTokens(command, one.target));
    } else {
      const isProgram: boolean = isFirst && !/^\w+=/.test(one.text);
      tokens.push(...(isProgram && one.isLiteral ? [token(one, 'function')] : wordTokens(command, one)));
      if (isProgram) isFirst = false;
    }
  }
  return tokens;
}

const option = /^-{1,2}[\p{L}\p{N}][^=\s'"$]*/u;
const quotedOrVariable = /'[^']*'?|"(?:\\[^]|[^"\\])*"?|\$(?:\w+|\{\{\w+\}\}|[@*#?$!-])/g;

/** An option's name, what is quoted, and variables. */
function wordTokens(command: string, { start, end }: TextRange): readonly Token[] {
  const word = command.slice(start, end);
  const name = option.exec(word)?.[0];
  const named = name === undefined ? [] : [token({ start, end: start + name.length }, 'enumMember')];
  return [...named, ...valueTokens(word, start)];
}

function valueTokens(text: string, start: number): readonly Token[] {
  return [...text.matchAll(quotedOrVariable)].flatMap(({ index, 0: found }) => {
    const range = { start: start + index, end: start + index + found.length };
    if (found.startsWith('$')) return [token(range, 'variable')];
    const inside = found.startsWith('"') ? valueTokens(found.slice(1), range.start + 1) : [];
    const variables = inside.filter(({ type }) => type === 'variable');
    return [...variables, ...around(token(range, 'string'), variables)];
  });
}

/** What is left of a token where others lie in it, which are in order and apart. */
function around(whole: Token, holes: readonly TextRange[]): readonly Token[] {
  const pieces: Token[] = [];
  let at = whole.start;
  for (let index = firstBehind(holes, whole.start); index < holes.length; index++) {
    const { start, end } = holes[index] ?? whole;
    if (start >= whole.end) break;
    if (start > at) pieces.push({ ...whole, start: at, end: start });
    at = end;
  }
  return at < whole.end ? [...pieces, { ...whole, start: at }] : pieces;
}

/** The index of the first range that ends behind an offset. */
function firstBehind(ranges: readonly TextRange[], offset: number): number {
  let [low, high] = [0, ranges.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((ranges[middle]?.end ?? 0) <= offset) low = middle + 1;
    else high = middle;
  }
  return low;
}
