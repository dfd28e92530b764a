import type { TextRange } from './textRange';
import type { ScalarStyle, YamlError } from './yamlTree';
import { DecodedText, isBlank, isBlankOrEnd, isBreak, isBreakOrEnd, type YamlCursor } from './yamlCursor';

/** A scalar as it was scanned; the cursor stands behind it. */
export interface ScannedScalar {
  readonly style: ScalarStyle;
  readonly text: string;
  readonly pieces: readonly number[];
  readonly range: TextRange;
  /** What safe_load raises of it. */
  readonly errors: readonly YamlError[];
  /** A quote that never closes: it was taken to end with its line. */
  readonly open: boolean;
}

/**
 * How far a plain scalar goes: `usual` as YAML says; `line` to the end of its line, `rest` the same but colons belong
 * to it too. The latter two mend what could not be read as usual.
 */
export type PlainReach = 'usual' | 'line' | 'rest';

export function scanPlain(
  cursor: YamlCursor,
  indent: number,
  inFlow: boolean,
  reach: PlainReach,
): ScannedScalar {
  const start = cursor.pos;
  const decoded = new DecodedText(cursor.text, start);
  let end = start;
  while (cursor.peek() !== 35) {
    const from = cursor.pos;
    cursor.pos += plainRun(cursor, inFlow, reach);
    if (cursor.pos === from) break;
    decoded.copy(from, cursor.pos);
    end = cursor.pos;
    const gap = scanGap(cursor, reach);
    if (!gap || cursor.peek() === 35 || (!inFlow && cursor.column <= indent)) break;
    // A gap that nothing follows does not count.
    if (plainRun(cursor, inFlow, reach) === 0) break;
    decoded.put(gap, end, cursor.pos);
  }
  return {
    style: 'plain',
    text: decoded.text,
    pieces: decoded.pieces,
    range: { start, end },
    errors: [],
    open: false,
  };
}

function plainRun(cursor: YamlCursor, inFlow: boolean, reach: PlainReach): number {
  for (let length = 0; ; length++) {
    const code = cursor.peek(length);
    if (isBlankOrEnd(code)) return length;
    if (inFlow && (code === 63 || isFlowIndicator(code))) return length;
    if (code !== 58 || reach === 'rest') continue;
    const next = cursor.peek(length + 1);
    if (isBlankOrEnd(next) || (inFlow && isFlowIndicator(next))) return length;
  }
}

/** `,` `[` `]` `{` `}` */
function isFlowIndicator(code: number): boolean {
  return code === 44 || code === 91 || code === 93 || code === 123 || code === 125;
}

/** The white space between two runs of a plain scalar, decoded; undefined where the scalar ends. */
function scanGap(cursor: YamlCursor, reach: PlainReach): string | undefined {
  const from = cursor.pos;
  cursor.skip((code) => code === 32);
  if (reach !== 'usual' && isBreakOrEnd(cursor.peek())) return undefined;
  if (!isBreak(cursor.peek())) return cursor.text.slice(from, cursor.pos);
  const first = cursor.takeBreak();
  let breaks = '';
  while (!cursor.atDocumentMark()) {
    cursor.skip((code) => code === 32);
    const taken = cursor.takeBreak();
    if (taken === '') return folded(first, breaks);
    breaks += taken;
  }
  return undefined;
}

function folded(first: string, breaks: string): string {
  if (first !== '\n') return first + breaks;
  return breaks === '' ? ' ' : breaks;
}

export function scanQuoted(cursor: YamlCursor): ScannedScalar {
  const saved = cursor.save();
  const whole = scanQuotedUpTo(cursor, cursor.text.length);
  if (!whole.open) return whole;
  cursor.restore(saved);
  let lineEnd = cursor.pos;
  while (!isBreakOrEnd(cursor.text.charCodeAt(lineEnd)) && lineEnd < cursor.text.length) lineEnd++;
  const line = scanQuotedUpTo(cursor, lineEnd);
  return { ...line, open: true, errors: whole.errors };
}

function scanQuotedUpTo(cursor: YamlCursor, limit: number): ScannedScalar {
  const start = cursor.pos;
  const double = cursor.peek() === 34;
  const decoded = new DecodedText(cursor.text, start);
  const errors: YamlError[] = [];
  const quote = double ? 34 : 39;
  let open = false;
  cursor.pos++;
  for (;;) {
    scanQuotedRun(cursor, double, limit, decoded, errors);
    if (cursor.pos < limit && cursor.peek() === quote) break;
    if (cursor.pos >= limit || !scanQuotedGap(cursor, limit, decoded)) {
      open = true;
      break;
    }
  }
  if (open) errors.push({ range: { start, end: start + 1 }, message: 'This quote is never closed.' });
  else cursor.pos++;
  const style = double ? 'double' : 'single';
  return {
    style,
    text: decoded.text,
    pieces: decoded.pieces,
    range: { start, end: cursor.pos },
    errors,
    open,
  };
}

