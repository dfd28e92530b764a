import type { ChartRun, GroupKey, LineQuery, MetricsCharts } from '../protocol/metrics';
import type { RunStatus } from '../protocol/runSummary';
import type { Arrangement, Grouping } from './arrangement';
import { compareNames } from './layout';

/** A line of every chart, and a row of the legend: a run, or all runs that have a value alike. */
export interface ChartLine extends LineQuery {
  readonly name: string;
  /** An index into the palette. */
  readonly color: number;
  readonly isRun: boolean;
  /** Of a run. */
  readonly status?: RunStatus;
  readonly isDrawn: boolean;
}

/** So many lines are drawn until the user wants more: each costs time and attention. */
export const firstLines = 100;

/** All lines there are, in the order of the runs or of the groups' values. */
export function linesOf(
  { runs, groupKeys }: Pick<MetricsCharts, 'runs' | 'groupKeys'>,
  arrangement: Pick<Arrangement, 'grouping' | 'hidden' | 'chosen' | 'isolated' | 'isUnlimited'>,
): readonly ChartLine[] {
  const key = groupKeyOf(groupKeys, arrangement.grouping);
  const lines = key ? groupedLines(runs, key) : runs.map(runLine);
  const hidden = new Set(arrangement.hidden);
  const chosen = new Set(arrangement.chosen);
  const isolated = lines.some(({ id }) => id === arrangement.isolated) ? arrangement.isolated : undefined;
  return lines.map((line, index) => {
    const isAmong = arrangement.isUnlimited || index < firstLines || chosen.has(line.id);
    const isDrawn = isolated === undefined ? isAmong && !hidden.has(line.id) : line.id === isolated;
    return { ...line, isDrawn };
  });
}

/** What the lines are grouped by; undefined when the runs have no such key any more. */
function groupKeyOf(keys: readonly GroupKey[], grouping: Grouping | undefined): GroupKey | undefined {
  return keys.find(({ source, key }) => source === grouping?.source && key === grouping.key);
}

function runLine({ id, name, color, status }: ChartRun): Omit<ChartLine, 'isDrawn'> {
  return { id, name, color, status, runIds: [id], isRun: true };
}

/** Numbers by size, then all else as people sort it. */
function compareValues(a: string, b: string): number {
  const [first, second] = [toNumber(a), toNumber(b)];
  if (first !== undefined && second !== undefined) return first - second;
  return Number(first === undefined) - Number(second === undefined) || compareNames(a, b);
}

function toNumber(text: string): number | undefined {
  const value = text.trim() === '' ? NaN : Number(text);
  return Number.isFinite(value) ? value : undefined;
}

/** One line for each value, in the order of the values; the runs without one come last. */
function groupedLines(runs: readonly ChartRun[], { values }: GroupKey): Omit<ChartLine, 'isDrawn'>[] {
  const groups = new Map<string | null, string[]>();
  runs.forEach(({ id }, index) => {
    const value = values[index] ?? null;
    const group = groups.get(value);
    if (group) group.push(id);
    else groups.set(value, [id]);
  });
  return [...groups]
    .sort(([a], [b]) => Number(a === null) - Number(b === null) || compareValues(a ?? '', b ?? ''))
    .map(([value, runIds], color) => ({
      // No value can be taken for the lack of one.
      id: value === null ? 'none' : `=${value}`,
      name: value ?? '(none)',
      runIds,
      color,
      isRun: false,
    }));
}
