import type { MetricPoint } from '../tracking/model';
import type { Change, DiffRow } from '../../webviews/protocol/runDiff';
import { compareNumbers } from './compareValues';
import { byKey, fillRow, gather } from './diffRows';

/** Which values of a metric are better. */
export type DirectionOf = (metric: string) => 'lower' | 'higher';

/** One row for each metric, by its last value; a run of which nothing is known has no map. */
export function diffMetrics(
  runs: readonly (ReadonlyMap<string, MetricPoint> | undefined)[],
  baseline: number,
  directionOf: DirectionOf,
): readonly DiffRow[] {
  const rows = [...gather(runs)].map(([key, points]) => {
    const values = points.map((point) => (point ? point.value : point));
    const state = compareNumbers(values.filter((value) => value !== null));
    const texts = values.map((value) =>
      typeof value === 'number' ? String(value === 0 ? 0 : value) : value,
    );
    const row = fillRow(key, texts, state, { format: 'number' });
    const base = values[baseline];
    const direction = isMachine({ key }) ? undefined : directionOf(key);
    return {
      ...row,
      changes: values.map((value, index) => (index === baseline ? null : toChange(value, base, direction))),
    };
  });
  return rows.sort((one, other) => Number(isMachine(one)) - Number(isMachine(other)) || byKey(one, other));
}

/** How a value compares with the baseline's, neither better nor worse without a direction: null where one of them is missing, or NaN against a number. */
export function toChange(
  value: number | undefined | null,
  base: number | undefined | null,
  direction: 'lower' | 'higher' | undefined,
): Change | null {
  if (typeof value !== 'number' || typeof base !== 'number') return null;
  if (value === base || (Number.isNaN(value) && Number.isNaN(base))) return { delta: '0', verdict: 'same' };
  const delta = value - base;
  if (Number.isNaN(delta)) return null;
  const percent = base === 0 || !Number.isFinite(base) ? undefined : (delta / Math.abs(base)) * 100;
  return {
    delta: String(delta),
    ...(percent === undefined ? {} : { percent: String(percent) }),
    verdict: judge(delta, direction),
  };
}

function judge(delta: number, direction: 'lower' | 'higher' | undefined): Change['verdict'] {
  if (direction === undefined) return 'neutral';
  return delta < 0 === (direction === 'lower') ? 'better' : 'worse';
}

/** What the machine did comes after what the model scored. */
function isMachine({ key }: Pick<DiffRow, 'key'>): boolean {
  return key.startsWith('system/');
}
