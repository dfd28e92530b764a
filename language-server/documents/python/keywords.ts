import type { SyntaxNode } from '@lezer/common';
import { textOf } from './nodes';
import type { DefaultValue, OptionType, PlainValue } from './scriptOptions';
import { argumentsOf, calleeOf, dottedName, type PythonScript } from './syntax';
import { constantOf, plainValue, stringValue } from './values';

/** A call's arguments, with `**constants` written out. */
export interface CallArguments {
  readonly positional: readonly SyntaxNode[];
  readonly keywords: ReadonlyMap<string, SyntaxNode>;
  /** `*names`: how many there are, and which, only running tells. */
  readonly hasUnknownPositional: boolean;
  readonly hasUnknownKeywords: boolean;
}

export function readArguments(script: PythonScript, call: SyntaxNode): CallArguments {
  const positional: SyntaxNode[] = [];
  const keywords = new Map<string, SyntaxNode>();
  let hasUnknownPositional = false;
  let hasUnknownKeywords = false;
  for (const { name, spread, value } of argumentsOf(script, call)) {
    if (spread === '*') hasUnknownPositional = true;
    else if (spread === '**') {
      const constant = constantOf(script, value);
      if (constant?.kind === 'dict') constant.entries.forEach((entry, key) => keywords.set(key, entry));
      else hasUnknownKeywords = true;
    } else if (name === undefined) positional.push(value);
    else keywords.set(name, value);
  }
  return { positional, keywords, hasUnknownPositional, hasUnknownKeywords };
}

/** Undefined where it is absent or not known. */
export function booleanKeyword(
  script: PythonScript,
  given: CallArguments,
  name: string,
): boolean | undefined {
  const constant = constantOf(script, given.keywords.get(name));
  return constant?.kind === 'bool' ? constant.value : undefined;
}

export function stringKeyword(script: PythonScript, given: CallArguments, name: string): string | undefined {
  return stringValue(script, given.keywords.get(name));
}

export function defaultOf(script: PythonScript, node: SyntaxNode): DefaultValue {
  const value = plainValue(constantOf(script, node));
  return { text: textOf(script, node), ...(value !== undefined && { value }) };
}

export function listValue(
  script: PythonScript,
  node: SyntaxNode | undefined,
): readonly PlainValue[] | undefined {
  const constant = constantOf(script, node);
  if (constant?.kind === 'dict') return [...constant.entries.keys()];
  if (constant?.kind === 'string') return Array.from(constant.value);
  const value = plainValue(constant);
  return Array.isArray(value) ? (value as readonly PlainValue[]) : undefined;
}

const types: Readonly<Record<string, OptionType>> = {
  int: 'int',
  float: 'float',
  str: 'string',
  bool: 'bool',
  Path: 'path',
  PosixPath: 'path',
  PurePath: 'path',
  FileType: 'path',
  DirectoryPath: 'path',
  FilePath: 'path',
  open: 'path',
  abspath: 'path',
  expanduser: 'path',
  realpath: 'path',
  strtobool: 'bool',
};

/** The type that a converter such as `int`, `pathlib.Path` or `str2bool` makes of a word. */
export function typeOfConverter(script: PythonScript, node: SyntaxNode): OptionType {
  const name = node.name === 'CallExpression' ? calleeOf(script, node) : dottedName(script, node);
  const last = name?.split('.').at(-1) ?? '';
  const isLocal = script.functions.has(last) || script.classes.has(last);
  const known = isLocal ? undefined : types[last];
  return known ?? (/(str|to|_|2)bool|boolean/i.test(last) ? 'bool' : 'unknown');
}
