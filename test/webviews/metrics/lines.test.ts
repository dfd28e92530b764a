import { deepEqual, equal } from 'node:assert/strict';
import type { ChartRun, GroupKey } from '../../../webviews/protocol/metrics';
import { drawFirstLines, initialArrangement, setLineDrawn } from '../../../webviews/metrics/arrangement';
import { firstLines, linesOf } from '../../../webviews/metrics/lines';

function someRuns(count: number): readonly ChartRun[] {
  return Array.from({ length: count }, (_, index) => ({
    id: `r${index}`,
    name: `run ${index}`,
    status: 'FINISHED',
    color: index + 3,
  }));
}

describe('The lines of the charts', () => {
  const runs = someRuns(5);
  const lr: GroupKey = { source: 'param', key: 'lr', values: ['0.01', '0.1', null, '0.01', '(none)'] };
  const drawn = (lines: ReturnType<typeof linesOf>) =>
    lines.filter(({ isDrawn }) => isDrawn).map(({ id }) => id);

  it('are the runs, in their colours', () => {
    const lines = linesOf({ runs, groupKeys: [lr] }, initialArrangement);
    deepEqual(
      lines.map(({ id, color, runIds }) => [id, color, runIds]),
      runs.map(({ id, color }) => [id, color, [id]]),
    );
  });

  it('are one for each value where runs are grouped, in the order of the values', () => {
    const arrangement = { ...initialArrangement, grouping: { source: 'param', key: 'lr' } as const };
    deepEqual(
      linesOf({ runs, groupKeys: [lr] }, arrangement).map(({ name, color, runIds }) => [name, color, runIds]),
      [
        ['0.01', 0, ['r0', 'r3']],
        ['0.1', 1, ['r1']],
        ['(none)', 2, ['r4']],
        ['(none)', 3, ['r2']],
      ],
    );
    const ids = linesOf({ runs, groupKeys: [lr] }, arrangement).map(({ id }) => id);
    equal(new Set(ids).size, ids.length);
  });

  it('are the runs where nobody has the key any more', () => {
    const arrangement = { ...initialArrangement, grouping: { source: 'tag', key: 'lr' } as const };
    equal(linesOf({ runs, groupKeys: [lr] }, arrangement).length, runs.length);
  });

  it('are drawn up to a number, and beyond it one by one or all', () => {
    const charts = { runs: someRuns(firstLines + 20), groupKeys: [] };
    equal(drawn(linesOf(charts, initialArrangement)).length, firstLines);
    const one = setLineDrawn(initialArrangement, `r${firstLines + 5}`, true);
    equal(drawn(linesOf(charts, one)).at(-1), `r${firstLines + 5}`);
    equal(drawn(linesOf(charts, { ...initialArrangement, isUnlimited: true })).length, firstLines + 20);
  });

  it('are hidden, or alone', () => {
    const charts = { runs, groupKeys: [] };
    deepEqual(drawn(linesOf(charts, setLineDrawn(initialArrangement, 'r1', false))), [
      'r0',
      'r2',
      'r3',
      'r4',
    ]);
    deepEqual(drawn(linesOf(charts, { ...initialArrangement, isolated: 'r3', hidden: ['r3'] })), ['r3']);
    const ids = runs.map(({ id }) => id);
    deepEqual(drawn(linesOf(charts, drawFirstLines(initialArrangement, ids, 2))), ['r0', 'r1']);
  });

  it('are all drawn where the one that was alone is gone', () => {
    equal(drawn(linesOf({ runs, groupKeys: [] }, { ...initialArrangement, isolated: 'gone' })).length, 5);
  });
});
