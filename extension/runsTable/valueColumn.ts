import { readNumber } from './readNumber';

/** Slots for which memory is taken at once. */
const chunkSize = 512;

const none = 0;
const number = 1;
const text = 2;

interface Chunk {
  /** Which of the two below a slot's value is in, if in any. */
  readonly kinds: Uint8Array;
  numbers?: Float64Array;
  /** Places in the dictionary. */
  texts?: Int32Array;
}

/**
 * What runs have in one column, by slot. Numbers, and texts that JavaScript prints a number as, take nine bytes each; other
 * texts are kept once, with five bytes for each run. Where no run of a stretch has anything, it takes nothing.
 */
export class ValueColumn {
  private readonly chunks: (Chunk | undefined)[] = [];
  private readonly dictionary = new Dictionary();
  private readonly range = new NumberRange();
  private counts = { number: 0, text: 0 };

  /** How many slots have something. */
  get valueCount(): number {
    return this.counts.number + this.counts.text;
  }

  /** Whether there is something, and all of it is numbers. */
  get isNumeric(): boolean {
    return this.valueCount > 0 && this.dictionary.numericCount === this.counts.text;
  }

  /** Whether whatever is there is the same text. */
  get isUniform(): boolean {
    if (this.counts.number === 0) return this.dictionary.distinctCount <= 1;
    return this.counts.text === 0 && this.settledRange().isUniform(this.counts.number);
  }

  /** The lowest and highest finite number; undefined where there is none. */
  get extremes(): { readonly min: number; readonly max: number } | undefined {
    const { min, max } = this.settledRange();
    return min <= max ? { min, max } : undefined;
  }

  set(slot: number, value: string | number): void {
    this.clear(slot);
    const chunk = (this.chunks[Math.floor(slot / chunkSize)] ??= { kinds: new Uint8Array(chunkSize) });
    const at = slot % chunkSize;
    const plain = typeof value === 'number' ? value : plainNumber(value);
    if (plain !== undefined) {
      (chunk.numbers ??= new Float64Array(chunkSize))[at] = plain;
      chunk.kinds[at] = number;
      this.counts.number++;
      this.range.add(plain);
    } else if (typeof value === 'string') {
      (chunk.texts ??= new Int32Array(chunkSize))[at] = this.dictionary.add(value, this.range);
      chunk.kinds[at] = text;
      this.counts.text++;
    }
  }

  clear(slot: number): void {
    const chunk = this.chunks[Math.floor(slot / chunkSize)];
    const at = slot % chunkSize;
    if (!chunk || chunk.kinds[at] === none) return;
    if (chunk.kinds[at] === number) {
      this.counts.number--;
      this.range.remove(chunk.numbers?.[at] ?? NaN);
    } else {
      this.counts.text--;
      this.dictionary.remove(chunk.texts?.[at] ?? 0, this.range);
    }
    chunk.kinds[at] = none;
  }

  has(slot: number): boolean {
    return (this.chunks[Math.floor(slot / chunkSize)]?.kinds[slot % chunkSize] ?? none) !== none;
  }

  /** As the store has it; null where there is nothing. */
  text(slot: number): string | null {
    const chunk = this.chunks[Math.floor(slot / chunkSize)];
    const at = slot % chunkSize;
    const kind = chunk?.kinds[at] ?? none;
    if (kind === none) return null;
    return kind === number
      ? String(chunk?.numbers?.[at] ?? NaN)
      : this.dictionary.text(chunk?.texts?.[at] ?? 0);
  }

  /** The number that the slot's value is; undefined where there is none. */
  number(slot: number): number | undefined {
    const chunk = this.chunks[Math.floor(slot / chunkSize)];
    const at = slot % chunkSize;
    const kind = chunk?.kinds[at] ?? none;
    if (kind === number) return chunk?.numbers?.[at];
    return kind === text ? this.dictionary.number(chunk?.texts?.[at] ?? 0) : undefined;
  }

  /** Whether the slot has just this. */
  holds(slot: number, value: string | number): boolean {
    if (typeof value === 'string') return this.text(slot) === value;
    return Object.is(this.number(slot), value);
  }

