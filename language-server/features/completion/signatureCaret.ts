import { parseJson } from '../../documents/json';
import { findJsonCaretPlace, type JsonCaretPlace } from '../../documents/jsonCaretPlace';
import type { TextRange } from '../../documents/textRange';
import { decodedOffset, sourceRange } from '../../documents/yamlRead';
import type { ScalarNode } from '../../documents/yamlTree';
import type { MlmodelDocument } from '../openDocument';
import type { Caret } from './draft';

/** A caret in the JSON of a signature. */
export interface SignatureCaret {
  readonly part: string;
  readonly place: JsonCaretPlace;
  /** Where a stretch of the JSON lies in the document. */
  readonly toSource: (range: TextRange) => TextRange;
  /** It stands in double quotes, where JSON's own are escaped. */
  readonly isEscaped: boolean;
}

/** How what stands behind an opening quote ends if it ends with the closing one. */
const closing: Partial<Record<ScalarNode['style'], RegExp>> = {
  single: /'$/,
  double: /(?<!\\)(\\\\)*"$/,
};

/**
 * By the parsed document if its YAML can be read, else by the text behind the opening quote; that only of single ones, or of
 * double ones with nothing in them.
 */
export function findSignatureCaret({
  document,
  offset,
  place,
}: Caret<MlmodelDocument>): SignatureCaret | undefined {
  for (const { name, node, json } of document.model.signature?.parts ?? []) {
    if (!node || !json || offset <= node.range.start || offset > node.range.end) continue;
    const behindQuote = document.text.slice(node.range.start + 1, offset);
    if (offset === node.range.end && closing[node.style]?.test(behindQuote)) return undefined;
    const at = decodedOffset(node, offset);
    const found = at === undefined ? undefined : findJsonCaretPlace(json, at);
    const toSource = (range: TextRange) => sourceRange(node, range);
    return found && { part: name, place: found, toSource, isEscaped: node.style === 'double' };
  }
  const { path, at, whole } = place;
  const [first, part = ''] = path;
  const start = whole.start + 1;
  if (first !== 'signature' || path.length !== 2 || at !== 'value' || offset < start) return undefined;
  const isEscaped = document.text.startsWith('""', whole.start);
  if (document.text[whole.start] !== "'" && !isEscaped) return undefined;
  const json = /^(?:[^']|'')*/.exec(isEscaped ? '' : document.text.slice(start, whole.end))?.[0] ?? '';
  const found =
    offset - start <= json.length ? findJsonCaretPlace(parseJson(json), offset - start) : undefined;
  const toSource = (range: TextRange) => ({ start: range.start + start, end: range.end + start });
  return found && { part, place: found, toSource, isEscaped };
}
