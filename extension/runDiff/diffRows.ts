import { missingCell, unknownCell, type DiffRow, type RowState } from '../../webviews/protocol/runDiff';
import { compareValues } from './compareValues';

/** A run's value in a row: undefined where the run has none, null where nothing of the run is known. */
export type CellValue = string | undefined | null;

/** What the longest text may be that crosses to a view; MLflow's own limit is 8,000 for tags, 6,000 for parameters. */
const longestText = 100_000;

/** A row over the values of all runs. */
export function toRow(
  key: string,
  cells: readonly CellValue[],
  options: Pick<DiffRow, 'format'> = {},
): DiffRow {
  const [first] = cells;
  // Most rows of most runs, and by far the quickest to tell.
  if (typeof first === 'string' && cells.every((cell) => cell === first)) {
    return { key: bound(key), state: 'equal', values: [bound(first)], cells: cells.map(() => 0), ...options };
  }
  return fillRow(key, cells, compareValues(cells.filter((cell) => cell !== null)), options);
}

/** A row whose state is known. */
export function fillRow(
  key: string,
  cells: readonly CellValue[],
  state: RowState,
  options: Pick<DiffRow, 'format'> = {},
): DiffRow {
  const values: string[] = [];
  const places = cells.map((cell) => {
    if (cell === undefined) return missingCell;
    if (cell === null) return unknownCell;
    const place = values.indexOf(cell);
    return place === -1 ? values.push(cell) - 1 : place;
  });
  return { key: bound(key), state, values: values.map(bound), cells: places, ...options };
}

/**
 * One row for each key that any run has, in reading order. A run of which nothing is known has no map.
 */
export function rowsByKey(runs: readonly (ReadonlyMap<string, string> | undefined)[]): readonly DiffRow[] {
  return [...gather(runs)].map(([key, cells]) => toRow(key, cells)).sort(byKey);
}

/** What each run has under each key. */
export function gather<T>(
  runs: readonly (ReadonlyMap<string, T> | undefined)[],
): Map<string, (T | undefined | null)[]> {
  const rows = new Map<string, (T | undefined | null)[]>();
  const blank = runs.map((run) => (run ? undefined : null));
  for (const [column, run] of runs.entries()) {
    for (const [key, value] of run ?? []) {
      let cells = rows.get(key);
      if (!cells) rows.set(key, (cells = [...blank]));
      cells[column] = value;
    }
  }
  return rows;
}

const names = new Intl.Collator(undefined, { numeric: true });

/** By name, `layer_2` before `layer_10`. */
export function byKey(one: Pick<DiffRow, 'key'>, other: Pick<DiffRow, 'key'>): number {
  return names.compare(one.key, other.key) || (one.key < other.key ? -1 : 1);
}

function bound(text: string): string {
  return text.length <= longestText ? text : `${text.slice(0, longestText)}…`;
}
