/** Guards for the parameters of messages; strings are bounded, since a view has no reason to send a book. */

export function isText(value: unknown): value is string {
  return typeof value === 'string' && value.length <= 100_000;
}

/** Whether the value is an object whose named fields pass their guards; of these, only optional ones may be absent. */
export function isRecordOf<T extends object>(guards: {
  readonly [Key in keyof T]-?: (value: unknown) => value is T[Key];
}): (value: unknown) => value is T {
  return (value): value is T =>
    typeof value === 'object' &&
    value !== null &&
    (Object.keys(guards) as (keyof T & string)[]).every((key) =>
      guards[key](Object.hasOwn(value, key) ? (value as Record<string, unknown>)[key] : undefined),
    );
}

export function isOneOf<const T extends string>(...choices: readonly T[]): (value: unknown) => value is T {
  return (value): value is T => choices.includes(value as T);
}

export function isBoolean(value: unknown): value is boolean {
  return typeof value === 'boolean';
}

/** A number that is finite. */
export function isNumber(value: unknown): value is number {
  return Number.isFinite(value);
}

export function isBytes(value: unknown): value is Uint8Array {
  return value instanceof Uint8Array;
}

/** At most 100,000 items. */
export function isArrayOf<T>(
  isItem: (value: unknown) => value is T,
): (value: unknown) => value is readonly T[] {
  return (value): value is readonly T[] =>
    Array.isArray(value) && value.length <= 100_000 && value.every((item) => isItem(item));
}

/** For a field that may be absent. */
export function isOptional<T>(accepts: (value: unknown) => value is T): (value: unknown) => value is T {
  return (value): value is T => value === undefined || accepts(value);
}
