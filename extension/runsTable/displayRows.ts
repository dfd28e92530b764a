import { nestSlots, type Nesting } from './nestSlots';

/** Runs with one value of the column that they are grouped by. */
export interface RunGroup {
  /** What `Arrangement.open` names it by. */
  readonly id: string;
  /** Null for runs that have none. */
  readonly value: string | null;
  /** Slots, in the order of the runs. */
  readonly members: Int32Array;
}

/** The rows of a table, in columns: objects for 100,000 rows would take as long to make as all else together. */
export interface DisplayRows {
  readonly count: number;
  /** The first so many rows are the pinned runs. */
  readonly pinnedCount: number;
  /** A run's slot, or −1 − the index of a group. */
  readonly slots: Int32Array;
  readonly depths: Uint32Array;
  /** See `folds`. */
  readonly folds: Uint8Array;
  readonly groups: readonly RunGroup[];
}

/** What a row can be folded. */
export const folds = { none: 0, open: 1, closed: 2 } as const;

export interface Shown {
  /** Slots of pinned runs, which stand at the top and in their place. */
  readonly pinned: readonly number[];
  /** Slots in order. */
  readonly order: Int32Array;
  /** Instead of single runs. */
  readonly groups?: readonly RunGroup[];
  /** The slot of the run that one is nested in, negative if there is none; absent where runs stand side by side. */
  readonly parentOf?: (slot: number) => number;
  readonly isOpen: (slot: number) => boolean;
  readonly isGroupOpen: (group: RunGroup) => boolean;
}

/** What is shown: pinned runs, then groups with their runs, or runs under their parents, or runs side by side. */
export function layOutRows(shown: Shown): DisplayRows {
  const { pinned, order, groups = [], parentOf } = shown;
  const rows = new Rows(pinned.length + groups.length + order.length);
  for (const slot of pinned) rows.push(slot, 0, folds.none);
  if (shown.groups) layOutGroups(rows, groups, shown.isGroupOpen);
  else if (parentOf) layOutForest(rows, nestSlots(order, parentOf), shown.isOpen);
  else for (const slot of order) rows.push(slot, 0, folds.none);
  return { ...rows.finish(), pinnedCount: pinned.length, groups };
}

function layOutGroups(rows: Rows, groups: readonly RunGroup[], isOpen: (group: RunGroup) => boolean): void {
  for (const [index, group] of groups.entries()) {
    const fold = isOpen(group) ? folds.open : folds.closed;
    rows.push(-1 - index, 0, fold);
    if (fold === folds.open) for (const slot of group.members) rows.push(slot, 1, folds.none);
  }
}

/** Goes through the open part of the forest, however deep it is. */
function layOutForest(
  rows: Rows,
  { firstRoot, firstChild, nextSibling }: Nesting,
  isOpen: (slot: number) => boolean,
): void {
  const path: number[] = [];
  let slot = firstRoot;
  while (slot >= 0) {
    const child = firstChild[slot] ?? -1;
    const fold = child < 0 ? folds.none : isOpen(slot) ? folds.open : folds.closed;
    rows.push(slot, path.length, fold);
    if (fold === folds.open) {
      path.push(slot);
      slot = child;
      continue;
    }
    let next = nextSibling[slot] ?? -1;
    while (next < 0 && path.length > 0) next = nextSibling[path.pop() ?? -1] ?? -1;
    slot = next;
  }
}

/** Whether both show the same rows. */
export function areSameRows(one: DisplayRows, other: DisplayRows): boolean {
  if (one.count !== other.count || one.pinnedCount !== other.pinnedCount) return false;
  if (one.groups.length !== other.groups.length) return false;
  return (
    one.slots.every((slot, at) => slot === other.slots[at]) &&
    one.depths.every((depth, at) => depth === other.depths[at]) &&
    one.folds.every((fold, at) => fold === other.folds[at]) &&
    one.groups.every((group, at) => isSameGroup(group, other.groups[at]))
  );
}

function isSameGroup(one: RunGroup, other: RunGroup | undefined): boolean {
  return (
    one.id === other?.id &&
    one.members.length === other.members.length &&
    one.members.every((slot, at) => slot === other.members[at])
  );
}

class Rows {
  private count = 0;
  private readonly slots: Int32Array;
  private readonly depths: Uint32Array;
  private readonly folds: Uint8Array;

  constructor(most: number) {
    this.slots = new Int32Array(most);
    this.depths = new Uint32Array(most);
    this.folds = new Uint8Array(most);
  }

  push(slot: number, depth: number, fold: number): void {
    this.slots[this.count] = slot;
    this.depths[this.count] = depth;
    this.folds[this.count] = fold;
    this.count++;
  }

  finish(): Pick<DisplayRows, 'count' | 'slots' | 'depths' | 'folds'> {
    const { count, slots, depths } = this;
    return {
      count,
      slots: slots.subarray(0, count),
      depths: depths.subarray(0, count),
      folds: this.folds.subarray(0, count),
    };
  }
}