/** Takes what is no white space up to the closing quote; single spaces between words too. */
function scanQuotedRun(
  cursor: YamlCursor,
  double: boolean,
  limit: number,
  decoded: DecodedText,
  errors: YamlError[],
): void {
  while (cursor.pos < limit) {
    const from = cursor.pos;
    cursor.pos = quotedRunEnd(cursor.text, from, limit, double);
    decoded.copy(from, cursor.pos);
    const code = cursor.peek();
    if (cursor.pos >= limit) return;
    if (!double && code === 39 && cursor.peek(1) === 39) {
      decoded.put("'", cursor.pos, cursor.pos + 2);
      cursor.pos += 2;
    } else if (double && code === 92) scanEscape(cursor, decoded, errors);
    else return;
  }
}

/** Where what is as it stands in quotes ends. Signatures are megabytes of it, so it is looked through without a call for each character. */
function quotedRunEnd(text: string, from: number, limit: number, double: boolean): number {
  const [quote, escape] = double ? [34, 92] : [39, 39];
  for (let at = from; at < limit; at++) {
    const code = text.charCodeAt(at);
    if (code === quote || code === escape) return at;
    if (code > 32 && code < 0x85) continue;
    const next = code === 32 && at + 1 < limit ? text.charCodeAt(at + 1) : 0;
    if (next > 32 && next < 0x85) continue;
    if (isBlank(code) || isBreak(code)) return at;
  }
  return limit;
}

/** Takes white space and folded lines inside of quotes; false where the text or the document ends in them. */
function scanQuotedGap(cursor: YamlCursor, limit: number, decoded: DecodedText): boolean {
  const from = cursor.pos;
  cursor.skip(isBlank);
  if (cursor.pos >= limit) return false;
  if (!isBreak(cursor.peek())) {
    decoded.copy(from, cursor.pos);
    return true;
  }
  const first = cursor.takeBreak();
  const breaks = scanQuotedBreaks(cursor);
  if (breaks === undefined) return false;
  decoded.put(folded(first, breaks), from, cursor.pos);
  return true;
}

function scanQuotedBreaks(cursor: YamlCursor): string | undefined {
  let breaks = '';
  while (!cursor.atDocumentMark()) {
    cursor.skip(isBlank);
    const taken = cursor.takeBreak();
    if (taken === '') return breaks;
    breaks += taken;
  }
  return undefined;
}

const escapes = new Map([
  ['0', '\0'],
  ['a', '\x07'],
  ['b', '\b'],
  ['t', '\t'],
  ['\t', '\t'],
  ['n', '\n'],
  ['v', '\v'],
  ['f', '\f'],
  ['r', '\r'],
  ['e', '\x1b'],
  [' ', ' '],
  ['"', '"'],
  ['\\', '\\'],
  ['/', '/'],
  ['N', '\x85'],
  ['_', '\xa0'],
  ['L', '\u2028'],
  ['P', '\u2029'],
]);
const hexLengths = new Map([
  ['x', 2],
  ['u', 4],
  ['U', 8],
]);

function scanEscape(cursor: YamlCursor, decoded: DecodedText, errors: YamlError[]): void {
  const from = cursor.pos++;
  if (isBreak(cursor.peek())) {
    cursor.takeBreak();
    decoded.put(scanQuotedBreaks(cursor) ?? '', from, cursor.pos);
    return;
  }
  const letter = cursor.text.charAt(cursor.pos);
  const character = escapes.get(letter) ?? hexEscape(cursor.text, cursor.pos);
  cursor.pos +=
    letter === ''
      ? 0
      : 1 + (escapes.has(letter) || character === undefined ? 0 : (hexLengths.get(letter) ?? 0));
  if (character === undefined) {
    decoded.copy(from, cursor.pos);
    const range = { start: from, end: cursor.pos };
    if (letter !== '') errors.push({ range, message: `\\${letter} is no escape that YAML knows.` });
  } else decoded.put(character, from, cursor.pos);
}

function hexEscape(text: string, at: number): string | undefined {
  const length = hexLengths.get(text.charAt(at)) ?? 0;
  const digits = text.slice(at + 1, at + 1 + length);
  const code = parseInt(digits, 16);
  const valid = length > 0 && digits.length === length && /^[0-9a-f]+$/i.test(digits) && code <= 0x10ffff;
  return valid ? String.fromCodePoint(code) : undefined;
}
