import { findMember, type JsonDocument, type JsonNode, membersOf } from './json';

/** What a model takes or gives, as its MLmodel says it (reference/MLMODEL.md §2). */
export interface Schema {
  readonly specs: readonly FieldSpec[];
}

/** A column, tensor, parameter, or property of an object. */
export interface FieldSpec {
  /** Undefined where it has none. */
  readonly name?: string;
  readonly type: SpecType;
  /**
   * As MLflow takes it: where it is not said, columns of plain types and properties are required, columns of nested types are
   * not; tensors always are, parameters never.
   */
  readonly isRequired: boolean;
  /** Parameters only: the default as JSON text. */
  readonly fallback?: string;
  /** Where it is written. */
  readonly node: JsonNode;
}

export type SpecType =
  /** `double`, `any`, `sparkml_vector`, or a word that MLflow does not know. */
  | { readonly kind: 'scalar'; readonly name: string }
  /** A parameter with the shape [-1] is an array too. */
  | { readonly kind: 'array' | 'map'; readonly of: SpecType }
  | { readonly kind: 'object'; readonly properties: readonly FieldSpec[] }
  /** -1 is any number. */
  | { readonly kind: 'tensor'; readonly dtype: string; readonly shape: readonly number[] }
  /** What is written is no type. */
  | { readonly kind: 'unknown' };

export type SignaturePartName = 'inputs' | 'outputs' | 'params';

/** What lies deeper in types than this is unknown. */
const deepest = 50;

/** The types whose columns are optional where nothing is said. */
const optionalTypes: ReadonlySet<string> = new Set(['array', 'object', 'map', 'any', 'sparkml_vector']);

/** Reads what can be understood of a signature's part; whatever is wrong with it. */
export function readSchema({ text, root }: JsonDocument, part: SignaturePartName): Schema {
  const items = root?.kind === 'array' ? root.items : [];
  const read = part === 'params' ? (item: JsonNode) => readParameter(item, text) : readColumn;
  return { specs: items.map(read) };
}

function readColumn(node: JsonNode): FieldSpec {
  const type = readType(node, 0);
  const written = findMember(node, 'type')?.value;
  const isNested = written?.kind === 'string' && optionalTypes.has(written.value);
  const isRequired = type.kind === 'tensor' || readRequired(node, !isNested);
  return { ...named(node), type, isRequired, node };
}

function readParameter(node: JsonNode, text: string): FieldSpec {
  const type = readType(node, 0);
  const fallback = findMember(node, 'default')?.value;
  const shape = findMember(node, 'shape')?.value;
  return {
    ...named(node),
    type: shape?.kind === 'array' ? { kind: 'array', of: type } : type,
    isRequired: false,
    ...(fallback && { fallback: text.slice(fallback.range.start, fallback.range.end) }),
    node,
  };
}

function named(node: JsonNode): { readonly name?: string } {
  const name = findMember(node, 'name')?.value;
  if (name?.kind === 'string') return { name: name.value };
  return name?.kind === 'number' ? { name: name.text } : {};
}

function readRequired(node: JsonNode, fallback: boolean): boolean {
  const value = findMember(node, 'required')?.value;
  return value ? isTruthy(value) : fallback;
}

function readType(node: JsonNode, depth: number): SpecType {
  const word = (findMember(node, 'type') ?? findMember(node, 'dtype'))?.value;
  if (word?.kind !== 'string' || depth > deepest) return { kind: 'unknown' };
  const within = (name: string) => {
    const inner = findMember(node, name)?.value;
    return inner ? readType(inner, depth + 1) : ({ kind: 'unknown' } as const);
  };
  switch (word.value) {
    case 'array':
      return { kind: 'array', of: within('items') };
    case 'map':
      return { kind: 'map', of: within('values') };
    case 'object':
      return { kind: 'object', properties: readProperties(node, depth) };
    case 'tensor':
      return readTensor(findMember(node, 'tensor-spec')?.value);
    default:
      return { kind: 'scalar', name: word.value };
  }
}

function readProperties(node: JsonNode, depth: number): readonly FieldSpec[] {
  const properties = findMember(node, 'properties')?.value;
  if (properties?.kind !== 'object') return [];
  return membersOf(properties).map(({ name, value }) => ({
    name,
    type: readType(value, depth + 1),
    isRequired: readRequired(value, true),
    node: value,
  }));
}

function readTensor(node: JsonNode | undefined): SpecType {
  const dtype = findMember(node, 'dtype')?.value;
  const shape = findMember(node, 'shape')?.value;
  if (dtype?.kind !== 'string' && dtype?.kind !== 'null') return { kind: 'unknown' };
  const sizes = shape?.kind === 'array' ? shape.items : [];
  return {
    kind: 'tensor',
    // numpy takes nothing for its default.
    dtype: dtype.kind === 'null' ? 'float64' : dtype.value,
    shape: sizes.map((size) => (size.kind === 'number' ? Number(size.text) : -1)),
  };
}

/** What Python's `if value:` takes for true. */
export function isTruthy(node: JsonNode): boolean {
  switch (node.kind) {
    case 'null':
      return false;
    case 'boolean':
      return node.value;
    case 'string':
      return node.value !== '';
    case 'number':
      return Number(node.text) !== 0;
    case 'array':
      return node.items.length > 0;
    case 'object':
      return node.members.length > 0;
  }
}
