import { compareText } from './compareText';
import { readerOf } from './readFact';
import type { RunFacts } from './runFacts';
import type { RunSortKey } from './runFilter';

/** What a run is sorted by: the values of the keys, then its start time and its id. */
export type SortValues = readonly (string | number | undefined)[];

export interface RunOrder {
  /** Asks the run for all that `compare` needs. */
  readonly keysOf: (facts: RunFacts) => SortValues;
  /** Negative where `a` comes first. */
  readonly compare: (a: SortValues, b: SortValues) => number;
}

/** What settles ties: the newest first, then the smallest id. */
const lastResort: readonly RunSortKey[] = [
  { field: { kind: 'attribute', key: 'start_time' }, isDescending: true },
  { field: { kind: 'attribute', key: 'run_id' }, isDescending: false },
];

/**
 * The order of MLflow's file store (reference/STORES.md §4): numbers, then NaN, then what is missing, in both directions;
 * texts by code point.
 */
export function compileOrder(keys: readonly RunSortKey[]): RunOrder {
  const all = [...keys, ...lastResort];
  const readers = all.map(({ field }) => readerOf(field));
  const compare = (a: SortValues, b: SortValues): number => {
    for (const [index, { isDescending }] of all.entries()) {
      const order = compareValues(a[index], b[index], isDescending);
      if (order !== 0) return order;
    }
    return 0;
  };
  return { keysOf: (facts) => readers.map((read) => read(facts)), compare };
}

function compareValues(a: SortValues[number], b: SortValues[number], isDescending: boolean): number {
  const order = rank(a) - rank(b);
  if (order !== 0 || a === undefined || b === undefined) return order;
  const ascending = typeof a === 'number' ? compareNumbers(a, Number(b)) : compareText(a, String(b));
  return isDescending ? -ascending : ascending;
}

function rank(value: SortValues[number]): number {
  if (value === undefined) return 2;
  return typeof value === 'number' && Number.isNaN(value) ? 1 : 0;
}

/** NaN equals NaN here, since ranks are equal before. */
function compareNumbers(a: number, b: number): number {
  return a < b ? -1 : Number(a > b);
}
