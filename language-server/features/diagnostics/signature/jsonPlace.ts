import { findMember, type JsonNode } from '../../../documents/json';
import type { TextRange } from '../../../documents/textRange';

/** In a sentence, in Python's sense. */
export const jsonWords: Readonly<Record<JsonNode['kind'], string>> = {
  object: 'an object',
  array: 'a list',
  string: 'text',
  number: 'a number',
  boolean: 'true or false',
  null: 'null',
};

/** Where a fault of a spec as a whole is shown: at its name, or its type, else at its beginning. */
export function placeOf(node: JsonNode): TextRange {
  const word = findMember(node, 'name')?.value ?? findMember(node, 'type')?.value;
  if (word && word.kind !== 'object' && word.kind !== 'array') return word.range;
  return node.kind === 'object' || node.kind === 'array'
    ? { start: node.range.start, end: node.range.start + 1 }
    : node.range;
}

/** A string's text, without its quotes; any other node as it is. */
export function insideOf({ kind, range }: JsonNode): TextRange {
  return kind === 'string' ? { start: range.start + 1, end: range.end - 1 } : range;
}

/** A text as it may stand in a message. */
export function shown(text: string): string {
  return text.length > 100 ? `${text.slice(0, 99)}…` : text;
}
