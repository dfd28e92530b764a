import type { JsonNode } from './json';
import { type TextRange, touches } from './textRange';

/** The ranges of nodes and members around an offset, the outermost first. */
export function jsonRangesAt(root: JsonNode | undefined, offset: number): readonly TextRange[] {
  const ranges: TextRange[] = [];
  let node = root;
  while (node && touches(node.range, offset)) {
    ranges.push(node.range);
    if (node.kind === 'string') ranges.push({ start: node.range.start + 1, end: node.range.end - 1 });
    node = node.kind === 'object' ? stepIntoMember(node, offset, ranges) : itemAt(node, offset);
  }
  return ranges.filter(({ start, end }) => start <= end);
}

function stepIntoMember(
  { members }: Extract<JsonNode, { kind: 'object' }>,
  offset: number,
  ranges: TextRange[],
): JsonNode | undefined {
  for (const { nameRange, value } of members) {
    const whole = { start: nameRange.start, end: value.range.end };
    if (!touches(whole, offset)) continue;
    ranges.push(whole);
    if (touches(nameRange, offset)) ranges.push(nameRange);
    return value;
  }
  return undefined;
}

function itemAt(node: JsonNode, offset: number): JsonNode | undefined {
  return node.kind === 'array' ? node.items.find(({ range }) => touches(range, offset)) : undefined;
}

/** Of an offset in a member's name where its value begins; any other as it is. */
export function valueOffset(root: JsonNode | undefined, offset: number): number {
  if (root?.kind === 'array') return valueOffset(itemAt(root, offset), offset);
  if (root?.kind !== 'object') return offset;
  const named = root.members.find(({ nameRange }) => touches(nameRange, offset));
  if (named) return named.value.range.start;
  const inner = root.members.find(({ value }) => touches(value.range, offset));
  return valueOffset(inner?.value, offset);
}
