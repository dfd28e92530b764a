import type { Int64 } from '../model';
import { endOfTime } from '../numbers';

/** A value of a meta.yaml; whatever is neither text, number nor null nor a mapping of such is left out. */
export type MetaValue = string | Int64 | null | MetaFields;
export type MetaFields = ReadonlyMap<string, MetaValue>;

/** Text as it is, numbers as their digits: ids were numbers once, and a name may look like one; undefined if absent. */
export function textOf(fields: MetaFields, key: string): string | undefined {
  const value = fields.get(key);
  if (typeof value === 'string') return value;
  return typeof value === 'number' || typeof value === 'bigint' ? String(value) : undefined;
}

/** Like `textOf`, but `undefined` for the empty text too. */
export function optionalTextOf(fields: MetaFields, key: string): string | undefined {
  const text = textOf(fields, key);
  return text === '' ? undefined : text;
}

export function integerOf(fields: MetaFields, key: string): Int64 | undefined {
  const value = fields.get(key);
  if (typeof value === 'number') return Number.isInteger(value) ? value : undefined;
  return typeof value === 'bigint' ? value : undefined;
}

/** Milliseconds since the epoch; undefined if absent, no integer or beyond what a Date can hold. */
export function timeOf(fields: MetaFields, key: string): number | undefined {
  const value = integerOf(fields, key);
  return typeof value === 'number' && Math.abs(value) <= endOfTime ? value : undefined;
}

/** The texts of a mapping inside a mapping. */
export function textsOf(fields: MetaFields, key: string): ReadonlyMap<string, string> {
  const inner = fields.get(key);
  if (!(inner instanceof Map)) return new Map();
  const pairs = inner as MetaFields;
  return new Map([...pairs.keys()].map((name) => [name, textOf(pairs, name) ?? '']));
}
