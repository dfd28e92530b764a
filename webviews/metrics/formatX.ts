import type { Real, XAxis } from '../protocol/metrics';
import { formatNumber } from '../shared/text';

/** How values look along the axes and in the cursor. */

type Kind = XAxis['kind'];

/** The text of a tick on an axis that is so long. */
export function formatTick(kind: Kind, value: number, span: number): string {
  switch (kind) {
    case 'step':
      return formatStep(value);
    case 'relative':
      return formatElapsed(value, span);
    case 'time':
      return formatClock(value, span);
    case 'metric':
      return formatShort(value, span);
  }
}

/** An x exactly as it is, with what it is: `step 1,200`. */
export function formatPlace({ kind, metric }: XAxis, x: number): string {
  switch (kind) {
    case 'step':
      return `step ${formatStep(x)}`;
    case 'relative':
      return `${formatElapsed(x, 0)} after start`;
    case 'time':
      return formatClock(x, -1);
    case 'metric':
      return `${metric ?? 'x'} ${formatNumber(String(x))}`;
  }
}

export function nameAxis({ kind, metric }: XAxis): string {
  switch (kind) {
    case 'step':
      return 'Step';
    case 'relative':
      return 'Relative time';
    case 'time':
      return 'Wall time';
    case 'metric':
      return metric ?? 'Metric';
  }
}

const steps = new Intl.NumberFormat(undefined, { maximumFractionDigits: 2 });

export function formatStep(value: number): string {
  return steps.format(value === 0 ? 0 : value);
}

/** A step of 64 bits, as text. */
export function formatStepText(step: string): string {
  return /^-?\d{1,19}$/.test(step) ? new Intl.NumberFormat().format(BigInt(step)) : step;
}

export function formatReal(value: Real): string {
  return formatNumber(String(value));
}

/** In four digits, where room is short and the whole is told elsewhere. */
export function formatCompact(value: Real): string {
  const number = Number(value);
  const size = Math.abs(number);
  if (!Number.isFinite(number)) return formatReal(value);
  if (size !== 0 && size < 1e-4) return number.toExponential(2).replace(/\.?0+e/, 'e');
  return size >= 1e4 ? formatReal(Number(number.toPrecision(6))) : formatReal(Number(number.toPrecision(4)));
}

/** In as many digits as tell neighbours on an axis of that length apart. */
export function formatShort(value: number, span: number): string {
  if (value === 0) return '0';
  const size = Math.abs(value);
  if (size >= 1e6 || size < 1e-4) return Number(value.toPrecision(3)).toExponential().replace('e+', 'e');
  const decimals = span > 0 ? Math.min(Math.max(2 - Math.floor(Math.log10(span)), 0), 8) : 4;
  return String(Number(value.toFixed(Math.max(decimals, size < 1 ? 2 - Math.ceil(Math.log10(size)) : 0))));
}

const units = [
  { name: 'd', seconds: 86_400 },
  { name: 'h', seconds: 3_600 },
  { name: 'min', seconds: 60 },
] as const;

/** Seconds as `12 s`, `1 min 30 s`, `2 h 5 min`, `3 d 4 h`: two units at most, fractions where the span is short. */
export function formatElapsed(seconds: number, span: number): string {
  const sign = seconds < 0 ? '-' : '';
  const size = Math.abs(seconds);
  const rounded = size >= 60 ? Math.round(size) : size;
  const large = units.findIndex((unit) => rounded >= unit.seconds);
  const unit = units[large];
  if (!unit) return `${sign}${formatSeconds(size, span)}`;
  const { name: smallName, seconds: small } = units[large + 1] ?? { name: 's', seconds: 1 };
  const count = Math.floor(rounded / unit.seconds);
  const rest = Math.floor((rounded % unit.seconds) / small);
  return `${sign}${count} ${unit.name}${rest === 0 ? '' : ` ${rest} ${smallName}`}`;
}

function formatSeconds(seconds: number, span: number): string {
  const decimals = span > 0 ? Math.min(Math.max(1 - Math.floor(Math.log10(span)), 0), 3) : 3;
  return `${Number(seconds.toFixed(decimals))} s`;
}

const minute = 60_000;
const day = 24 * 60 * minute;

function clock(options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  return new Intl.DateTimeFormat(undefined, options);
}

const date = { day: 'numeric', month: 'short' } as const;
const time = { hour: '2-digit', minute: '2-digit' } as const;
const exactClock = clock({ ...date, ...time, year: 'numeric', second: '2-digit', fractionalSecondDigits: 3 });

const clocks = [
  { from: 500 * day, format: clock({ month: 'short', year: 'numeric' }) },
  { from: 4 * day, format: clock(date) },
  { from: 12 * 60 * minute, format: clock({ ...date, ...time }) },
  { from: 5 * minute, format: clock(time) },
  { from: 5000, format: clock({ ...time, second: '2-digit' }) },
  { from: 0, format: clock({ ...time, second: '2-digit', fractionalSecondDigits: 3 }) },
] as const;

/** Milliseconds since the epoch in local time, in as much detail as an axis of that length needs. */
function formatClock(milliseconds: number, span: number): string {
  if (Math.abs(milliseconds) > 8.64e15) return String(milliseconds);
  const format = clocks.find(({ from }) => span >= from)?.format ?? exactClock;
  return format.format(milliseconds);
}
