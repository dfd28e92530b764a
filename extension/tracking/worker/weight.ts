/** What one part of an answer may weigh: taking it over costs the receiving thread about 5 ms. */
const largestWeight = 4000;

/**
 * The items in order, in parts that take about equally long to copy between two threads; an item heavier than that is
 * a part of its own.
 */
export function splitByWeight<T>(items: readonly T[]): readonly (readonly T[])[] {
  const parts: T[][] = [];
  let weight = Infinity;
  for (const item of items) {
    const added = weigh(item);
    weight += added;
    if (weight > largestWeight) {
      parts.push([item]);
      weight = added;
    } else {
      parts.at(-1)?.push(item);
    }
  }
  return parts;
}

/** How long copying a value takes, in units of a short string: model objects are shallow. */
function weigh(value: unknown): number {
  if (typeof value === 'string') return 1 + value.length / 500;
  if (typeof value !== 'object' || value === null) return 0.5;
  let weight = 1;
  if (value instanceof Map) {
    for (const [key, item] of value as ReadonlyMap<unknown, unknown>) weight += weigh(key) + weigh(item);
  } else if (Array.isArray(value)) {
    for (const item of value as readonly unknown[]) weight += weigh(item);
  } else {
    const properties = value as Readonly<Record<string, unknown>>;
    for (const key in properties) weight += weigh(properties[key]);
  }
  return weight;
}
