/** Numbers, times and sizes as people read them at a glance. */

/** A metric's value: about six significant digits, never more digits than the number has. */
export function formatMetric(value: number): string {
  if (Number.isNaN(value)) return 'NaN';
  if (!Number.isFinite(value)) return value > 0 ? '∞' : '-∞';
  if (Number.isInteger(value) && Math.abs(value) < 1e15) return String(value === 0 ? 0 : value);
  const size = Math.abs(value);
  return String(size >= 1e5 && size < 1e15 ? Number(value.toFixed(1)) : Number(value.toPrecision(6)));
}

const second = 1000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;

/** `850ms`, `3.4s`, `1m 12s`, `3h 5m`, `2d 4h`; less than nothing, as clocks that differ make it, is `0ms`. */
export function formatDuration(milliseconds: number): string {
  const ms = Math.max(0, milliseconds);
  if (ms < second) return `${Math.round(ms)}ms`;
  if (ms < 10 * second) return `${Math.floor(ms / 100) / 10}s`;
  if (ms < minute) return `${Math.floor(ms / second)}s`;
  if (ms < hour) return `${Math.floor(ms / minute)}m ${Math.floor((ms % minute) / second)}s`;
  if (ms < day) return `${Math.floor(ms / hour)}h ${Math.floor((ms % hour) / minute)}m`;
  return `${Math.floor(ms / day)}d ${Math.floor((ms % day) / hour)}h`;
}

const ages: readonly (readonly [name: string, span: number])[] = [
  ['y', 365 * day],
  ['mo', 30 * day],
  ['d', day],
  ['h', hour],
  ['min', minute],
];

/** How long ago that was: `3 h ago`. What lies ahead, as clocks that differ make it, is `just now`. */
export function formatAge(timestamp: number, now: number): string {
  const passed = now - timestamp;
  const age = ages.find(([, span]) => passed >= span);
  return age ? `${Math.floor(passed / age[1])} ${age[0]} ago` : 'just now';
}

const units = ['B', 'KB', 'MB', 'GB', 'TB', 'PB'];

/** A size in bytes: `512 B`, `1.5 KB`. */
export function formatSize(bytes: number): string {
  let size = bytes;
  let unit = 0;
  while (size >= 1023.95 && unit < units.length - 1) {
    size /= 1024;
    unit++;
  }
  const digits = unit === 0 || size >= 100 ? 0 : 1;
  return `${Number(size.toFixed(digits))} ${units[unit] ?? ''}`;
}

/** A point in time where the reader is; the bare number if no calendar has it. */
export function formatDate(timestamp: number): string {
  const date = new Date(timestamp);
  return Number.isNaN(date.getTime())
    ? String(timestamp)
    : date.toLocaleString(undefined, { dateStyle: 'medium', timeStyle: 'medium' });
}

/** `1 run`, `2 runs`, `1,234 runs`. */
export function formatCount(count: number, noun: string): string {
  return `${count.toLocaleString('en-US')} ${noun}${count === 1 ? '' : 's'}`;
}
