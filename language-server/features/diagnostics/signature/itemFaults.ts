import type { JsonNode } from '../../../documents/json';
import { originOf } from '../../../documents/keptJson';
import { type Fault, shiftFault } from '../fault';

const known = new WeakMap<JsonNode, readonly Fault[]>();

/** What a check finds in the items of a part: in each once, however far edits before it move it. An item has one check. */
export function itemFaults(
  items: readonly JsonNode[],
  check: (item: JsonNode) => readonly Fault[],
): readonly Fault[] {
  const found: Fault[] = [];
  for (const item of items) {
    const { origin, by } = originOf(item);
    const before = known.get(origin);
    const faults = before ?? check(origin);
    if (!before) known.set(origin, faults);
    for (const fault of faults) found.push(shiftFault(fault, by));
  }
  return found;
}
