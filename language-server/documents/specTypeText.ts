import type { FieldSpec, SpecType } from './modelSignature';

const deepest = 8;
const mostProperties = 20;

/**
 * A type in words: `array of string`, `object {id: long, note?: string}`, `tensor float32 (-1, 28, 28)`. Bounded. `isBrief` leaves
 * out the properties of objects, for whoever shows them elsewhere.
 */
export function specTypeText(type: SpecType, isBrief = false, depth = deepest): string {
  if (depth === 0) return '…';
  switch (type.kind) {
    case 'scalar':
      return type.name;
    case 'array':
    case 'map':
      return `${type.kind} of ${specTypeText(type.of, isBrief, depth - 1)}`;
    case 'object':
      return isBrief ? 'object' : `object {${propertiesText(type.properties, depth - 1)}}`;
    case 'tensor':
      return `tensor ${type.dtype} (${type.shape.join(', ')})`;
    case 'unknown':
      return '?';
  }
}

function propertiesText(properties: readonly FieldSpec[], depth: number): string {
  const shown = properties
    .slice(0, mostProperties)
    .map(
      ({ name = '', type, isRequired }) =>
        `${name}${isRequired ? '' : '?'}: ${specTypeText(type, false, depth)}`,
    );
  return [...shown, ...(properties.length > mostProperties ? ['…'] : [])].join(', ');
}

/** The properties of an object, or of the objects in an array or map; empty of any other type. */
export function propertiesOf(type: SpecType): readonly FieldSpec[] {
  if (type.kind === 'object') return type.properties;
  return type.kind === 'array' || type.kind === 'map' ? propertiesOf(type.of) : [];
}
