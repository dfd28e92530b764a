import type { RowState } from '../../webviews/protocol/runDiff';

/**
 * How the values of several runs compare; undefined stands for a run that has none. The order of the values does not matter.
 * An empty text is a value, and NaN equals NaN.
 */
export function compareValues(texts: readonly (string | undefined)[]): RowState {
  const present = texts.filter((text) => text !== undefined);
  const isMissing = present.length > 0 && present.length < texts.length;
  if (!areAlike(present, (text) => text)) {
    const state = compareMeanings(present);
    if (state === 'differs') return state;
    return isMissing ? 'missing' : state;
  }
  return isMissing ? 'missing' : 'equal';
}

/** How the values of a metric compare, as numbers: `0` equals `-0`, and NaN equals NaN. */
export function compareNumbers(values: readonly (number | undefined)[]): RowState {
  const present = values.filter((value) => value !== undefined);
  const [first] = present;
  const areEqual = present.every((value) => value === first || (Number.isNaN(value) && Number.isNaN(first)));
  if (!areEqual) return 'differs';
  return present.length < values.length && present.length > 0 ? 'missing' : 'equal';
}

/** Of texts that differ: whether their meaning does, or only how they are written. */
function compareMeanings(texts: readonly string[]): RowState {
  if (areAlike(texts, withoutSpace)) return 'space';
  return areAlike(texts, readMeaning) ? 'type' : 'differs';
}

function areAlike(texts: readonly string[], read: (text: string) => string): boolean {
  const [first = ''] = texts;
  const wanted = read(first);
  return texts.every((text) => text === first || read(text) === wanted);
}

function withoutSpace(text: string): string {
  return text.replace(/\s+/g, '');
}

/** One text for all ways to write the same number, truth value or nothing: `1`, `1.0`, `1e0` and `"1"`; `True` and `true`. */
function readMeaning(text: string): string {
  const bare = withoutSpace(text);
  const inside = /^(["'])(.*)\1$/s.exec(bare)?.[2] ?? bare;
  return readWord(inside) ?? readNumber(inside) ?? bare;
}

const words: ReadonlyMap<string, string> = new Map([
  ['true', 'true'],
  ['false', 'false'],
  ['none', 'none'],
  ['null', 'none'],
  ['nan', 'nan'],
  ['inf', 'inf'],
  ['+inf', 'inf'],
  ['infinity', 'inf'],
  ['+infinity', 'inf'],
  ['-inf', '-inf'],
  ['-infinity', '-inf'],
]);

function readWord(text: string): string | undefined {
  return text.length <= 9 ? words.get(text.toLowerCase()) : undefined;
}

const decimal = /^([+-]?)(\d*)\.?(\d*)(?:[eE]([+-]?\d{1,9}))?$/;

/** The number as digits and exponent, exact to the last digit: 64-bit integers are no doubles. */
function readNumber(text: string): string | undefined {
  const [, sign = '', whole = '', fraction = '', exponent = '0'] = decimal.exec(text) ?? [];
  if (whole + fraction === '') return undefined;
  const digits = (whole + fraction).replace(/^0+/, '');
  const short = digits.replace(/0+$/, '');
  if (short === '') return 'number 0';
  const power = Number(exponent) - fraction.length + (digits.length - short.length);
  return `number ${sign === '-' ? '-' : ''}${short}e${power}`;
}
