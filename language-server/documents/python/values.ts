import type { SyntaxNode } from '@lezer/common';
import { lookUp } from './bindings';
import type { OptionType, PlainValue } from './scriptOptions';
import { childrenOf, splitNodes, textOf } from './nodes';
import { argumentsOf, calleeOf, type PythonScript } from './syntax';

/** What an expression is known to be worth without running it. */
export type Constant =
  | { readonly kind: 'string'; readonly value: string }
  | { readonly kind: 'int' | 'float'; readonly value: number }
  | { readonly kind: 'bool'; readonly value: boolean }
  | { readonly kind: 'none' }
  | { readonly kind: 'ellipsis' }
  | { readonly kind: 'list'; readonly items: readonly Constant[] }
  | { readonly kind: 'dict'; readonly entries: ReadonlyMap<string, SyntaxNode> };

const deepest = 20;

/** The value of literals, of what is made of them, and of names that are given one such value only. */
export function constantOf(
  script: PythonScript,
  node: SyntaxNode | undefined,
  depth = 0,
): Constant | undefined {
  if (!node || depth > deepest) return undefined;
  const below = (child: SyntaxNode | null | undefined) => constantOf(script, child ?? undefined, depth + 1);
  switch (node.name) {
    case 'String':
      return stringOf(textOf(script, node));
    case 'FormatString':
      // Doubled braces stand for one.
      return node.getChild('FormatReplacement')
        ? undefined
        : stringOf(textOf(script, node).replace(/([{}])\1/g, '$1'));
    case 'ContinuedString':
      return joinStrings(childrenOf(node).map(below));
    case 'Number':
      return numberOf(textOf(script, node));
    case 'Boolean':
      return { kind: 'bool', value: textOf(script, node) === 'True' };
    case 'None':
      return { kind: 'none' };
    case 'Ellipsis':
    case '...':
      return { kind: 'ellipsis' };
    case 'ParenthesizedExpression':
      return below(childrenOf(node)[1]);
    case 'TupleExpression':
    case 'ArrayExpression':
    case 'SetExpression':
      return listOf(splitNodes(childrenOf(node)), below);
    case 'DictionaryExpression':
      return dictOf(script, node);
    case 'UnaryExpression':
      return signed(textOf(script, node), below(node.lastChild));
    case 'BinaryExpression':
      return combined(
        textOf(script, node.firstChild?.nextSibling ?? node),
        below(node.firstChild),
        below(node.lastChild),
      );
    case 'CallExpression':
      return calledValue(script, node, below);
    case 'VariableName': {
      const found = lookUp(script, node);
      return found?.isSure && found.binding.kind === 'value' ? below(found.binding.value) : undefined;
    }
    default:
      return undefined;
  }
}

export function stringValue(script: PythonScript, node: SyntaxNode | undefined): string | undefined {
  const constant = constantOf(script, node);
  return constant?.kind === 'string' ? constant.value : undefined;
}

/** Undefined for what is no data, and for dictionaries. */
export function plainValue(constant: Constant | undefined): PlainValue | undefined {
  if (constant?.kind === 'none') return null;
  if (constant?.kind === 'list') return plainValues(constant.items);
  return constant && 'value' in constant ? constant.value : undefined;
}

function plainValues(items: readonly Constant[]): readonly PlainValue[] | undefined {
  const values = items.map(plainValue).filter((value) => value !== undefined);
  return values.length === items.length ? values : undefined;
}

/** The type that frameworks take from a default's own. */
export function typeOfConstant(constant: Constant | undefined): OptionType | undefined {
  if (constant?.kind === 'list') return typeOfConstant(constant.items[0]);
  const kind = constant?.kind;
  return kind === 'string' || kind === 'int' || kind === 'float' || kind === 'bool' ? kind : undefined;
}

function listOf(
  parts: readonly (readonly SyntaxNode[])[],
  below: (node: SyntaxNode | undefined) => Constant | undefined,
): Constant | undefined {
  const written = parts.filter((part) => part.length > 0);
  const items = written
    .map((part) => (part.length === 1 ? below(part[0]) : undefined))
    .filter((one) => one !== undefined);
  return items.length === written.length ? { kind: 'list', items } : undefined;
}

function dictOf(script: PythonScript, node: SyntaxNode): Constant | undefined {
  const entries = new Map<string, SyntaxNode>();
  for (const part of splitNodes(childrenOf(node))) {
    const [key, , value] = part;
    if (!key) continue;
    const name = key.name === '**' ? undefined : stringValue(script, key);
    if (name === undefined || !value) return undefined;
    entries.set(name, value);
  }
  return { kind: 'dict', entries };
}

