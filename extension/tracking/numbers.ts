import type { Int64 } from './model';

/** What holds for numbers in every kind of store, whatever they are read from. */

/** The last millisecond that a Date can hold: formatting a later one throws. */
export const endOfTime = 8.64e15;

/** A 64-bit integer as a number where that is exact. */
export function narrow(value: bigint): Int64 {
  const number = Number(value);
  return Number.isSafeInteger(number) ? number : value;
}

/**
 * MLflow's SQL store keeps ±infinity as ±1.7976931348623157e308, because some databases cannot hold infinity. Nobody
 * measures exactly the largest double, so it is given back as what was logged.
 */
export function restoreInfinity(value: number): number {
  if (value === Number.MAX_VALUE) return Infinity;
  return value === -Number.MAX_VALUE ? -Infinity : value;
}
