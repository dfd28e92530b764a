/**
 * An integer of 16 digits or more may lie beyond ±(2^53 − 1), where JSON.parse would silently round it. A hit inside
 * a string is harmless: it only costs the slower parser.
 */
const longInteger = /[:,[]\s*-?\d{16,}/;

/** Whether JSON.parse might round an integer of this text, so that `parseLossless` must read it. */
export function hasLongInteger(text: string): boolean {
  return longInteger.test(text);
}