function calledValue(
  script: PythonScript,
  call: SyntaxNode,
  below: (node: SyntaxNode | undefined) => Constant | undefined,
): Constant | undefined {
  const callee = calleeOf(script, call);
  const given = argumentsOf(script, call);
  const [first] = given;
  if (callee === 'dict' && given.every(({ name }) => name !== undefined)) {
    return { kind: 'dict', entries: new Map(given.map(({ name, value }) => [name ?? '', value])) };
  }
  if (given.length !== 1 || !first || first.name !== undefined || first.spread) return undefined;
  const value = below(first.value);
  if (callee === 'list' || callee === 'tuple') {
    if (value?.kind === 'dict')
      return {
        kind: 'list',
        items: [...value.entries.keys()].map((key) => ({ kind: 'string', value: key })),
      };
    return value?.kind === 'list' ? value : undefined;
  }
  return undefined;
}

function signed(text: string, operand: Constant | undefined): Constant | undefined {
  if (operand?.kind === 'bool' && text.startsWith('not')) return { kind: 'bool', value: !operand.value };
  if (operand?.kind !== 'int' && operand?.kind !== 'float') return undefined;
  if (text.startsWith('-')) return { kind: operand.kind, value: -operand.value };
  return text.startsWith('+') ? operand : undefined;
}

function combined(
  operator: string,
  left: Constant | undefined,
  right: Constant | undefined,
): Constant | undefined {
  if (left?.kind === 'string' && right?.kind === 'string' && operator === '+')
    return joinStrings([left, right]);
  if ((left?.kind !== 'int' && left?.kind !== 'float') || (right?.kind !== 'int' && right?.kind !== 'float'))
    return undefined;
  const value = calculate(operator, left.value, right.value);
  if (value === undefined || !Number.isFinite(value)) return undefined;
  const isInt =
    left.kind === 'int' && right.kind === 'int' && operator !== '/' && Number.isSafeInteger(value);
  return left.kind === 'int' && right.kind === 'int' && operator !== '/' && !isInt
    ? undefined
    : { kind: isInt ? 'int' : 'float', value };
}

function calculate(operator: string, left: number, right: number): number | undefined {
  switch (operator) {
    case '+':
      return left + right;
    case '-':
      return left - right;
    case '*':
      return left * right;
    case '/':
      return left / right;
    case '//':
      return Math.floor(left / right);
    case '**':
      return left ** right;
    default:
      return undefined;
  }
}

function joinStrings(parts: readonly (Constant | undefined)[]): Constant | undefined {
  const strings = parts.map((part) => (part?.kind === 'string' ? part.value : undefined));
  return strings.includes(undefined) ? undefined : { kind: 'string', value: strings.join('') };
}

/** Undefined for imaginary numbers, and for whole ones that do not fit a double exactly. */
function numberOf(text: string): Constant | undefined {
  const digits = text.replaceAll('_', '');
  const isInt = /^(\d+|0[bBoOxX][\da-fA-F]+)$/.test(digits);
  const value = Number(isInt ? digits.replace(/^0+(?=\d)/, '') : digits);
  if (Number.isNaN(value) || (isInt && !Number.isSafeInteger(value))) return undefined;
  return { kind: isInt ? 'int' : 'float', value };
}

const escapes: Readonly<Record<string, string>> = {
  n: '\n',
  t: '\t',
  r: '\r',
  a: '\x07',
  b: '\b',
  f: '\f',
  v: '\v',
  '\n': '',
};

/** The content of a literal; undefined for bytes. */
function stringOf(text: string): Constant | undefined {
  const match = /^([a-zA-Z]*)("""|'''|"|')([^]*)\2$/.exec(text);
  const [, prefix = '', , body = ''] = match ?? [];
  if (!match || /b/i.test(prefix)) return undefined;
  const unescape = (whole: string, one: string) => {
    const digits = /^[xuU0-7]/.test(one)
      ? Number.parseInt(one.replace(/^[xuU]/, ''), /^[xuU]/.test(one) ? 16 : 8)
      : NaN;
    if (digits <= 0x10ffff) return String.fromCodePoint(digits);
    return escapes[one] ?? (/^[\\'"]$/.test(one) ? one : whole);
  };
  const escaped = /\\(x[\da-fA-F]{2}|u[\da-fA-F]{4}|U[\da-fA-F]{8}|[0-7]{1,3}|[^])/g;
  return { kind: 'string', value: /r/i.test(prefix) ? body : body.replace(escaped, unescape) };
}
