import type { TextRange } from './textRange';

/** One line of block YAML, as far as it can be told without its neighbours. */
export interface YamlLine {
  readonly start: number;
  readonly end: number;
  readonly contentStart: number;
  /** Of each dash, and then of the key if there is one. */
  readonly columns: readonly number[];
  readonly dashes: number;
  readonly key?: { readonly text: string; readonly range: TextRange };
  /** Behind the colon and one blank; without a key, where the content begins behind the dashes. */
  readonly afterMark: number;
  /** Behind anchors and tags; the line's end if there is no value. */
  readonly valueStart: number;
  /** Before blanks and a comment; at least `afterMark`. */
  readonly valueEnd: number;
  readonly comment?: number;
}

export function readYamlLine(text: string, start: number, end: number): YamlLine {
  const columns: number[] = [];
  let at = skipBlanks(text, start, end);
  const contentStart = at;
  while (text[at] === '-' && (at + 1 >= end || text[at + 1] === ' ')) {
    columns.push(at - start);
    at = skipBlanks(text, at + 1, end);
  }
  const dashes = columns.length;
  const comment = commentStart(text, at, end);
  const limit = comment ?? end;
  const colon = keyEnd(text, at, limit);
  const key = colon === undefined ? undefined : keyAt(text, at, colon);
  if (key) columns.push(at - start);
  const afterMark = colon === undefined ? at : Math.min(colon + 2, end);
  const valueStart = skipProperties(text, skipBlanks(text, afterMark, limit), limit);
  const valueEnd = Math.max(afterMark, trimmedEnd(text, valueStart, limit));
  return {
    start,
    end,
    contentStart,
    columns,
    dashes,
    afterMark,
    valueStart: valueStart >= limit ? end : valueStart,
    valueEnd,
    ...(key && { key }),
    ...(comment !== undefined && { comment }),
  };
}

function skipBlanks(text: string, from: number, end: number): number {
  let at = from;
  while (at < end && (text[at] === ' ' || text[at] === '\t')) at++;
  return at;
}

function trimmedEnd(text: string, start: number, end: number): number {
  let at = end;
  while (at > start && (text[at - 1] === ' ' || text[at - 1] === '\t')) at--;
  return at;
}

function skipProperties(text: string, from: number, end: number): number {
  let at = from;
  while (at < end && (text[at] === '&' || text[at] === '!')) {
    while (at < end && text[at] !== ' ') at++;
    at = skipBlanks(text, at, end);
  }
  return at;
}

/** A `#` behind a blank, outside of quotes. */
function commentStart(text: string, from: number, end: number): number | undefined {
  let quote = '';
  for (let at = from; at < end; at++) {
    const character = text.charAt(at);
    const before = text.charAt(at - 1);
    if (quote !== '') {
      if (character === '\\' && quote === '"') at++;
      else if (character === quote) quote = '';
    } else if ((character === '"' || character === "'") && /[\s:{[,-]/.test(before)) quote = character;
    else if (character === '#' && (at === from || before === ' ' || before === '\t')) return at;
  }
  return undefined;
}

/** Where the colon of the line's key stands. */
function keyEnd(text: string, start: number, end: number): number | undefined {
  const first = text.charAt(start);
  if (start >= end || '{[|>&*!%@`,?'.includes(first)) return undefined;
  let at = start;
  if (first === '"' || first === "'") {
    const close = text.indexOf(first, start + 1);
    if (close < 0 || close >= end) return undefined;
    at = skipBlanks(text, close + 1, end);
    return text[at] === ':' ? at : undefined;
  }
  for (; at < end; at++) {
    if (text[at] === ':' && (at + 1 >= end || text[at + 1] === ' ' || text[at + 1] === '\t')) return at;
  }
  return undefined;
}

function keyAt(text: string, start: number, colon: number): YamlLine['key'] {
  const range = { start, end: trimmedEnd(text, start, colon) };
  return { text: withoutQuotes(text.slice(range.start, range.end)), range };
}

/** A scalar's text without the quotes around it; escapes stay. */
export function withoutQuotes(written: string): string {
  return /^(["'])(.*)\1$/s.exec(written)?.[2] ?? written;
}
