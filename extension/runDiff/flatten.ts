import { readContainer, type Literal } from './readLiteral';

/** The parameters of a run by key: those that hold a dict or a list are replaced by what is in them. */
export function flattenParams(params: ReadonlyMap<string, string>): ReadonlyMap<string, string> {
  const expanded: (readonly [string, string, ReadonlyMap<string, string>])[] = [];
  for (const [key, text] of params) {
    const inside = flattenValue(key, text);
    if (inside) expanded.push([key, text, inside]);
  }
  if (expanded.length === 0) return params;
  const flat = new Map(params);
  for (const [key] of expanded) flat.delete(key);
  for (const [key, text, inside] of expanded) {
    // A key that the run has already would hide a value: then the parameter stays whole.
    const isAmbiguous = [...inside.keys()].some((one) => flat.has(one) || (one !== key && params.has(one)));
    if (isAmbiguous) flat.set(key, text);
    else for (const [one, value] of inside) flat.set(one, value);
  }
  return flat;
}

/**
 * A dict or list, written as JSON or as Python does, by nested keys: `optimizer` = `{'lr': 0.1}` becomes `optimizer.lr` =
 * `0.1`. Undefined for any other text, for what is too deep or large, and where two values would get the same key.
 */
export function flattenValue(key: string, text: string): ReadonlyMap<string, string> | undefined {
  const container = readContainer(text);
  if (!container) return undefined;
  const flat = new Map<string, string>();
  return fill(flat, key, container) ? flat : undefined;
}

/** False if a key comes twice. */
function fill(flat: Map<string, string>, key: string, value: Literal): boolean {
  if (value.kind === 'container' && value.entries.length > 0) {
    return value.entries.every(([inner, one]) => fill(flat, `${key}.${inner}`, one));
  }
  if (flat.has(key)) return false;
  flat.set(key, value.kind === 'container' ? value.empty : writeScalar(value));
  return true;
}

/** A string that reads like something else keeps its quotes, since `"1"` is not `1`. */
function writeScalar({ text, isQuoted }: Literal & { readonly kind: 'scalar' }): string {
  return isQuoted && looksUnquoted.test(text) ? JSON.stringify(text) : text;
}

const looksUnquoted =
  /^\s*(?:[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:e[+-]?\d+)?|[+-]?(?:nan|inf|infinity)|none|null|true|false|\{\}|\[\]|\(\))\s*$/i;
