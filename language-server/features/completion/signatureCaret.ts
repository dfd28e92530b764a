import { findJsonCaretPlace, type JsonCaretPlace } from '../../documents/jsonCaretPlace';
import type { TextRange } from '../../documents/textRange';
import { decodedOffset, sourceRange } from '../../documents/yamlRead';
import type { MlmodelDocument } from '../openDocument';
import type { Caret } from './draft';

/** A caret in the JSON of a signature. */
export interface SignatureCaret {
  readonly part: string;
  readonly place: JsonCaretPlace;
  /** Where a stretch of the JSON lies in the document. */
  readonly toSource: (range: TextRange) => TextRange;
}

/**
 * By the parsed document if its YAML can be read, else by the text behind the opening quote. None in double quotes, where all
 * of JSON's own would have to be escaped.
 */
export function findSignatureCaret({
  document,
  offset,
  place,
}: Caret<MlmodelDocument>): SignatureCaret | undefined {
  for (const { name, node } of document.model.signature?.parts ?? []) {
    if (!node || node.style === 'double' || offset <= node.range.start || offset > node.range.end) continue;
    if (node.style === 'single' && offset === node.range.end && document.text[offset - 1] === "'")
      return undefined;
    const at = decodedOffset(node, offset);
    const found = at === undefined ? undefined : findJsonCaretPlace(node.text, at);
    return found && { part: name, place: found, toSource: (range) => sourceRange(node, range) };
  }
  const { path, at, whole } = place;
  const [first, part = ''] = path;
  const start = whole.start + 1;
  if (first !== 'signature' || path.length !== 2 || at !== 'value' || offset < start) return undefined;
  if (document.text[whole.start] !== "'") return undefined;
  const json = /^(?:[^']|'')*/.exec(document.text.slice(start, whole.end))?.[0] ?? '';
  const found = offset - start <= json.length ? findJsonCaretPlace(json, offset - start) : undefined;
  const toSource = (range: TextRange) => ({ start: range.start + start, end: range.end + start });
  return found && { part, place: found, toSource };
}