  /** Each different text with how many slots have it, in no order. */
  countTexts(): ReadonlyMap<string, number> {
    const found = this.dictionary.countTexts();
    const numbers = new Map<number, number>();
    for (const chunk of this.chunks) {
      chunk?.kinds.forEach((kind, at) => {
        const value = chunk.numbers?.[at] ?? NaN;
        if (kind === number) numbers.set(value, (numbers.get(value) ?? 0) + 1);
      });
    }
    for (const [value, count] of numbers) found.set(String(value), count);
    return found;
  }

  private settledRange(): NumberRange {
    if (this.range.isStale) {
      this.range.reset();
      for (const chunk of this.chunks) {
        chunk?.kinds.forEach((kind, at) => {
          if (kind === number) this.range.add(chunk.numbers?.[at] ?? NaN);
        });
      }
      this.dictionary.addNumbers(this.range);
    }
    return this.range;
  }
}

/** The number of which the text is what JavaScript prints, so that it need not be kept itself. */
function plainNumber(value: string): number | undefined {
  // No number is longer, and most texts do not begin as one does.
  if (value.length > 25 || value.length === 0) return undefined;
  const first = value.charCodeAt(0);
  const isLikely = (first >= 48 && first <= 57) || first === 45 || value === 'NaN' || value === 'Infinity';
  if (!isLikely) return undefined;
  const found = Number(value);
  return String(found) === value ? found : undefined;
}

/** Different texts, each once, with how many slots have it. */
class Dictionary {
  private readonly texts: string[] = [];
  private readonly counts: number[] = [];
  private readonly places = new Map<string, number>();
  /** Texts that some slot has. */
  distinctCount = 0;
  /** Slots whose text is a number. */
  numericCount = 0;

  add(value: string, range: NumberRange): number {
    let place = this.places.get(value);
    if (place === undefined) {
      place = this.texts.push(value) - 1;
      this.counts.push(0);
      this.places.set(value, place);
    }
    const isFirst = this.counts[place] === 0;
    this.counts[place] = (this.counts[place] ?? 0) + 1;
    if (isFirst) this.distinctCount++;
    const parsed = readNumber(value);
    if (parsed !== undefined) {
      this.numericCount++;
      if (isFirst) range.add(parsed);
    }
    return place;
  }

  remove(place: number, range: NumberRange): void {
    const left = (this.counts[place] ?? 1) - 1;
    this.counts[place] = left;
    if (left === 0) this.distinctCount--;
    const parsed = readNumber(this.text(place));
    if (parsed === undefined) return;
    this.numericCount--;
    if (left === 0) range.remove(parsed);
  }

  text(place: number): string {
    return this.texts[place] ?? '';
  }

  number(place: number): number | undefined {
    return readNumber(this.text(place));
  }

  countTexts(): Map<string, number> {
    const found = new Map<string, number>();
    this.texts.forEach((value, place) => {
      const count = this.counts[place] ?? 0;
      if (count > 0) found.set(value, count);
    });
    return found;
  }

  addNumbers(range: NumberRange): void {
    for (const value of this.countTexts().keys()) {
      const parsed = readNumber(value);
      if (parsed !== undefined) range.add(parsed);
    }
  }
}

/** The range of finite numbers, known as they come; as they go it may have to be looked for again. */
class NumberRange {
  min = Infinity;
  max = -Infinity;
  isStale = false;
  private nans = 0;
  private highs = 0;
  private lows = 0;

  add(value: number): void {
    this.countOthers(value, 1);
    if (!Number.isFinite(value)) return;
    if (value < this.min) this.min = value;
    if (value > this.max) this.max = value;
  }

  remove(value: number): void {
    this.countOthers(value, -1);
    if (value === this.min || value === this.max) this.isStale = true;
  }

  reset(): void {
    this.min = Infinity;
    this.max = -Infinity;
    this.nans = this.highs = this.lows = 0;
    this.isStale = false;
  }

  /** Whether all of so many numbers are the same. */
  isUniform(count: number): boolean {
    const others = this.nans + this.highs + this.lows;
    if (others === 0) return this.min >= this.max;
    return this.min > this.max && [this.nans, this.highs, this.lows].includes(count);
  }

  private countOthers(value: number, step: 1 | -1): void {
    if (Number.isNaN(value)) this.nans += step;
    else if (value === Infinity) this.highs += step;
    else if (value === -Infinity) this.lows += step;
  }
}
