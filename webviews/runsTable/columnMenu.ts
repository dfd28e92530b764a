import { columnIdOf, type Arrangement, type ColumnId, type MetricStatistic } from '../protocol/arrangement';
import type { Column } from '../protocol/runsTable';
import type { MenuItem } from '../shared/menu';
import { moveColumn, sortBy, toggled } from './columnOrder';
import type { ArrangementChange } from './tableHost';

/** What can be done with a column. */

export interface ColumnMenuContext {
  readonly arrangement: Arrangement;
  /** As they are shown, without the name. */
  readonly shown: readonly Column[];
  readonly arrange: (change: ArrangementChange) => void;
  /** Makes the column as wide as what is seen of it. */
  readonly fit: (column: Column | undefined) => void;
  readonly chooseColumns: () => void;
  /** Puts the beginning of a filter by the column into the filter box, where that can be. */
  readonly proposeFilter: ((column: Column | undefined) => void) | undefined;
}

/** What rows are sorted by where it is this column; undefined is the name's. */
export function sortIdOf(column: Column | undefined): ColumnId {
  return column?.id ?? columnIdOf('attributes', 'run_name');
}

/** A curve has no place among others. */
export function isSortable(column: Column | undefined): boolean {
  return column?.statistic !== 'trend';
}

/** MLflow's filters know what a run itself has, not its histories. */
function isFilterable(column: Column | undefined): boolean {
  return (column?.statistic ?? 'last') === 'last';
}

export function columnMenuItems(column: Column | undefined, context: ColumnMenuContext): readonly MenuItem[] {
  const { fit, chooseColumns, proposeFilter, arrangement, arrange } = context;
  const groups: (readonly MenuItem[])[] = [
    isSortable(column) ? sortItems(column, context) : [],
    column ? placeItems(column, context) : [],
    column?.kind === 'metrics' ? statisticItems(column, context) : [],
    [
      ...(column ? groupItems(column, context) : []),
      ...(proposeFilter && isFilterable(column)
        ? [action('Filter by This Column…', () => proposeFilter(column))]
        : []),
      check('Only Columns That Differ', arrangement.onlyDiffering, () =>
        arrange({ onlyDiffering: !arrangement.onlyDiffering }),
      ),
      action('Fit Width', () => fit(column)),
      action('Choose Columns…', chooseColumns),
    ],
  ];
  return groups
    .filter((items) => items.length > 0)
    .flatMap((items, index): readonly MenuItem[] =>
      index === 0 ? items : [{ kind: 'separator' }, ...items],
    );
}

function sortItems(
  column: Column | undefined,
  { arrangement, arrange }: ColumnMenuContext,
): readonly MenuItem[] {
  const { sort } = arrangement;
  const id = sortIdOf(column);
  const present = sort.find((key) => key.column === id);
  const by = (isDescending: boolean, isAdded: boolean) => () =>
    arrange({ sort: sortBy(sort, id, isDescending, isAdded) });
  const hasOthers = sort.some((key) => key.column !== id);
  return [
    check('Sort Ascending', present?.isDescending === false, by(false, false)),
    check('Sort Descending', present?.isDescending === true, by(true, false)),
    ...(hasOthers
      ? [action('Then Sort Ascending', by(false, true)), action('Then Sort Descending', by(true, true))]
      : []),
    ...(present
      ? [action('Do Not Sort by This', () => arrange({ sort: sort.filter((key) => key !== present) }))]
      : []),
  ];
}

function placeItems(column: Column, { arrangement, shown, arrange }: ColumnMenuContext): readonly MenuItem[] {
  const ids = shown.map(({ id }) => id);
  const at = ids.indexOf(column.id);
  const isPinned = arrangement.pinnedColumns.includes(column.id);
  const pinnedCount = ids.filter((id) => arrangement.pinnedColumns.includes(id)).length;
  const move = (by: number) => () => arrange(moveColumn(arrangement, ids, at, at + by));
  const [first, last] = isPinned ? [0, pinnedCount - 1] : [pinnedCount, ids.length - 1];
  return [
    action(isPinned ? 'Unpin Column' : 'Pin Column', () =>
      arrange({ pinnedColumns: toggled(arrangement.pinnedColumns, column.id) }),
    ),
    action('Hide Column', () => arrange(hideColumn(arrangement, column.id))),
    action('Move Left', move(-1), at <= first),
    action('Move Right', move(1), at >= last),
  ];
}

/** A column that the user added goes by itself; all others have to be named. */
export function hideColumn(
  { hidden, added, pinnedColumns }: Arrangement,
  id: ColumnId,
): Partial<Arrangement> {
  const without = (ids: readonly ColumnId[]) => ids.filter((other) => other !== id);
  return { hidden: [...without(hidden), id], added: without(added), pinnedColumns: without(pinnedColumns) };
}

function statisticItems(
  { key }: Column,
  { arrangement, shown, arrange }: ColumnMenuContext,
): readonly MenuItem[] {
  const labels: readonly (readonly [MetricStatistic, string])[] = [
    ['min', 'Lowest Value'],
    ['max', 'Highest Value'],
    ['best', 'Best Value'],
    ['trend', 'Sparkline'],
  ];
  return labels.map(([statistic, label]) => {
    const id = columnIdOf('metrics', key, statistic);
    const isShown = shown.some((column) => column.id === id);
    const show = {
      added: [...arrangement.added, id],
      hidden: arrangement.hidden.filter((one) => one !== id),
    };
    return check(label, isShown, () => arrange(isShown ? hideColumn(arrangement, id) : show));
  });
}

function groupItems(column: Column, { arrangement, arrange }: ColumnMenuContext): readonly MenuItem[] {
  const isGrouped = arrangement.groupBy === column.id;
  if (!isGrouped && !column.isGroupable) return [];
  return [
    check('Group by This Column', isGrouped, () => arrange({ groupBy: isGrouped ? undefined : column.id })),
  ];
}

function action(label: string, run: () => void, isDisabled = false): MenuItem {
  return { kind: 'action', label, isDisabled, run };
}

function check(label: string, isChecked: boolean, run: () => void): MenuItem {
  return { kind: 'check', label, isChecked, run };
}
