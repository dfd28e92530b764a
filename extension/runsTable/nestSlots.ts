/** Runs under their parents, as lists of siblings; −1 ends a list. */
export interface Nesting {
  readonly firstRoot: number;
  /** By slot. */
  readonly firstChild: Int32Array;
  readonly nextSibling: Int32Array;
}

/**
 * Nests runs, siblings in the order in which they are given. A run whose parent is not among them is a root, and so is each
 * run of a circle, since nobody could reach it otherwise.
 */
export function nestSlots(order: Int32Array, parentOf: (slot: number) => number): Nesting {
  const parents = findParents(order, parentOf);
  dissolveCircles(order, parents);
  const firstChild = new Int32Array(parents.length).fill(-1);
  const nextSibling = new Int32Array(parents.length).fill(-1);
  let firstRoot = -1;
  for (let at = order.length - 1; at >= 0; at--) {
    const slot = order[at] ?? 0;
    const parent = parents[slot] ?? -1;
    nextSibling[slot] = parent < 0 ? firstRoot : (firstChild[parent] ?? -1);
    if (parent < 0) firstRoot = slot;
    else firstChild[parent] = slot;
  }
  return { firstRoot, firstChild, nextSibling };
}

/** By slot: the parent's slot where that is in the order. */
function findParents(order: Int32Array, parentOf: (slot: number) => number): Int32Array {
  const slotCount = order.reduce((most, slot) => Math.max(most, slot + 1), 0);
  const isThere = new Uint8Array(slotCount);
  for (const slot of order) isThere[slot] = 1;
  const parents = new Int32Array(slotCount).fill(-1);
  for (const slot of order) {
    const parent = parentOf(slot);
    if (isThere[parent] === 1) parents[slot] = parent;
  }
  return parents;
}

/** Takes their parents from runs that are their own ancestors. */
function dissolveCircles(order: Int32Array, parents: Int32Array): void {
  const settled = new Uint8Array(parents.length);
  const step = new Int32Array(parents.length);
  for (const start of order) {
    const path: number[] = [];
    let slot = start;
    while (slot >= 0 && settled[slot] === 0 && step[slot] === 0) {
      step[slot] = path.push(slot);
      slot = parents[slot] ?? -1;
    }
    const circle = slot >= 0 && settled[slot] === 0 ? path.slice((step[slot] ?? 1) - 1) : [];
    for (const passed of path) settled[passed] = 1;
    for (const passed of circle) parents[passed] = -1;
  }
}
