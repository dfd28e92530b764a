import {
  columnIdOf,
  type Arrangement,
  type ColumnId,
  type ColumnKind,
  type MetricStatistic,
} from '../../webviews/protocol/arrangement';
import type { Direction } from '../../webviews/protocol/metrics';
import type { Column } from '../../webviews/protocol/runsTable';
import { readColumnId, type ColumnName } from './columnIds';
import { orderByStore } from './composeQuery';
import type { MetricStatistics } from './metricStatistics';
import { attributes, nameKey } from './runCells';
import type { RunColumns } from './runColumns';
import type { ValueColumn } from './valueColumn';

/** What is known of runs, by column. */
export interface ColumnSource {
  readonly columns: RunColumns;
  readonly statistics: Pick<MetricStatistics, 'column'>;
  readonly directionOf: (metric: string) => Direction;
  readonly experimentCount: number;
}

/** The kinds in the order in which their columns stand. */
const kinds: readonly ColumnKind[] = ['attributes', 'metrics', 'params', 'datasets', 'models', 'tags'];
const statistics: readonly MetricStatistic[] = ['last', 'min', 'max', 'best', 'trend'];
const names = new Intl.Collator(undefined, { numeric: true });

/** MLflow takes keys of 250 characters; what is so much longer would not fit a view's question for it. */
const longestKey = 5000;

/** All columns that any run has something in, in their own order; of each metric its last value. */
export function listColumns(source: ColumnSource): readonly Column[] {
  return kinds.flatMap((kind) =>
    listKeys(kind, source.columns)
      .filter((key) => key.length <= longestKey)
      .map((key) => describe(kind, key, source)),
  );
}

/** The columns that an arrangement shows of these, in its order; those that it adds need not be among them. */
export function chooseColumns(
  all: readonly Column[],
  arrangement: Arrangement,
  source: ColumnSource,
): readonly Column[] {
  const known = new Set(all.map(({ id }) => id));
  const added = new Set(arrangement.added);
  const hidden = new Set(arrangement.hidden);
  const foreign = [...added].filter((id) => !known.has(id)).flatMap((id) => describeId(id, source) ?? []);
  const isChosen = (column: Column): boolean =>
    (added.has(column.id) || isShownByItself(column, source)) &&
    !hidden.has(column.id) &&
    (!arrangement.onlyWithValues || column.valueCount > 0) &&
    (!arrangement.onlyDiffering || column.differs);
  const chosen = insertInOrder(all, foreign).filter(isChosen);
  return arrange(chosen, [...arrangement.pinnedColumns, ...arrangement.order]);
}

/** What of an arrangement decides on the shown columns. */
export function choiceOf(arrangement: Arrangement): string {
  const { hidden, added, order, pinnedColumns, onlyDiffering, onlyWithValues } = arrangement;
  return JSON.stringify([hidden, added, order, pinnedColumns, onlyDiffering, onlyWithValues]);
}

/** The column that an id names; undefined for what is none. */
export function describeId(id: ColumnId, source: ColumnSource): Column | undefined {
  const name = readColumnId(id);
  return name && describe(name.kind, name.key, source, name.statistic);
}

function describe(
  kind: ColumnKind,
  key: string,
  source: ColumnSource,
  statistic: MetricStatistic = 'last',
): Column {
  const { columns, directionOf } = source;
  const id = columnIdOf(kind, key, statistic);
  const values = columns.column(kind, key);
  const own = statistic === 'last' ? values : source.statistics.column(key, statistic);
  const format = formatOf({ kind, key, statistic }, values?.isNumeric === true);
  const extremes = format === 'text' || format === 'status' ? undefined : own?.extremes;
  return {
    id,
    kind,
    key,
    ...(kind === 'metrics' && { statistic, direction: directionOf(key) }),
    format,
    valueCount: values?.valueCount ?? 0,
    differs: isDiffering(values, columns.runCount),
    ...(extremes && { range: extremes }),
    sortsHere: orderByStore({ column: id, isDescending: false }) === undefined,
    isGroupable: kind === 'attributes' ? isGroupable(key) : kind !== 'metrics',
  };
}

function isDiffering(values: ValueColumn | undefined, runCount: number): boolean {
  if (!values || values.valueCount === 0) return false;
  return values.valueCount < runCount || !values.isUniform;
}

function formatOf({ kind, key, statistic }: ColumnName, isNumeric: boolean): Column['format'] {
  if (statistic === 'trend') return 'trend';
  if (kind === 'metrics') return 'number';
  if (kind === 'attributes') return attributes.find((one) => one.key === key)?.format ?? 'text';
  return kind === 'params' && isNumeric ? 'number' : 'text';
}

function isGroupable(key: string): boolean {
  return key === nameKey || attributes.find((one) => one.key === key)?.isGroupable === true;
}

function isShownByItself({ kind, key, statistic }: Column, { experimentCount }: ColumnSource): boolean {
  switch (kind) {
    case 'metrics':
      return statistic === 'last';
    case 'params':
      return true;
    case 'tags':
      return false;
    case 'datasets':
    case 'models':
      return key === 'name';
    case 'attributes':
      if (key === 'experiment') return experimentCount > 1;
      return attributes.find((one) => one.key === key)?.isShown === true;
  }
}

/** Attributes are known before any run is; other keys are what the runs have. */
function listKeys(kind: ColumnKind, columns: RunColumns): readonly string[] {
  if (kind === 'attributes') return attributes.map(({ key }) => key);
  return [...columns.columnsOf(kind).keys()].sort(names.compare);
}

/** Puts other statistics behind the last value of their metric, and what no run has behind its kind. */
function insertInOrder(all: readonly Column[], foreign: readonly Column[]): readonly Column[] {
  if (foreign.length === 0) return all;
  const place = new Map(all.map(({ id }, index) => [id, index]));
  const rank = ({ kind, key }: Column): number => {
    const ofMetric = place.get(columnIdOf(kind, key));
    return ofMetric ?? all.findLastIndex((one) => kinds.indexOf(one.kind) <= kinds.indexOf(kind));
  };
  const ranked = [...all, ...foreign].map((column) => ({ column, rank: rank(column) }));
  const statisticRank = ({ statistic = 'last' }: Column): number => statistics.indexOf(statistic);
  ranked.sort(
    (one, other) => one.rank - other.rank || statisticRank(one.column) - statisticRank(other.column),
  );
  return ranked.map(({ column }) => column);
}

/** Those that are named first, in that order, then all others in their own. */
function arrange(columns: readonly Column[], first: readonly ColumnId[]): readonly Column[] {
  const byId = new Map(columns.map((column) => [column.id, column]));
  const named = [...new Set(first)].flatMap((id) => byId.get(id) ?? []);
  const taken = new Set(named);
  return [...named, ...columns.filter((column) => !taken.has(column))];
}
