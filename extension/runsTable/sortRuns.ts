import { Pace } from '../histories/pace';
import { compareText } from '../tracking/filter/compareText';
import type { RunColumns } from './runColumns';
import { sortIndices } from './mergeSort';
import type { ValueColumn } from './valueColumn';

/** One thing to sort by; of a column that no run has, undefined. */
export interface SortColumn {
  readonly column: ValueColumn | undefined;
  readonly isDescending: boolean;
  /**
   * `texts` by code point, as MLflow sorts them; `natural` as numbers where all are, else as people sort names, `layer2`
   * before `layer10`.
   */
  readonly as: 'numbers' | 'texts' | 'natural';
}

/** What is compared, by place in the listing. */
interface Ranks {
  readonly values: Float64Array;
  /** 0 for what is in its order, 1 for NaN, 2 for what is missing: these come last in both directions. */
  readonly classes: Uint8Array;
  readonly sign: 1 | -1;
}

const names = new Intl.Collator(undefined, { numeric: true });

/**
 * The slots in order: by the first column, what is equal there by the next, and at last as MLflow settles it, the newest
 * first and then by id. NaN and then missing values come last in both directions.
 */
export async function sortRuns(
  slots: Int32Array,
  keys: readonly SortColumn[],
  columns: RunColumns,
): Promise<Int32Array> {
  const pace = new Pace();
  const ranks: Ranks[] = [];
  const newest = {
    column: columns.column('attributes', 'start_time'),
    isDescending: true,
    as: 'numbers',
  } as const;
  for (const key of [...keys, newest]) {
    if (key.column) ranks.push(await rankValues(slots, key.column, key, pace));
  }
  const idOf = (at: number): string => columns.facts(slots[at] ?? -1)?.id ?? '';
  const compare = (one: number, other: number): number => {
    for (const rank of ranks) {
      const order = compareRanks(rank, one, other);
      if (order !== 0) return order;
    }
    return compareText(idOf(one), idOf(other));
  };
  const order = await sortIndices(slots.length, compare, pace);
  return Int32Array.from(order, (at) => slots[at] ?? -1);
}

function compareRanks({ values, classes, sign }: Ranks, one: number, other: number): number {
  const byClass = (classes[one] ?? 2) - (classes[other] ?? 2);
  if (byClass !== 0 || classes[one] !== 0) return byClass;
  const left = values[one] ?? 0;
  const right = values[other] ?? 0;
  return left < right ? -sign : left > right ? sign : 0;
}

async function rankValues(
  slots: Int32Array,
  column: ValueColumn,
  { isDescending, as }: SortColumn,
  pace: Pace,
): Promise<Ranks> {
  const values = new Float64Array(slots.length);
  const classes = new Uint8Array(slots.length).fill(2);
  const isNumeric = as === 'numbers' || (as === 'natural' && column.isNumeric);
  const places = isNumeric ? undefined : await rankTexts(column, as === 'texts', pace);
  for (let at = 0; at < slots.length; at++) {
    const slot = slots[at] ?? -1;
    if (!column.has(slot)) continue;
    const value = places ? places.get(column.text(slot) ?? '') : column.number(slot);
    values[at] = value ?? NaN;
    classes[at] = Number.isNaN(values[at]) ? 1 : 0;
    if (at % 1024 === 0) await pace.rest();
  }
  return { values, classes, sign: isDescending ? -1 : 1 };
}

/** The place of each different text among all. */
async function rankTexts(
  column: ValueColumn,
  isBinary: boolean,
  pace: Pace,
): Promise<ReadonlyMap<string, number>> {
  const texts = [...column.countTexts().keys()];
  const compare = (one: number, other: number): number => {
    const left = texts[one] ?? '';
    const right = texts[other] ?? '';
    return (isBinary ? 0 : names.compare(left, right)) || compareText(left, right);
  };
  const order = await sortIndices(texts.length, compare, pace);
  return new Map(Array.from(order, (index, place) => [texts[index] ?? '', place]));
}
