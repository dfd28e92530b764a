import { keepIdentity } from './nodeIdentity';
import type { TextRange } from './textRange';
import type { ParsedYaml } from './yamlParser';
import type { MappingNode, Pair, Property, YamlNode } from './yamlTree';

/** What was just parsed, as it would be if its text stood `by` characters further on. */
export function shiftParsed(parsed: ParsedYaml, by: number): ParsedYaml {
  return by === 0 ? parsed : shiftWith(parsed, by, shiftMapping);
}

/** The same for what somebody else still holds: what is in its mappings is moved when it is first asked for. */
export function shiftKept(parsed: ParsedYaml, by: number): ParsedYaml {
  if (by === 0) return parsed;
  const moved = shiftWith(parsed, by, shiftWhenAsked);
  keepIdentities(moved.root, parsed.root);
  return moved;
}

type MappingShift = (node: MappingNode, by: number) => MappingNode;

function shiftWith(parsed: ParsedYaml, by: number, mapping: MappingShift): ParsedYaml {
  const { root, errors, comments } = parsed;
  const moved = root && shiftNode(root, by, mapping);
  return {
    ...parsed,
    ...(moved ? { root: moved } : {}),
    errors: errors.map((error) => ({ ...error, range: shift(error.range, by) })),
    comments: comments.map((range) => shift(range, by)),
  };
}

/** Of a block's own keys: these are what documents are read by. */
function keepIdentities(moved: YamlNode | undefined, before: YamlNode | undefined): void {
  if (moved?.kind !== 'mapping' || before?.kind !== 'mapping') return;
  moved.pairs.forEach(({ key }, index) => {
    keepIdentity(key, before.pairs[index]?.key ?? key);
  });
}

function shiftNode(node: YamlNode, by: number, mapping: MappingShift): YamlNode {
  if (node.kind === 'mapping') return mapping(node, by);
  const range = shift(node.range, by);
  if (node.kind === 'alias') return { ...node, range };
  const properties = shiftProperties(node, by);
  switch (node.kind) {
    case 'sequence':
      return { ...node, range, ...properties, items: node.items.map((item) => shiftNode(item, by, mapping)) };
    case 'scalar':
    case 'null':
      return { ...node, range, ...properties };
  }
}

function shiftMapping(node: MappingNode, by: number): MappingNode {
  const pairs = node.pairs.map((pair) => shiftPair(pair, by, shiftMapping));
  return { ...node, range: shift(node.range, by), ...shiftProperties(node, by), pairs };
}

function shiftWhenAsked(node: MappingNode, by: number): MappingNode {
  return node instanceof MovedMapping ? node.further(by) : new MovedMapping(node, by);
}

/** Knows whence it was moved, however often: no chain of moves grows. */
class MovedMapping implements MappingNode {
  readonly kind = 'mapping';
  readonly range: TextRange;
  readonly flow: boolean;
  declare readonly anchor?: Property;
  declare readonly tag?: Property;
  readonly #origin: MappingNode;
  readonly #by: number;
  #pairs: readonly Pair[] | undefined;

  constructor(origin: MappingNode, by: number) {
    this.#origin = origin;
    this.#by = by;
    this.range = shift(origin.range, by);
    this.flow = origin.flow;
    Object.assign(this, shiftProperties(origin, by));
  }

  get pairs(): readonly Pair[] {
    return (this.#pairs ??= this.#origin.pairs.map((pair) => shiftPair(pair, this.#by, shiftWhenAsked)));
  }

  further(by: number): MovedMapping {
    return new MovedMapping(this.#origin, this.#by + by);
  }
}

function shiftPair({ key, value, range }: Pair, by: number, mapping: MappingShift): Pair {
  return {
    key: shiftNode(key, by, mapping),
    value: shiftNode(value, by, mapping),
    range: shift(range, by),
  };
}

interface Properties {
  readonly anchor?: Property;
  readonly tag?: Property;
}

function shiftProperties({ anchor, tag }: Properties, by: number): Properties | undefined {
  if (!anchor && !tag) return undefined;
  const moved = (property: Property) => ({ ...property, range: shift(property.range, by) });
  return { ...(anchor ? { anchor: moved(anchor) } : {}), ...(tag ? { tag: moved(tag) } : {}) };
}

function shift({ start, end }: TextRange, by: number): TextRange {
  return { start: start + by, end: end + by };
}
