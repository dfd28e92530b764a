export interface BenchOptions {
  readonly repetitions: number;
  /** Runs in the store. */
  readonly runs: number;
  /** How long to read beside a writer. */
  readonly seconds: number;
  /** The size of the file that is downloaded, in MiB. */
  readonly megabytes: number;
  /** Which parts of a bench are measured, by name, where it has some that can be left out. */
  readonly only: RegExp;
}

/** One measured comparison: ours and a peer's in the same run, since absolute times mean little on a shared machine. */
export interface BenchResult {
  readonly name: string;
  /** Median of ours, in `unit`. */
  readonly ours: number;
  /** Median of the peer's, in `unit`; for a plain limit, the limit. */
  readonly peer: number;
  readonly ratio: number;
  /** The greatest ratio that meets the goal. */
  readonly goal: number;
  readonly pass: boolean;
  readonly unit: string;
}

/** Compares two series by their medians; the goal is met when ours is at most `goal` times the peer's. */
export function compare(
  name: string,
  unit: string,
  ours: readonly number[],
  peer: readonly number[],
  goal: number,
): BenchResult {
  const [mine, theirs] = [median(ours), median(peer)];
  const ratio = mine / theirs;
  return { name, ours: mine, peer: theirs, ratio, goal, pass: ratio <= goal, unit };
}

/** Holds a figure against a fixed limit. */
export function limit(name: string, unit: string, ours: number, most: number): BenchResult {
  return compare(name, unit, [ours], [most], 1);
}

/** The middle value; the mean of the two middle ones for an even count. Throws on an empty series. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const [low, high] = [
    sorted[Math.floor((sorted.length - 1) / 2)],
    sorted[Math.ceil((sorted.length - 1) / 2)],
  ];
  if (low === undefined || high === undefined) throw new Error('There is no median of nothing.');
  return (low + high) / 2;
}

/** The results as lines of a table for the terminal. */
export function formatTable(results: readonly BenchResult[]): string {
  const rows = results.map(({ name, ours, peer, ratio, goal, pass, unit }) => [
    name,
    `${formatFigure(ours)} ${unit}`,
    `${formatFigure(peer)} ${unit}`,
    ratio.toFixed(3),
    `≤ ${goal.toFixed(3)}`,
    pass ? 'met' : 'MISSED',
  ]);
  const table = [['benchmark', 'ours', 'peer', 'ratio', 'goal', ''], ...rows];
  const widths = (table[0] ?? []).map((_, column) =>
    Math.max(...table.map((row) => row[column]?.length ?? 0)),
  );
  return table
    .map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

function formatFigure(value: number): string {
  return value >= 100 ? value.toFixed(0) : value.toPrecision(3);
}
