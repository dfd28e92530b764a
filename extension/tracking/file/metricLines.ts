import type { Int64 } from '../model';
import { endOfTime, narrow } from '../numbers';
import { divideByPowerOfTen, exactDigits, mostDigits } from './decimals';
import type { MetricPoints } from './metricPoints';

const newline = 10;
const space = 32;
const plus = 43;
const minus = 45;
const dot = 46;
const zero = 48;
const letterE = 101;

/** What reading the lines of a metric file came to. */
export interface LineCount {
  /** The bytes up to and including the last newline; what follows is a line that is still being written. */
  readonly consumed: number;
  readonly lines: number;
  /** The first line that is no metric point, counted from 1. */
  readonly badLine: number | undefined;
}

/**
 * Adds the points of all complete lines to `points`. A line is `<ms since the epoch> <value> [<step> [<dataset> <digest>]]`
 * with single spaces (reference/STORES.md §2); a line without step has step 0, and so has one with a dataset, whatever
 * step it names: MLflow 3.17 reads it so. Lines that MLflow could not read are counted and left out.
 */
export function readMetricLines(bytes: Buffer, points: MetricPoints): LineCount {
  let consumed = 0;
  let lines = 0;
  let badLine: number | undefined;
  for (;;) {
    const end = find(bytes, newline, consumed, bytes.length);
    if (end === bytes.length) break;
    lines++;
    if (!readLine(bytes, consumed, end, points)) badLine ??= lines;
    consumed = end + 1;
  }
  return { consumed, lines, badLine };
}

function readLine(bytes: Buffer, from: number, to: number, points: MetricPoints): boolean {
  let start = from;
  let end = to;
  while (start < end && isBlank(bytes[start])) start++;
  while (end > start && isBlank(bytes[end - 1])) end--;
  const first = find(bytes, space, start, end);
  if (first === end) return false;
  const second = find(bytes, space, first + 1, end);
  const third = second === end ? end : find(bytes, space, second + 1, end);
  if (third !== end && !hasDataset(bytes, third, end)) return false;
  const timestamp = readInteger(bytes, start, first);
  const value = readValue(bytes, first + 1, second);
  const step = second === end || third !== end ? 0 : readInteger(bytes, second + 1, third);
  if (timestamp === undefined || value === undefined || step === undefined) return false;
  points.add(value, step, toTimestamp(timestamp));
  return true;
}

/** Whether exactly two fields follow the step. */
function hasDataset(bytes: Buffer, third: number, end: number): boolean {
  const fourth = find(bytes, space, third + 1, end);
  return fourth !== end && find(bytes, space, fourth + 1, end) === end;
}

function isBlank(byte: number | undefined): boolean {
  return byte === space || (byte !== undefined && byte >= 9 && byte <= 13);
}

/** Where the byte comes first, else `end`. A line is so short that calling `indexOf` would cost more. */
function find(bytes: Buffer, byte: number, from: number, end: number): number {
  for (let at = from; at < end; at++) if (bytes[at] === byte) return at;
  return end;
}

function toTimestamp(timestamp: Int64): number {
  const time = Number(timestamp);
  return Math.abs(time) > endOfTime ? 0 : time;
}

/** An integer of up to 64 bits; undefined if it is none. */
function readInteger(bytes: Buffer, from: number, to: number): Int64 | undefined {
  const isNegative = bytes[from] === minus;
  const start = isNegative || bytes[from] === plus ? from + 1 : from;
  if (to === start) return undefined;
  if (to - start > 15) return readLongInteger(bytes.toString('latin1', from, to));
  let value = 0;
  for (let at = start; at < to; at++) {
    const digit = (bytes[at] ?? 0) - zero;
    if (digit < 0 || digit > 9) return undefined;
    value = value * 10 + digit;
  }
  return isNegative ? 0 - value : value;
}

function readLongInteger(text: string): Int64 | undefined {
  if (!/^[+-]?\d{1,40}$/.test(text)) return undefined;
  const value = BigInt(text.replace('+', ''));
  if (BigInt.asIntN(64, value) !== value) return undefined;
  return narrow(value);
}

/** A double as Python writes it: digits, `1e-07`, `nan`, `inf`; undefined if it is none. */
function readValue(bytes: Buffer, from: number, to: number): number | undefined {
  const isNegative = bytes[from] === minus;
  let at = isNegative ? from + 1 : from;
  let [head, tail, tailDigits] = [0, 0, 0];
  let [significant, digits] = [0, 0];
  let point = -1;
  for (; at < to; at++) {
    const byte = bytes[at] ?? 0;
    if (byte >= zero && byte <= zero + 9) {
      digits++;
      if (significant > 0 || byte !== zero) significant++;
      if (significant <= exactDigits) {
        head = head * 10 + byte - zero;
      } else {
        tail = tail * 10 + byte - zero;
        tailDigits++;
      }
    } else if (byte === dot && point === -1) {
      point = at;
    } else {
      break;
    }
  }
  const exponent = at === to ? 0 : readExponent(bytes, at, to);
  if (exponent === undefined || digits === 0) return parseValue(bytes.toString('latin1', from, to));
  const fractionDigits = (point === -1 ? 0 : at - point - 1) - exponent;
  const value =
    significant > mostDigits ? undefined : divideByPowerOfTen(head, tail, tailDigits, fractionDigits);
  if (value === undefined) return Number(bytes.toString('latin1', from, to));
  return isNegative ? -value : value;
}

/** The number of `e-05` up to three digits; undefined if that does not stand there. */
function readExponent(bytes: Buffer, from: number, to: number): number | undefined {
  if (bytes[from] !== letterE || to - from < 3 || to - from > 5) return undefined;
  const sign = bytes[from + 1];
  if (sign !== minus && sign !== plus) return undefined;
  let exponent = 0;
  for (let at = from + 2; at < to; at++) {
    const digit = (bytes[at] ?? 0) - zero;
    if (digit < 0 || digit > 9) return undefined;
    exponent = exponent * 10 + digit;
  }
  return sign === minus ? -exponent : exponent;
}

function parseValue(text: string): number | undefined {
  if (/^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(text)) return Number(text);
  const [, sign, name] = /^([+-]?)(nan|inf|infinity)$/i.exec(text) ?? [];
  if (name === undefined) return undefined;
  if (name.toLowerCase() === 'nan') return NaN;
  return sign === '-' ? -Infinity : Infinity;
}
