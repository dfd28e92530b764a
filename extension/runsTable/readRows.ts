import type { ColumnId } from '../../webviews/protocol/arrangement';
import type { GroupRow, RunRow, TableRow } from '../../webviews/protocol/runsTable';
import { describeId, type ColumnSource } from './chooseColumns';
import { folds, type DisplayRows } from './displayRows';
import type { GroupCells, GroupedColumn } from './groupCells';
import type { TableRuns } from './tableRuns';
import type { ValueColumn } from './valueColumn';

/** What a table shows: rows over runs. */
export interface TableView {
  readonly runs: TableRuns;
  /** The runs in order, whether they are shown or folded away. */
  readonly order: Int32Array;
  readonly display: DisplayRows;
  readonly groupCells: GroupCells;
  readonly pinned: ReadonlySet<number>;
  /** The revision of the runs' columns that this shows. */
  readonly revision: number;
}

/** Rows `from` to `to` (exclusive), each with these columns' cells. */
export function readRows(
  view: TableView,
  from: number,
  to: number,
  ids: readonly ColumnId[],
  colorsOf: (runIds: readonly string[]) => readonly number[],
  source: ColumnSource,
): readonly TableRow[] {
  const { display, runs } = view;
  const places = listPlaces(display, from, to);
  const values = ids.map((id) => runs.values(id));
  const slots = places.map((at) => display.slots[at] ?? 0);
  const runIds = slots.filter((slot) => slot >= 0).map((slot) => runs.columns.facts(slot)?.id ?? '');
  const colors = new Map(colorsOf(runIds).map((color, index) => [runIds[index], color]));
  const hasGroups = slots.some((slot) => slot < 0);
  const grouped = hasGroups ? ids.map((id, index) => describeGrouped(id, values[index], source)) : [];
  return places.map((at) => {
    const slot = display.slots[at] ?? 0;
    if (slot < 0) return readGroup(view, at, -1 - slot, grouped);
    const id = runs.columns.facts(slot)?.id ?? '';
    return readRun(view, at, slot, values, colors.get(id) ?? 0);
  });
}

/** The slots of the runs in these rows, each once. */
export function listRunSlots({ display }: TableView, from: number, to: number): readonly number[] {
  const slots = listPlaces(display, from, to).map((at) => display.slots[at] ?? -1);
  return [...new Set(slots.filter((slot) => slot >= 0))];
}

/** The next row from there, going round, whose run's name begins so in any case; -1 if there is none. */
export function findNamedRow({ display, runs }: TableView, prefix: string, from: number): number {
  const beginsSo = beginningWith(prefix.toLowerCase());
  for (let step = 0; step < display.count; step++) {
    const at = (from + step) % display.count;
    const facts = runs.columns.facts(display.slots[at] ?? -1);
    if (facts && beginsSo(nameOf(facts))) return at;
  }
  return -1;
}

/** The first character tells of most names that they are not meant: there may be 100,000. */
function beginningWith(wanted: string): (name: string) => boolean {
  const firsts = [wanted.charCodeAt(0), wanted.toUpperCase().charCodeAt(0)];
  return (name) =>
    firsts.includes(name.charCodeAt(0)) && name.slice(0, wanted.length).toLowerCase() === wanted;
}

function listPlaces({ count }: DisplayRows, from: number, to: number): readonly number[] {
  const begin = Math.max(0, Math.floor(from));
  const end = Math.min(count, Math.floor(to));
  return Array.from({ length: Math.max(0, end - begin) }, (_, index) => begin + index);
}

function readRun(
  { display, runs, pinned }: TableView,
  at: number,
  slot: number,
  values: readonly (ValueColumn | undefined)[],
  color: number,
): RunRow {
  const facts = runs.columns.facts(slot);
  const fold = nameFold(display.folds[at]);
  return {
    kind: 'run',
    id: facts?.id ?? '',
    name: facts ? nameOf(facts) : '',
    status: facts?.status ?? 'UNKNOWN',
    isDeleted: facts?.isDeleted === true,
    color,
    isPinned: pinned.has(slot),
    depth: display.depths[at] ?? 0,
    ...(fold && { fold }),
    ...(facts?.problem !== undefined && { problem: facts.problem }),
    cells: values.map((column) => column?.text(slot) ?? null),
  };
}

function readGroup(
  { display, groupCells }: TableView,
  at: number,
  index: number,
  columns: readonly (GroupedColumn | undefined)[],
): GroupRow {
  const { id = '', value = null, members } = display.groups[index] ?? {};
  return {
    kind: 'group',
    id,
    value,
    runCount: members?.length ?? 0,
    fold: nameFold(display.folds[at]) ?? 'closed',
    cells: groupCells.read(index, columns),
  };
}

/** Means are of numbers and durations; a mean of times says nothing. */
function describeGrouped(
  id: ColumnId,
  values: ValueColumn | undefined,
  source: ColumnSource,
): GroupedColumn | undefined {
  const format = describeId(id, source)?.format;
  return values && { id, values, isNumeric: format === 'number' || format === 'duration' };
}

function nameFold(fold: number | undefined): 'open' | 'closed' | undefined {
  if (fold === folds.open) return 'open';
  return fold === folds.closed ? 'closed' : undefined;
}

/** Servers before 2.0 did not name runs. */
function nameOf({ id, name }: { readonly id: string; readonly name: string }): string {
  return name === '' ? id : name;
}
