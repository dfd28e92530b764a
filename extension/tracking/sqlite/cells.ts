import type { Int64, Timestamp } from '../model';
import { endOfTime, narrow, restoreInfinity } from '../numbers';

/** A value as SQLite gives it, whatever the column is declared to hold. Integers always come as bigint. */
export type Cell = null | number | bigint | string | Uint8Array;
export type Row = readonly Cell[];

/** Collects what is wrong with one item while its cells are read; the first finding is what the user is told. */
export class Findings {
  problem: string | undefined;

  add(problem: string): void {
    this.problem ??= problem;
  }
}

/** Text; `''` for NULL. Numbers are given as their digits, other types are a finding. */
export function readText(cell: Cell | undefined, what: string, findings: Findings): string {
  if (typeof cell === 'string') {
    // SQLite keeps any bytes as text; what is not UTF-8 arrives as this character.
    if (cell.includes('\ufffd')) findings.add(`Its ${what} is not valid UTF-8 text.`);
    return cell;
  }
  if (cell === null || cell === undefined) return '';
  if (typeof cell === 'number' || typeof cell === 'bigint') return String(cell);
  findings.add(`Its ${what} is not text.`);
  return '';
}

/** Like `readText`, for a column that MLflow always fills. */
export function readRequiredText(cell: Cell | undefined, what: string, findings: Findings): string {
  if (cell === null) findings.add(`Its ${what} is missing.`);
  return readText(cell, what, findings);
}

/** Like `readText`, but absent where it is empty. */
export function readOptionalText(
  cell: Cell | undefined,
  what: string,
  findings: Findings,
): string | undefined {
  return readText(cell, what, findings) || undefined;
}

export function readInt64(cell: Cell | undefined, what: string, findings: Findings): Int64 | undefined {
  if (typeof cell === 'bigint') return narrow(cell);
  if (typeof cell === 'number' && Number.isSafeInteger(cell)) return cell;
  if (cell !== null && cell !== undefined) findings.add(`Its ${what} is not a whole number.`);
  return undefined;
}

export function readTimestamp(
  cell: Cell | undefined,
  what: string,
  findings: Findings,
): Timestamp | undefined {
  const value = readInt64(cell, what, findings);
  if (value === undefined) return undefined;
  if (Math.abs(Number(value)) <= endOfTime) return Number(value);
  findings.add(`Its ${what} lies beyond the end of time.`);
  return undefined;
}

/**
 * A metric's value. MLflow keeps ±infinity as ±1.7976931348623157e308 and NaN as 0 with a flag beside it
 * (reference/STORES.md §3).
 */
export function readDouble(cell: Cell | undefined, isNan: Cell | undefined): number {
  if (typeof cell === 'bigint') return isNan ? NaN : Number(cell);
  if (typeof cell !== 'number' || isNan) return NaN;
  return restoreInfinity(cell);
}
