import { isMap, isScalar, parseDocument, type Scalar, type YAMLMap } from 'yaml';
import { narrow } from '../numbers';
import { Damage } from './damage';
import type { MetaFields, MetaValue } from './metaFields';

/**
 * The fields of any YAML 1.1 mapping, as PyYAML's safe loader gives them: of equal keys the last wins. Lists and aliases are
 * left out; a tag of somebody's own (`!!python/object…`) spoils the whole, as there. Booleans, dates and fractions stay text:
 * MLflow writes none, but to this parser a run's id that is digits around an `e` is a number. Throws Damage, whose message
 * has no subject, or the parser's own error.
 */
export function readAnyYaml(text: string): MetaFields {
  const document = parseDocument(text.replace(foldedBreak, '$1'), {
    version: '1.1',
    merge: false,
    uniqueKeys: false,
    intAsBigInt: true,
    prettyErrors: false,
    logLevel: 'silent',
    resolveKnownTags: false,
  });
  const [error] = document.errors;
  if (error) throw error;
  const stranger = document.warnings.some(({ code }) => code === 'TAG_RESOLVE_FAILED');
  if (stranger) throw new Damage('holds an object of a kind that MLflow does not read');
  if (!isMap(document.contents)) throw new Damage('holds no fields');
  return readMap(document.contents, 0);
}

/**
 * To PyYAML these two are line breaks, which it writes into quoted text with the next line's indentation behind them; to
 * this parser they are characters like any other.
 */
const foldedBreak = /[ \t]*([\u2028\u2029])[ \t]*/g;

/** MLflow nests once, for the tags of an input. */
const deepest = 3;

function readMap(map: YAMLMap, depth: number): MetaFields {
  const fields = new Map<string, MetaValue>();
  for (const { key, value } of map.items) {
    if (!isScalar(key)) continue;
    const read = readNode(value, depth);
    if (read !== undefined) fields.set(sourceOf(key), read);
  }
  return fields;
}

function readNode(node: unknown, depth: number): MetaValue | undefined {
  if (isMap(node)) return depth < deepest ? readMap(node, depth + 1) : undefined;
  if (!isScalar(node)) return node === null ? null : undefined;
  const { value } = node;
  if (typeof value === 'bigint') return narrow(value);
  return value === null || typeof value === 'string' ? value : sourceOf(node);
}

function sourceOf(scalar: Scalar): string {
  return typeof scalar.value === 'string' ? scalar.value : (scalar.source ?? String(scalar.value));
}
