import { Pace } from '../histories/pace';
import type { ColumnId } from '../../webviews/protocol/arrangement';
import type { GroupCell } from '../../webviews/protocol/runsTable';
import type { RunGroup } from './displayRows';
import { sortIndices } from './mergeSort';
import { readNumber } from './readNumber';
import type { ValueColumn } from './valueColumn';

const names = new Intl.Collator(undefined, { numeric: true });

/**
 * Runs by what they have in a column, in their order. Groups stand in the order of their first runs, or by their values
 * where the runs are in no order of their own; those without a value then come last.
 */
export async function groupRuns(
  order: Int32Array,
  id: ColumnId,
  column: ValueColumn | undefined,
  isByValue: boolean,
): Promise<readonly RunGroup[]> {
  const pace = new Pace();
  const members = new Map<string | null, number[]>();
  for (const [at, slot] of order.entries()) {
    const value = column?.text(slot) ?? null;
    const present = members.get(value);
    if (present) present.push(slot);
    else members.set(value, [slot]);
    if (at % 1024 === 0) await pace.rest();
  }
  const groups: RunGroup[] = [];
  for (const [value, slots] of members) {
    groups.push({ id: value === null ? id : `${id}=${value}`, value, members: Int32Array.from(slots) });
    await pace.rest();
  }
  return isByValue ? await sortGroups(groups, pace) : groups;
}

/** Numbers first, then names, then what has no value. */
async function sortGroups(groups: readonly RunGroup[], pace: Pace): Promise<readonly RunGroup[]> {
  const numbers = groups.map(({ value }) => (value === null ? NaN : (readNumber(value) ?? NaN)));
  const compare = (one: number, other: number): number => {
    const [left = NaN, right = NaN] = [numbers[one], numbers[other]];
    const byNumber = Number(Number.isNaN(left)) - Number(Number.isNaN(right)) || left - right;
    return byNumber || compareNames(groups[one]?.value ?? null, groups[other]?.value ?? null);
  };
  const order = await sortIndices(groups.length, compare, pace);
  return Array.from(order).flatMap((index) => groups[index] ?? []);
}

function compareNames(one: string | null, other: string | null): number {
  if (one === null || other === null) return Number(one === null) - Number(other === null);
  return names.compare(one, other);
}

/**
 * What the runs of a group have in a column: mean and deviation where the column holds numbers, else what they agree in, or
 * how many different values there are. Null where none has anything.
 */
export function summarize(column: ValueColumn, members: Int32Array, isNumeric: boolean): GroupCell | null {
  const common = findCommonText(column, members);
  if (common === undefined) return null;
  const numbers = isNumeric ? summarizeNumbers(column, members) : undefined;
  if (numbers) return { ...numbers, ...(common !== null && { text: common }) };
  if (common !== null) return { count: 1, text: common };
  const different = new Set(Array.from(members, (slot) => column.text(slot)));
  different.delete(null);
  return { count: different.size };
}

/** Null if they differ, undefined if there is nothing. */
function findCommonText(column: ValueColumn, members: Int32Array): string | null | undefined {
  let common: string | undefined;
  for (const slot of members) {
    const value = column.text(slot);
    if (value === null) continue;
    if (common !== undefined && common !== value) return null;
    common = value;
  }
  return common;
}

/** In one pass that loses no digits (Welford), from the first value on, so that what is constant has no deviation. */
function summarizeNumbers(column: ValueColumn, members: Int32Array): GroupCell | undefined {
  let count = 0;
  let mean = 0;
  let squares = 0;
  for (const slot of members) {
    const value = column.number(slot) ?? NaN;
    if (!Number.isFinite(value)) continue;
    count++;
    const distance = value - mean;
    mean += distance / count;
    squares += distance * (value - mean);
  }
  if (count === 0) return undefined;
  return { count, mean, ...(count > 1 && { deviation: Math.sqrt(squares / (count - 1)) }) };
}
