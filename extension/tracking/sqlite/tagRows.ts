import type { SQLInputValue } from 'node:sqlite';
import type { Findings } from './cells';
import { readRequiredText, readText, type Row } from './cells';
import type { Reading } from './database';

/** The rows of a statement by their first column, which tells whose they are. */
export function readTags(
  reading: Reading,
  sql: string,
  ...parameters: readonly SQLInputValue[]
): ReadonlyMap<string, readonly Row[]> {
  const owners = new Map<string, Row[]>();
  for (const row of reading.rows(sql, ...parameters)) {
    const owner = String(row[0]);
    const known = owners.get(owner);
    if (known) known.push(row);
    else owners.set(owner, [row]);
  }
  return owners;
}

/** Tags or parameters of rows whose second and third column are key and value. */
export function toTags(rows: readonly Row[], findings: Findings): ReadonlyMap<string, string> {
  const tags = new Map<string, string>();
  for (const [, key, value] of rows) {
    const name = readRequiredText(key, "tag's key", findings);
    tags.set(name, readText(value, `tag ${name}`, findings));
  }
  return tags;
}
