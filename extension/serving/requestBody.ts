import type { FieldSpec, Schema, SpecType } from '../../language-server/documents/modelSignature';

/** What a model takes, as its signature says. */
export interface TakenSchemas {
  readonly inputs?: Schema | undefined;
  readonly params?: Schema | undefined;
}

/** More numbers than this are no skeleton that anybody fills in. */
const mostNumbers = 100_000;

/** Deeper types than this are left empty. */
const deepest = 20;

/**
 * A request's body of the right shape with values that stand for others: `dataframe_split` for columns, `inputs` for tensors
 * and for models without a signature, and the parameters with their defaults.
 */
export function composeSkeleton({ inputs, params }: TakenSchemas): Record<string, unknown> {
  const body = composeInputs(inputs?.specs ?? []);
  const defaults = (params?.specs ?? []).map((spec) => [spec.name ?? '', readFallback(spec)] as const);
  return defaults.length === 0 ? body : { ...body, params: Object.fromEntries(defaults) };
}

function composeInputs(specs: readonly FieldSpec[]): Record<string, unknown> {
  const [first] = specs;
  if (first === undefined) return { inputs: [] };
  if (first.type.kind === 'tensor') return { inputs: composeTensors(specs) };
  const columns = specs.map(({ name }) => name);
  const data = [specs.map(({ type }) => composeValue(type, deepest))];
  const isNamed = columns.every((name) => name !== undefined);
  return { dataframe_split: isNamed ? { columns, data } : { data } };
}

function composeTensors(specs: readonly FieldSpec[]): unknown {
  const [first] = specs;
  if (specs.length === 1 && first?.name === undefined) return first && composeValue(first.type, deepest);
  return Object.fromEntries(specs.map(({ name, type }) => [name ?? '', composeValue(type, deepest)]));
}

function composeValue(type: SpecType, depth: number): unknown {
  if (depth === 0) return null;
  switch (type.kind) {
    case 'scalar':
      return composeScalar(type.name);
    case 'array':
      return [composeValue(type.of, depth - 1)];
    case 'map':
      return { key: composeValue(type.of, depth - 1) };
    case 'object':
      return Object.fromEntries(
        type.properties.map((property) => [property.name ?? '', composeValue(property.type, depth - 1)]),
      );
    case 'tensor':
      return composeTensor(type.dtype, type.shape);
    case 'unknown':
      return null;
  }
}

function composeScalar(name: string): unknown {
  switch (name) {
    case 'boolean':
      return false;
    case 'integer':
    case 'long':
    case 'float':
    case 'double':
      return 0;
    case 'string':
    case 'binary':
      return '';
    case 'datetime':
      return '2000-01-01T00:00:00';
    default:
      return null;
  }
}

function composeTensor(dtype: string, shape: readonly number[]): unknown {
  const sizes = shape.map((size) => (size > 0 ? size : 1));
  const isLarge = sizes.reduce((product, size) => product * size, 1) > mostNumbers;
  const value = /^(str|object|bytes|<U)/.test(dtype) ? '' : dtype === 'bool' ? false : 0;
  return (isLarge ? sizes.map(() => 1) : sizes).reduceRight<unknown>(
    (inner, size) => Array.from({ length: size }, () => inner),
    value,
  );
}

function readFallback({ fallback }: FieldSpec): unknown {
  try {
    return JSON.parse(fallback ?? 'null');
  } catch {
    return null;
  }
}
