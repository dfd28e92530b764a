import { parse } from 'lossless-json';

/**
 * The value of a JSON text with integers beyond ±(2^53 − 1) as bigint; of two equal keys the later wins, as with
 * JSON.parse, which is 5 to 30 times faster.
 * Throws a SyntaxError, or a RangeError where the nesting is too deep for the stack.
 */
export function parseLossless(text: string): unknown {
  return parse(text, null, { parseNumber, onDuplicateKey: ({ newValue }) => newValue });
}

function parseNumber(digits: string): number | bigint {
  const value = Number(digits);
  return Number.isSafeInteger(value) || !/^-?\d+$/.test(digits) ? value : BigInt(digits);
}
