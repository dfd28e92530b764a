import type { TextRange } from './textRange';
import { withoutQuotes } from './yamlLine';

/** A `{` or `[` that is open at a caret. */
export interface FlowFrame {
  readonly kind: 'mapping' | 'sequence';
  /** Of the pair that the caret is in, once its colon is passed. */
  readonly key: string | undefined;
}

export interface FlowPlace {
  /** The outermost first. */
  readonly frames: readonly FlowFrame[];
  /** The key or value around the caret. */
  readonly range: TextRange;
  readonly hasColon: boolean;
  /** The other keys of the mapping around the caret. */
  readonly siblings: readonly string[];
}

interface Frame {
  readonly kind: FlowFrame['kind'];
  key: string | undefined;
  readonly keys: string[];
  tokenStart: number;
}

/** What stands behind the caret is looked at so far. */
const mostBehind = 2_000;

/** Where in the flow collection that begins at `start` a caret is; undefined behind its end. */
export function scanFlow(text: string, start: number, offset: number): FlowPlace | undefined {
  const frames: Frame[] = [];
  let at = start;
  while (at < offset) at = step(text, at, frames, offset);
  const top = frames.at(-1);
  if (!top) return undefined;
  const open = frames.map(({ kind, key }) => ({ kind, key }));
  const tokenStart = skipSpace(text, top.tokenStart, offset);
  const end = tokenEnd(text, offset);
  const hasColon = text[skipSpace(text, end, text.length)] === ':';
  const siblings = [...top.keys, ...keysBehind(text, end, top.key === undefined && hasColon)];
  return { frames: open, range: { start: tokenStart, end }, hasColon, siblings };
}

/** Reads one character, or a quoted text as a whole; gives where to go on. */
function step(text: string, at: number, frames: Frame[], end: number): number {
  const character = text.charAt(at);
  const top = frames.at(-1);
  if (character === '{' || character === '[') {
    const kind = character === '{' ? 'mapping' : 'sequence';
    frames.push({ kind, key: undefined, keys: [], tokenStart: at + 1 });
  } else if (character === '}' || character === ']') frames.pop();
  else if (!top) return at + 1;
  else if (character === ',') closePair(top, at + 1);
  else if (isColon(text, at) && top.kind === 'mapping' && top.key === undefined) {
    top.key = withoutQuotes(text.slice(top.tokenStart, at).trim());
    top.tokenStart = at + 1;
  } else if (/["']/.test(character) && text.slice(top.tokenStart, at).trim() === '')
    return Math.min(quoteEnd(text, at), end);
  else if (character === '#' && /\s/.test(text.charAt(at - 1))) return Math.min(lineEnd(text, at), end);
  return at + 1;
}

function closePair(frame: Frame, next: number): void {
  if (frame.key !== undefined) frame.keys.push(frame.key);
  frame.key = undefined;
  frame.tokenStart = next;
}

function isColon(text: string, at: number): boolean {
  return text[at] === ':' && (/[\s,}\]]|^$/.test(text.charAt(at + 1)) || /["']/.test(text.charAt(at - 1)));
}

function quoteEnd(text: string, at: number): number {
  const quote = text.charAt(at);
  for (let end = at + 1; end < text.length; end++) {
    if (quote === '"' && text[end] === '\\') end++;
    else if (text[end] === quote) return end + 1;
  }
  return text.length;
}

function lineEnd(text: string, at: number): number {
  const end = text.indexOf('\n', at);
  return end < 0 ? text.length : end;
}

function skipSpace(text: string, from: number, end: number): number {
  let at = from;
  while (at < end && /\s/.test(text.charAt(at))) at++;
  return at;
}

function tokenEnd(text: string, offset: number): number {
  let at = offset;
  while (at < text.length && !/[,{}[\]\r\n]/.test(text.charAt(at)) && !isColon(text, at)) at++;
  while (at > offset && text[at - 1] === ' ') at--;
  return at;
}

/** Keys of the pairs that follow in the same mapping. */
function keysBehind(text: string, from: number, isInKey: boolean): readonly string[] {
  const frame: Frame = { kind: 'mapping', key: isInKey ? undefined : '', keys: [], tokenStart: from };
  const frames = [frame];
  const end = Math.min(text.length, from + mostBehind);
  for (let at = from; at < end && frames.length > 0;) at = step(text, at, frames, end);
  closePair(frame, end);
  return frame.keys.slice(1);
}
