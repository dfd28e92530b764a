import type { Int64, Tags, Timestamp } from '../../model';
import { endOfTime, narrow, restoreInfinity } from '../../numbers';

/**
 * Reading single fields of a reply that may lack them, hold more than expected or hold the wrong type: each function
 * falls back to a neutral value, so that one bad field never costs the page.
 */

/** A JSON object of unknown content. Only own properties count: a key may well be `__proto__`. */
export type Fields = Readonly<Record<string, unknown>>;

export function toFields(value: unknown): Fields | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : undefined;
}

export function readField(fields: Fields, key: string): unknown {
  return Object.hasOwn(fields, key) ? fields[key] : undefined;
}

/** An object inside an object; an empty one if there is none. */
export function readObject(fields: Fields, key: string): Fields {
  return toFields(readField(fields, key)) ?? {};
}

/** The objects of a list; whatever else the list holds is left out. Proto3-style replies omit empty lists. */
export function readObjects(fields: Fields, key: string): readonly Fields[] {
  return readList(fields, key)
    .map(toFields)
    .filter((item) => item !== undefined);
}

export function readList(fields: Fields, key: string): readonly unknown[] {
  const value = readField(fields, key);
  return Array.isArray(value) ? (value as readonly unknown[]) : [];
}

/** Text as it is; numbers as their digits, since ids and versions are numbers with some servers; else `''`. */
export function readText(fields: Fields, key: string): string {
  const value = readField(fields, key);
  if (typeof value === 'string') return value;
  return typeof value === 'number' || typeof value === 'bigint' ? String(value) : '';
}

/** Like `readText`, but absent where it is empty. */
export function readOptionalText(fields: Fields, key: string): string | undefined {
  return readText(fields, key) || undefined;
}

/** An int64, given as a number (REST) or as text (GraphQL, proxies); undefined if it is neither. */
export function readInt64(fields: Fields, key: string): Int64 | undefined {
  const value = readField(fields, key);
  if (typeof value === 'bigint') return narrow(value);
  if (typeof value === 'number') return Number.isSafeInteger(value) ? value : undefined;
  return typeof value === 'string' && /^-?\d{1,20}$/.test(value) ? narrow(BigInt(value)) : undefined;
}

/** Milliseconds since the epoch; undefined if absent or beyond what a Date can hold. */
export function readTimestamp(fields: Fields, key: string): Timestamp | undefined {
  const value = readInt64(fields, key);
  return value === undefined || Math.abs(Number(value)) > endOfTime ? undefined : Number(value);
}

/**
 * A double. REST gives those that JSON cannot say as `"NaN"`, `"Infinity"` and `"-Infinity"` (reference/REST.md §0);
 * NaN stands for a missing value too.
 */
export function readDouble(fields: Fields, key: string): number {
  const value = readField(fields, key);
  if (typeof value === 'string') return value.trim() === '' ? NaN : restoreInfinity(Number(value));
  return typeof value === 'number' || typeof value === 'bigint' ? restoreInfinity(Number(value)) : NaN;
}

/** A list of `{key, value}` as a map; entries without a key are left out, of two equal keys the later wins. */
export function readPairs(fields: Fields, key: string): Tags {
  return new Map(
    readObjects(fields, key).flatMap((pair): [string, string][] => {
      const name = readField(pair, 'key');
      return typeof name === 'string' ? [[name, readText(pair, 'value')]] : [];
    }),
  );
}
