import { missingCell, type DiffRow, type RunDiff } from '../../protocol/runDiff';

/** What runs have that can be drawn: their parameters and metrics as numbers, or as categories. */

export interface Variable {
  /** The same for as long as a run has it: `metrics loss`. */
  readonly id: string;
  readonly section: 'params' | 'metrics';
  /** A stranger's. */
  readonly name: string;
  /** For each run: its number, or the place of its category; undefined where it has none that can be drawn. */
  readonly values: readonly (number | undefined)[];
  /** The texts of a parameter that is no number; undefined for one that is. */
  readonly categories?: readonly string[];
  /** How many runs have NaN or an infinity, which no axis has a place for. */
  readonly unbounded: number;
  /** Whether there are two different values to be drawn. */
  readonly differs: boolean;
}

/** All that can be drawn, in reading order: parameters, then metrics. */
export function collectVariables({ sections }: Pick<RunDiff, 'sections'>): readonly Variable[] {
  return sections.flatMap(({ id, rows }) =>
    id === 'params' || id === 'metrics' ? rows.flatMap((row) => toVariable(id, row) ?? []) : [],
  );
}

function toVariable(section: Variable['section'], row: DiffRow): Variable | undefined {
  const numbers = row.values.map(readNumber);
  const isNumeric = section === 'metrics' || numbers.every((number) => number !== undefined);
  const values = row.cells.map((cell) => {
    if (cell < 0) return undefined;
    if (!isNumeric) return cell;
    const number = numbers[cell];
    return number !== undefined && Number.isFinite(number) ? number : undefined;
  });
  const drawn = new Set(values.filter((value) => value !== undefined));
  if (drawn.size === 0) return undefined;
  const unbounded = row.cells.filter((cell, index) => cell >= 0 && values[index] === undefined).length;
  return {
    ...{ id: `${section} ${row.key}`, section, name: row.key, values, unbounded },
    ...(isNumeric ? {} : { categories: row.values }),
    differs: drawn.size > 1,
  };
}

const words: ReadonlyMap<string, number> = new Map([
  ['nan', NaN],
  ['inf', Infinity],
  ['infinity', Infinity],
]);

/** The number that a text is, also NaN and infinities as Python and JavaScript write them; undefined for other texts. */
export function readNumber(text: string): number | undefined {
  const bare = text.trim();
  if (/^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(bare)) return Number(bare);
  const [, sign = '', word = ''] = /^([+-]?)([a-z]+)$/i.exec(bare) ?? [];
  const size = words.get(word.toLowerCase());
  return size === undefined ? undefined : sign === '-' ? -size : size;
}

/** What runs can be put into groups by: a parameter or tag of which there are several values. */
export interface Grouping {
  readonly id: string;
  readonly section: 'params' | 'tags';
  readonly name: string;
  /** A stranger's text each. */
  readonly groups: readonly { readonly label: string; readonly runs: readonly number[] }[];
}

export function collectGroupings({ sections }: Pick<RunDiff, 'sections'>): readonly Grouping[] {
  return sections.flatMap(({ id, rows }) =>
    id === 'params' || id === 'tags' ? rows.flatMap((row) => toGrouping(id, row) ?? []) : [],
  );
}

/** Runs that lack the value are a group of their own. */
function toGrouping(section: Grouping['section'], { key, values, cells }: DiffRow): Grouping | undefined {
  const runsOf = (isIn: (cell: number) => boolean) => cells.flatMap((cell, run) => (isIn(cell) ? [run] : []));
  const groups = [
    ...values.map((label, place) => ({ label, runs: runsOf((cell) => cell === place) })),
    { label: '(none)', runs: runsOf((cell) => cell === missingCell) },
  ].filter(({ runs }) => runs.length > 0);
  if (groups.length < 2) return undefined;
  return { id: `${section} ${key}`, section, name: key, groups: inOrder(groups) };
}

/** Numbers by size, other texts as they come. */
function inOrder(groups: Grouping['groups']): Grouping['groups'] {
  const numberOf = ({ label }: { readonly label: string }) => readNumber(label) ?? Infinity;
  return [...groups].sort((one, other) => {
    const [before, after] = [numberOf(one), numberOf(other)];
    return before === after ? 0 : before < after ? -1 : 1;
  });
}
