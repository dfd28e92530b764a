/** Powers of ten up to 10^22 are exact doubles. */
const powersOfTen = Float64Array.from({ length: 23 }, (_, exponent) => Number(`1e${exponent}`));

/** As many digits as a double's integers have at least. */
export const exactDigits = 15;

/** The most digits that Python writes of a double. */
export const mostDigits = 17;

/**
 * `head · 10^tailDigits + tail`, divided by `10^fractionDigits` and rounded once, as parsing the number's text does, at a tenth
 * of the cost. `head` has at most 15 digits, the whole at most 17. Undefined where only the text can tell.
 */
export function divideByPowerOfTen(
  head: number,
  tail: number,
  tailDigits: number,
  fractionDigits: number,
): number | undefined {
  const divisor = powersOfTen[fractionDigits];
  if (divisor === undefined) return undefined;
  // Both are exact, and a division rounds once.
  if (tailDigits === 0) return head / divisor;
  const shift = powersOfTen[tailDigits] ?? NaN;
  const product = head * shift;
  const whole = product + tail;
  // What rounding took from the whole number, which is a few units at most.
  const part = whole - product;
  const lost = productError(head, shift, product) + (product - (whole - part)) + (tail - part);
  const quotient = whole / divisor;
  const back = quotient * divisor;
  const rest = whole - back - productError(quotient, divisor, back) + lost;
  const correction = rest / divisor;
  const value = quotient + correction;
  const error = quotient - value + correction;
  // So near to the middle of two doubles that the digits beyond these decide.
  return value + error * nearlyOne === value ? value : undefined;
}

const nearlyOne = 1 + 2 ** -20;

/** Splits a double into two halves of 26 bits (Dekker 1971). */
const splitter = 2 ** 27 + 1;

/** What rounding took from `product`, the product of the two, exactly. */
function productError(a: number, b: number, product: number): number {
  const aScaled = splitter * a;
  const aHigh = aScaled - (aScaled - a);
  const aLow = a - aHigh;
  const bScaled = splitter * b;
  const bHigh = bScaled - (bScaled - b);
  const bLow = b - bHigh;
  return aHigh * bHigh - product + aHigh * bLow + aLow * bHigh + aLow * bLow;
}
