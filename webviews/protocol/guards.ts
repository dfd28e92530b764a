/** Guards for the parameters of messages; strings are bounded, since a view has no reason to send a book. */

export function isText(value: unknown): value is string {
  return typeof value === 'string' && value.length <= 100_000;
}

/** Whether the value is an object whose named fields pass their guards. */
export function isRecordOf<T extends object>(guards: {
  readonly [Key in keyof T]-?: (value: unknown) => value is T[Key];
}): (value: unknown) => value is T {
  return (value): value is T =>
    typeof value === 'object' &&
    value !== null &&
    (Object.keys(guards) as (keyof T & string)[]).every(
      (key) => Object.hasOwn(value, key) && guards[key]((value as Record<string, unknown>)[key]),
    );
}

export function isOneOf<const T extends string>(...choices: readonly T[]): (value: unknown) => value is T {
  return (value): value is T => choices.includes(value as T);
}
