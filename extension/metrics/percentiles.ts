import type { Pace } from '../histories/pace';

/** Some of a column of values: those from `start` to before `end`. */
export interface Slice {
  readonly values: Float64Array;
  readonly start: number;
  readonly end: number;
}

/** Values are told apart by 16 bits at a time, the most significant first. */
const digits = 4;
const radix = 2 ** 16;

/**
 * The values at these fractions (0 to 1) of all finite values above `floor` in their order, to the nearest rank; undefined
 * where there is none. Nothing is sorted or copied: by the bits of the doubles, each pass leaves a 65,536th of what may be
 * it, at most four passes for a fraction.
 */
export async function percentiles(
  slices: readonly Slice[],
  fractions: readonly number[],
  floor: number,
  pace: Pace,
): Promise<readonly number[] | undefined> {
  const first = await countDigits(slices, [], floor, pace);
  const total = first.reduce((sum, count) => sum + count, 0);
  if (total === 0) return undefined;
  const found: number[] = [];
  for (const fraction of fractions) {
    found.push(await findRank(slices, Math.round(fraction * (total - 1)), first, floor, pace));
  }
  return found;
}

/** The value of that rank, the lowest having 0. */
async function findRank(
  slices: readonly Slice[],
  rank: number,
  first: Uint32Array,
  floor: number,
  pace: Pace,
): Promise<number> {
  const prefix: number[] = [];
  let left = rank;
  let counts = first;
  for (;;) {
    let digit = 0;
    while (left >= (counts[digit] ?? Infinity)) left -= counts[digit++] ?? 0;
    prefix.push(digit);
    if (prefix.length === digits) return fromDigits(prefix);
    counts = await countDigits(slices, prefix, floor, pace);
  }
}

/** How many of the values that begin with these digits have which digit next. */
async function countDigits(
  slices: readonly Slice[],
  prefix: readonly number[],
  floor: number,
  pace: Pace,
): Promise<Uint32Array> {
  const counts = new Uint32Array(radix);
  for (const slice of slices) {
    for (let start = slice.start; start < slice.end; start += stretch) {
      countSome({ ...slice, start, end: Math.min(slice.end, start + stretch) }, prefix, floor, counts);
      await pace.rest();
    }
  }
  return counts;
}

/** So many values are counted in some milliseconds. */
const stretch = 250_000;

function countSome(slice: Slice, prefix: readonly number[], floor: number, counts: Uint32Array): void {
  const { values, start, end } = slice;
  const words = new Uint16Array(values.buffer, values.byteOffset, values.length * digits);
  const depth = prefix.length;
  for (let index = start; index < end; index++) {
    const value = values[index] ?? NaN;
    if (!(value > floor && value < Infinity)) continue;
    // Of the bits of negative numbers, the greater ones are the lower numbers.
    const flip = value < 0 ? 0xffff : 0;
    let level = 0;
    while (level < depth && digitAt(words, index, level, flip) === prefix[level]) level++;
    if (level < depth) continue;
    const digit = digitAt(words, index, depth, flip);
    counts[digit] = (counts[digit] ?? 0) + 1;
  }
}

/** The digit of a value by its level, the most significant first; all platforms of VS Code are little-endian. */
function digitAt(words: Uint16Array, index: number, level: number, flip: number): number {
  const word = (words[index * digits + digits - 1 - level] ?? 0) ^ flip;
  // Whatever is not negative has its sign bit set, also negative zero, which is equal to zero.
  return level === 0 && flip === 0 ? word | 0x8000 : word;
}

function fromDigits(levels: readonly number[]): number {
  const isNegative = (levels[0] ?? 0) < 0x8000;
  const words = Uint16Array.from(levels, (digit, level) => {
    if (isNegative) return digit ^ 0xffff;
    return level === 0 ? digit & 0x7fff : digit;
  });
  return new Float64Array(words.reverse().buffer)[0] ?? NaN;
}
