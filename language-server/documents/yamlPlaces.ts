import type { TextRange } from './textRange';
import type { MappingNode, Pair, YamlDocument, YamlNode } from './yamlTree';

/** Where a pair stands: its mapping, and the pair whose value that is or lies in. */
export interface PairPlace {
  readonly mapping: MappingNode;
  readonly pair: Pair;
  readonly parent?: PairPlace;
}

export interface NodePlace {
  readonly node: YamlNode;
  readonly role: 'root' | 'key' | 'value' | 'item';
  /** The pair that it belongs to, or lies in. */
  readonly place?: PairPlace;
}

/** The outermost node that has exactly this range. */
export function findNode({ root }: YamlDocument, range: TextRange): NodePlace | undefined {
  let at: NodePlace | undefined = root && { node: root, role: 'root' };
  while (at && !isSame(at.node.range, range)) at = childAround(at, range);
  return at;
}

function childAround(from: NodePlace, range: TextRange): NodePlace | undefined {
  const { node, place } = from;
  if (node.kind === 'sequence') {
    const item = node.items.find((one) => encloses(one.range, range));
    return item && { node: item, role: 'item', ...(place && { place }) };
  }
  if (node.kind !== 'mapping') return undefined;
  for (const pair of node.pairs) {
    const within = { mapping: node, pair, ...(place && { parent: place }) };
    if (encloses(pair.key.range, range)) return { node: pair.key, role: 'key', place: within };
    if (encloses(pair.value.range, range)) return { node: pair.value, role: 'value', place: within };
  }
  return undefined;
}

function isSame(a: TextRange, b: TextRange): boolean {
  return a.start === b.start && a.end === b.end;
}

function encloses(outer: TextRange, inner: TextRange): boolean {
  return outer.start <= inner.start && inner.end <= outer.end;
}

/** Where a node begins with its anchor and tag. */
export function startOf({ range, anchor, tag }: YamlNode): number {
  return Math.min(range.start, anchor?.range.start ?? range.start, tag?.range.start ?? range.start);
}
