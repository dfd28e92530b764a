import type { Pace } from '../histories/pace';

/** What is sorted at once, in a few milliseconds. */
const blockSize = 2048;

/** The indices below `count` in their order; equal ones as they were. Others get their turn meanwhile. */
export async function sortIndices(
  count: number,
  compare: (one: number, other: number) => number,
  pace: Pace,
): Promise<Uint32Array> {
  let from = Uint32Array.from({ length: count }, (_, index) => index);
  for (let start = 0; start < count; start += blockSize) {
    // The platform's own sort is stable.
    from.subarray(start, start + blockSize).sort(compare);
    await pace.rest();
  }
  let to = new Uint32Array(count);
  for (let width = blockSize; width < count; width *= 2) {
    for (let start = 0; start < count; start += 2 * width) {
      await mergeInto(to, from, { start, middle: start + width, end: start + 2 * width }, compare, pace);
    }
    [from, to] = [to, from];
  }
  return from;
}

async function mergeInto(
  to: Uint32Array,
  from: Uint32Array,
  range: { readonly start: number; readonly middle: number; readonly end: number },
  compare: (one: number, other: number) => number,
  pace: Pace,
): Promise<void> {
  const middle = Math.min(range.middle, from.length);
  const end = Math.min(range.end, from.length);
  let left = range.start;
  let right = middle;
  for (let at = range.start; at < end; at++) {
    const one = from[left] ?? 0;
    const other = from[right] ?? 0;
    const isLeft = right >= end || (left < middle && compare(one, other) <= 0);
    to[at] = isLeft ? one : other;
    if (isLeft) left++;
    else right++;
    if (at % blockSize === 0) await pace.rest();
  }
}
