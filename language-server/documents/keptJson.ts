import { type JsonDocument, type JsonMember, type JsonNode, type JsonObject, parseJson } from './json';
import type { TextRange } from './textRange';

/** As parseJson, but with what the text was before an edit: of a list only those objects are parsed that are others now. */
export function reparseJson(text: string, before: JsonDocument | undefined): JsonDocument {
  if (!before) return parseJson(text);
  return before.text === text ? before : parseJson(text, keptObjects(before, text));
}

/**
 * The objects of the list that a text was, which an edit left as they were, where they stand in the text of now; in order. A
 * signature is a list of columns, and an edit is in one of them.
 */
function keptObjects({ text: before, root, error }: JsonDocument, text: string): readonly JsonObject[] {
  if (root?.kind !== 'array') return [];
  const shorter = Math.min(before.length, text.length);
  const head = greatest(shorter, (count) => before.slice(0, count) === text.slice(0, count));
  const tail = greatest(
    shorter - head,
    (count) => before.slice(before.length - count) === text.slice(text.length - count),
  );
  // The object that a mistake stands in was not read to its end.
  const readTo = error?.range.start ?? Infinity;
  const kept: JsonObject[] = [];
  for (const item of root.items) {
    if (item.kind !== 'object' || item.range.end >= readTo) continue;
    if (item.range.end <= head) kept.push(item);
    else if (item.range.start >= before.length - tail)
      kept.push(moveObject(item, text.length - before.length));
  }
  return kept;
}

/** The greatest count up to `most` that fits, where all below it fit too. */
function greatest(most: number, fits: (count: number) => boolean): number {
  let [low, high] = [0, most];
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (fits(middle)) low = middle;
    else high = middle - 1;
  }
  return low;
}

/** A node as it was first parsed, and how far edits of the text before it have moved it since. What it says is the same. */
export function originOf(node: JsonNode): { readonly origin: JsonNode; readonly by: number } {
  return node instanceof MovedObject ? node : { origin: node, by: 0 };
}

function moveObject(node: JsonObject, by: number): JsonObject {
  if (node instanceof MovedObject) return moveObject(node.origin, node.by + by);
  return by === 0 ? node : new MovedObject(node, by);
}

/** What is in it is moved when it is first asked for. */
class MovedObject implements JsonObject {
  readonly kind = 'object';
  readonly range: TextRange;
  #members: readonly JsonMember[] | undefined;

  constructor(
    readonly origin: JsonObject,
    readonly by: number,
  ) {
    this.range = moveRange(origin.range, by);
  }

  get members(): readonly JsonMember[] {
    return (this.#members ??= this.origin.members.map((member) => moveMember(member, this.by)));
  }
}

function moveMember({ name, nameRange, value }: JsonMember, by: number): JsonMember {
  return { name, nameRange: moveRange(nameRange, by), value: moveNode(value, by) };
}

function moveNode(node: JsonNode, by: number): JsonNode {
  if (node.kind === 'object') return moveObject(node, by);
  const range = moveRange(node.range, by);
  return node.kind === 'array'
    ? { ...node, range, items: node.items.map((item) => moveNode(item, by)) }
    : { ...node, range };
}

function moveRange({ start, end }: TextRange, by: number): TextRange {
  return { start: start + by, end: end + by };
}
