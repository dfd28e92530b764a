/** How values look as text. Pure: the same everywhere, and tested without a browser. */

/**
 * The text with its invisible characters made visible: control characters become their pictures, and marks that turn
 * the writing direction or hide are shown by code, so that nothing reads otherwise than it is.
 */
export function visibleText(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}]/gu, (character) => {
    if (harmless.has(character)) return character;
    const code = character.codePointAt(0) ?? 0;
    if (code < 0x20) return String.fromCharCode(0x2400 + code);
    return code === 0x7f ? '␡' : `⟨U+${code.toString(16).toUpperCase().padStart(4, '0')}⟩`;
  });
}

/** Tabs and line ends, and what joins letters and emoji. */
const harmless = new Set(['\t', '\n', '\r', '\u00ad', '\u200c', '\u200d']);

export interface ClampedText {
  readonly text: string;
  readonly isClamped: boolean;
}

/** The beginning of a long text: at most so many characters and lines. */
export function clampText(text: string, characters = 240, lines = 3): ClampedText {
  const end = endOfLine(text, lines);
  if (text.length <= characters && end === text.length) return { text, isClamped: false };
  return { text: `${text.slice(0, cutBefore(text, Math.min(end, characters))).trimEnd()}…`, isClamped: true };
}

function endOfLine(text: string, count: number): number {
  let end = -1;
  for (let line = 0; line < count; line++) {
    end = text.indexOf('\n', end + 1);
    if (end === -1) return text.length;
  }
  return text.slice(end).trim() === '' ? text.length : end;
}

/** Does not cut a character of two units in half. */
function cutBefore(text: string, index: number): number {
  const code = text.charCodeAt(index - 1);
  return code >= 0xd800 && code <= 0xdbff ? index - 1 : index;
}

/** A metric's value in about six digits, as the tree writes it; whatever is no number stays as it is. */
export function formatNumber(text: string): string {
  const value = text.trim() === '' ? NaN : Number(text);
  if (Number.isNaN(value)) return text;
  if (!Number.isFinite(value)) return value > 0 ? '∞' : '-∞';
  const size = Math.abs(value);
  if (Number.isInteger(value) && size < 1e15) return String(value === 0 ? 0 : value);
  return String(size >= 1e5 && size < 1e15 ? Number(value.toFixed(1)) : Number(value.toPrecision(6)));
}

const second = 1000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;

/** `850ms`, `3.4s`, `1m 12s`, `3h 5m`, `2d 4h`; less than nothing, as clocks that differ make it, is `0ms`. */
export function formatDuration(milliseconds: number): string {
  const passed = Math.max(0, milliseconds);
  if (!(passed < Infinity)) return '';
  if (passed < second) return `${Math.floor(passed)}ms`;
  if (passed < 10 * second) return `${Math.floor(passed / 100) / 10}s`;
  if (passed < minute) return `${Math.floor(passed / second)}s`;
  if (passed < hour) return twoUnits(passed, minute, 'm', second, 's');
  return passed < day ? twoUnits(passed, hour, 'h', minute, 'm') : twoUnits(passed, day, 'd', hour, 'h');
}

function twoUnits(
  passed: number,
  large: number,
  largeName: string,
  small: number,
  smallName: string,
): string {
  return `${Math.floor(passed / large)}${largeName} ${Math.floor((passed % large) / small)}${smallName}`;
}

const timeFormat = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'medium' });
const latestTime = 8.64e15;

/** A time as the user's own settings write it. */
export function formatTime(milliseconds: number): string {
  return isTime(milliseconds) ? timeFormat.format(milliseconds) : String(milliseconds);
}

/** The same time for a tooltip: exact, and the same in every place. */
export function formatExactTime(milliseconds: number): string {
  return isTime(milliseconds) ? new Date(milliseconds).toISOString() : String(milliseconds);
}

function isTime(milliseconds: number): boolean {
  return Math.abs(milliseconds) <= latestTime;
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

const counts = new Intl.NumberFormat();

/** `1 character`, `6,000 characters`. */
export function formatCount(count: number, noun: string): string {
  return `${counts.format(count)} ${noun}${count === 1 ? '' : 's'}`;
}

export function formatInteger(count: number): string {
  return counts.format(count);
}
