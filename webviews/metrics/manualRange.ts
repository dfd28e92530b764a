import type { XAxis } from '../protocol/metrics';
import type { Range } from './arrangement';

/** Ranges that the user types. */

export type TypedRange =
  | { readonly kind: 'valid'; readonly range: Range | undefined }
  | { readonly kind: 'invalid'; readonly reason: string };

/** Two ends as typed; both empty for no range of its own. */
export function readTypedRange(from: string, to: string, isLog: boolean, isTime: boolean): TypedRange {
  if (from.trim() === '' && to.trim() === '') return { kind: 'valid', range: undefined };
  const [low, high] = [readEnd(from, isTime), readEnd(to, isTime)];
  if (low === undefined || high === undefined) return { kind: 'invalid', reason: 'Both ends are needed.' };
  if (isLog && low <= 0) return { kind: 'invalid', reason: 'On a log axis both ends are above 0.' };
  if (low >= high) return { kind: 'invalid', reason: 'The first is below the second.' };
  return { kind: 'valid', range: [low, high] };
}

function readEnd(text: string, isTime: boolean): number | undefined {
  const value = text.trim() === '' ? NaN : isTime ? new Date(text).getTime() : Number(text);
  return Number.isFinite(value) ? value : undefined;
}

/** An end as the input holds it: wall time in local time, to the second. */
export function typeEnd(value: number | undefined, kind: XAxis['kind']): string {
  if (value === undefined) return '';
  if (kind !== 'time') return String(value);
  const two = (part: number) => String(part).padStart(2, '0');
  const at = new Date(value);
  const date = `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`;
  return `${date}T${two(at.getHours())}:${two(at.getMinutes())}:${two(at.getSeconds())}`;
}
