import type { Grouping, Variable } from './variables';

/** What the plots show: what the user chose, else what differs. */

export const plotKinds = ['parallel', 'scatter', 'box'] as const;
export type PlotKind = (typeof plotKinds)[number];

/** Ids of variables; what is undefined is chosen by itself. */
export interface PlotsArrangement {
  readonly isShown: boolean;
  readonly kind: PlotKind;
  readonly axes?: readonly string[];
  readonly x?: string;
  readonly y?: string;
  /** Of the box plot. */
  readonly values?: readonly string[];
  /** Of the box plot; empty for none. */
  readonly groupBy?: string;
}

export const initialPlots: PlotsArrangement = { isShown: false, kind: 'parallel' };

/** More do not fit side by side. */
export const mostAxes = 8;
const mostMetrics = 4;
/** A category whose texts are longer is no axis unless the user says so. */
const longestCategory = 40;

export interface PlotChoices {
  readonly axes: readonly Variable[];
  readonly x: Variable | undefined;
  readonly y: Variable | undefined;
  readonly values: readonly Variable[];
  readonly groupBy: Grouping | undefined;
}

/** What is drawn of all there is. Chosen things that no run has any more are left out. */
export function choosePlots(
  variables: readonly Variable[],
  groupings: readonly Grouping[],
  { axes, x, y, values, groupBy }: PlotsArrangement,
): PlotChoices {
  const find = (id: string | undefined) => variables.find((variable) => variable.id === id);
  const findAll = (ids: readonly string[] | undefined) => {
    const found = variables.filter(({ id }) => ids?.includes(id));
    return found.length > 0 ? found : undefined;
  };
  const numbers = byWorth(variables.filter(({ differs, categories }) => differs && !categories));
  const [params, metrics] = [ofSection(numbers, 'params'), ofSection(numbers, 'metrics')];
  const [firstX] = [...params, ...metrics.slice(1), ...metrics];
  const [firstY] = [...metrics, ...params.slice(1), ...params];
  return {
    axes: findAll(axes) ?? chooseAxes(variables),
    x: find(x) ?? firstX,
    y: find(y) ?? firstY,
    values: findAll(values)?.filter(isNumber) ?? (firstY ? [firstY] : []),
    groupBy:
      groupBy === '' ? undefined : (groupings.find(({ id }) => id === groupBy) ?? chooseGrouping(groupings)),
  };
}

export function isNumber({ categories }: Variable): boolean {
  return categories === undefined;
}

/** Those that differ: parameters to the left, numbers before categories, what came of them to the right. */
function chooseAxes(variables: readonly Variable[]): readonly Variable[] {
  const differing = byWorth(variables.filter(({ differs }) => differs));
  const metrics = ofSection(differing, 'metrics').slice(0, mostMetrics);
  const params = ofSection(differing, 'params');
  const short = (variable: Variable) =>
    variable.categories?.every((text) => text.length <= longestCategory) === true;
  const chosen = [...params.filter(isNumber), ...params.filter(short)].slice(0, mostAxes - metrics.length);
  return variables.filter((variable) => chosen.includes(variable) || metrics.includes(variable));
}

/** What the machine did comes last. */
function byWorth(variables: readonly Variable[]): readonly Variable[] {
  const isMachine = ({ name }: Variable) => Number(name.startsWith('system/'));
  return [...variables].sort((one, other) => isMachine(one) - isMachine(other));
}

function ofSection(variables: readonly Variable[], section: Variable['section']): readonly Variable[] {
  return variables.filter((variable) => variable.section === section);
}

/** The one with the fewest groups of which some hold several runs: a box of one value is a line. */
function chooseGrouping(groupings: readonly Grouping[]): Grouping | undefined {
  const useful = groupings.filter(({ groups }) => groups.some(({ runs }) => runs.length > 1));
  return [...useful].sort((one, other) => one.groups.length - other.groups.length)[0];
}

/** A box of the box plot. */
export interface Box {
  readonly label: string;
  readonly points: readonly { readonly run: number; readonly value: number }[];
}

/** One box for each group, or for each of several variables; those without a value are left out. */
export function boxesOf(
  { values, groupBy }: Pick<PlotChoices, 'values' | 'groupBy'>,
  runs: number,
): readonly Box[] {
  const everyRun = Array.from({ length: runs }, (_, run) => run);
  const groups = groupBy?.groups ?? [{ label: '', runs: everyRun }];
  const boxes = groups.flatMap((group) =>
    values.map((variable) => ({
      label:
        [group.label, values.length > 1 || !groupBy ? variable.name : '']
          .filter((part) => part !== '')
          .join(' · ') || '(empty)',
      points: group.runs.flatMap((run) => {
        const value = variable.values[run];
        return value === undefined ? [] : [{ run, value }];
      }),
    })),
  );
  return boxes.filter(({ points }) => points.length > 0);
}

/** A saved arrangement as far as it can be trusted. */
export function readPlots(value: unknown): PlotsArrangement {
  if (typeof value !== 'object' || value === null) return initialPlots;
  const { isShown, kind, axes, x, y, values, groupBy } = value as Partial<
    Record<keyof PlotsArrangement, unknown>
  >;
  const texts = { x, y, groupBy };
  const lists = { axes, values };
  const isTexts = (list: unknown) => Array.isArray(list) && list.every((one) => typeof one === 'string');
  return {
    isShown: isShown === true,
    kind: plotKinds.find((one) => one === kind) ?? initialPlots.kind,
    ...Object.fromEntries(Object.entries(texts).filter(([, text]) => typeof text === 'string')),
    ...Object.fromEntries(Object.entries(lists).filter(([, list]) => isTexts(list))),
  };
}
