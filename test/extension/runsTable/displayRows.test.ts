import { deepEqual, equal } from 'node:assert/strict';
import { folds, layOutRows, type DisplayRows } from '../../../extension/runsTable/displayRows';
import { RunColumns } from '../../../extension/runsTable/runColumns';
import { sortRuns } from '../../../extension/runsTable/sortRuns';
import type { Run } from '../../../extension/tracking/model';
import { testSeed } from '../../support/testSeed';
import { run } from '../catalog/fixtures';

/** A row of the reference: which run, how deep, and whether it is open. */
type Row = readonly [id: string, depth: number, fold: number];

/** Numbers below `limit`, the same for the same seed. */
function randomNumbers(seed: number): (limit: number) => number {
  let state = seed % 2147483647 || 1;
  return (limit) => {
    state = (state * 48271) % 2147483647;
    return state % limit;
  };
}

describe('What a table shows of random runs', () => {
  for (let round = 0; round < 60; round++) {
    const seed = testSeed + round;

    it(`is what a simple reading of the arrangement says (seed ${seed})`, async () => {
      const random = randomNumbers(seed);
      const runs = makeRuns(random);
      const columns = new RunColumns((id) => id);
      const slots = Int32Array.from(runs, (one) => columns.put(one));
      const isDescending = random(2) === 0;
      const key = { column: columns.column('metrics', 'm'), isDescending, as: 'numbers' } as const;
      const order = await sortRuns(slots, [key], columns);
      const expected = sortSimply(runs, isDescending);
      const idOf = (slot: number): string => columns.facts(slot)?.id ?? '';
      deepEqual(
        Array.from(order, idOf),
        expected.map(({ id }) => id),
      );
      const open = new Set(runs.filter(() => random(2) === 0).map(({ id }) => id));
      const pinned = [...slots.filter(() => random(10) === 0)];
      const display = layOutRows({
        order,
        pinned,
        parentOf: (slot) => columns.slotOf(columns.facts(slot)?.parentId ?? '') ?? -1,
        isOpen: (slot) => open.has(idOf(slot)),
        isGroupOpen: () => false,
      });
      const top = pinned.map((slot): Row => [idOf(slot), 0, folds.none]);
      deepEqual(toRows(display, idOf), [...top, ...nestSimply(expected, open)]);
      equal(display.pinnedCount, pinned.length);
    });
  }
});

/** Runs some of which are nested, in each other, in circles, or in none that is there. */
function makeRuns(random: (limit: number) => number): readonly Run[] {
  const count = random(40);
  const values = [NaN, Infinity, -Infinity, -1, 0, 1, 1, 2.5];
  return Array.from({ length: count }, (_, index) =>
    run(`r${index}`, {
      startedAt: random(5),
      parent: random(3) === 0 ? undefined : `r${random(count + 5)}`,
      metrics: new Map(
        random(5) === 0 ? [] : [['m', { value: values[random(values.length)] ?? 0, step: 0, timestamp: 0 }]],
      ),
    }),
  );
}

function sortSimply(runs: readonly Run[], isDescending: boolean): readonly Run[] {
  const valueOf = (one: Run): number | undefined => one.metrics.get('m')?.value;
  const rankOf = (value: number | undefined): number =>
    value === undefined ? 2 : Number.isNaN(value) ? 1 : 0;
  return runs.toSorted((one, other) => {
    const [left, right] = [valueOf(one), valueOf(other)];
    const byRank = rankOf(left) - rankOf(right);
    if (byRank !== 0) return byRank;
    const isEqual = Object.is(left, right);
    if (!isEqual) return (Number(left) < Number(right) ? -1 : 1) * (isDescending ? -1 : 1);
    return (other.startedAt ?? 0) - (one.startedAt ?? 0) || (one.id < other.id ? -1 : 1);
  });
}

/** The same by the definition, for each run anew. */
function nestSimply(runs: readonly Run[], open: ReadonlySet<string>): readonly Row[] {
  const byId = new Map(runs.map((one) => [one.id, one]));
  const saidParent = (one: Run): Run | undefined => byId.get(one.tags.get('mlflow.parentRunId') ?? '');
  const isCircular = (one: Run): boolean => {
    let ancestor = saidParent(one);
    for (let step = 0; step < runs.length && ancestor; step++) {
      if (ancestor === one) return true;
      ancestor = saidParent(ancestor);
    }
    return false;
  };
  const parentOf = (one: Run): Run | undefined => (isCircular(one) ? undefined : saidParent(one));
  const rowsUnder = (parent: Run | undefined, depth: number): readonly Row[] =>
    runs
      .filter((one) => parentOf(one) === parent)
      .flatMap((one) => {
        const hasChildren = runs.some((other) => parentOf(other) === one);
        const fold = !hasChildren ? folds.none : open.has(one.id) ? folds.open : folds.closed;
        return [[one.id, depth, fold] as const, ...(fold === folds.open ? rowsUnder(one, depth + 1) : [])];
      });
  return rowsUnder(undefined, 0);
}

function toRows(display: DisplayRows, idOf: (slot: number) => string): readonly Row[] {
  return Array.from(display.slots, (slot, at) => [
    idOf(slot),
    display.depths[at] ?? -1,
    display.folds[at] ?? -1,
  ]);
}
