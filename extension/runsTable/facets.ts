import type { Facets, FacetValue } from '../../webviews/protocol/runsTable';
import type { RunColumns } from './runColumns';
import type { ValueColumn } from './valueColumn';

/** What the loaded runs can be narrowed down by: each value with how many runs have it, the most frequent first. */
export function collectFacets(columns: RunColumns): Facets {
  const datasets = new Map<string, number>();
  for (const [cell, count] of columns.column('datasets', 'name')?.countTexts() ?? []) {
    for (const name of columns.namesOf(cell)) datasets.set(name, (datasets.get(name) ?? 0) + count);
  }
  return {
    statuses: rankByCount(columns.column('attributes', 'status')?.countTexts()),
    users: rankByCount(columns.column('attributes', 'user_id')?.countTexts()),
    datasets: rankByCount(datasets),
  };
}

/** The most frequent first, then by name. */
function rankByCount(counts: ReadonlyMap<string, number> = new Map()): readonly FacetValue[] {
  return [...counts]
    .map(([value, count]) => ({ value, count }))
    .sort((one, other) => other.count - one.count || (one.value < other.value ? -1 : 1));
}

/** As many runs as tell what values a column has: there may be as many values as runs. */
const mostRuns = 5000;

/** Different values of a column among the first of the runs, the most frequent first. */
export function listValues(column: ValueColumn | undefined, slots: Int32Array): readonly string[] {
  const counts = new Map<string, number>();
  for (const slot of slots.subarray(0, mostRuns)) {
    const value = column?.text(slot) ?? null;
    if (value !== null) counts.set(value, (counts.get(value) ?? 0) + 1);
  }
  return rankByCount(counts).map(({ value }) => value);
}
