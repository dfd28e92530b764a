import { DecodedText, isBlank, isBreak, isBreakOrEnd, type YamlCursor } from './yamlCursor';
import type { TextRange } from './textRange';
import type { ScannedScalar } from './yamlScalars';
import type { YamlError } from './yamlTree';

interface Header {
  readonly chomping: 'clip' | 'keep' | 'strip';
  readonly increment?: number;
  readonly comment?: TextRange;
  readonly end: number;
}

/** Scans `|` or `>` and the lines that belong to it. `indent` is the column of the collection around it, -1 for none. */
export function scanBlockScalar(
  cursor: YamlCursor,
  indent: number,
): ScannedScalar & { readonly comment?: TextRange } {
  const start = cursor.pos;
  const style = cursor.peek() === 124 ? 'literal' : 'folded';
  const errors: YamlError[] = [];
  const header = scanHeader(cursor, errors);
  const decoded = new DecodedText(cursor.text, start);
  const least = Math.max(indent + 1, 1);
  const lines = new Breaks();
  const column =
    header.increment === undefined
      ? Math.max(least, scanIndentation(cursor, lines))
      : least + header.increment - 1;
  if (header.increment !== undefined) scanBreaks(cursor, column, lines);
  const contentEnd = scanLines(cursor, column, style === 'folded', header.chomping, lines, decoded);
  const range = { start, end: contentEnd ?? header.end };
  const { comment } = header;
  const scanned = { style, text: decoded.text, pieces: decoded.pieces, range, errors, open: false } as const;
  return comment ? { ...scanned, comment } : scanned;
}

/** Line breaks that count only if something follows. */
class Breaks {
  text = '';
  from = 0;
  to = 0;

  add(taken: string, from: number, to: number): void {
    if (this.text === '') this.from = from;
    this.text += taken;
    this.to = to;
  }

  drain(into: DecodedText): void {
    into.put(this.text, this.from, this.to);
    this.text = '';
  }
}

function scanHeader(cursor: YamlCursor, errors: YamlError[]): Header {
  const [written = '', ...groups] =
    /^[|>](?:([+-])([0-9]?)|([0-9])([+-]?))?/.exec(cursor.text.slice(cursor.pos, cursor.pos + 3)) ?? [];
  const sign = groups[0] ?? groups[3];
  const digit = groups[1] ?? groups[2];
  const from = cursor.pos;
  cursor.pos += written.length;
  const end = cursor.pos;
  const fault = (message: string) =>
    errors.push({ range: { start: from, end: Math.max(cursor.pos, end) }, message });
  if (digit === '0') fault('The indentation of a block scalar is a number from 1 to 9.');
  const comment = skipHeaderLine(cursor, fault);
  return {
    chomping: sign === '+' ? 'keep' : sign === '-' ? 'strip' : 'clip',
    ...(digit && digit !== '0' ? { increment: Number(digit) } : {}),
    ...(comment ? { comment } : {}),
    end,
  };
}

function skipHeaderLine(cursor: YamlCursor, fault: (message: string) => void): TextRange | undefined {
  const afterIndicator = cursor.pos;
  cursor.skip((code) => code === 32);
  const start = cursor.pos;
  const isComment = cursor.peek() === 35 && cursor.pos > afterIndicator;
  cursor.skip((code) => !isBreakOrEnd(code));
  const end = cursor.pos;
  if (!isComment && end > start)
    fault('Only a comment may follow the indicator of a block scalar on its line.');
  cursor.takeBreak();
  return isComment ? { start, end } : undefined;
}

/** Skips lines of nothing but spaces, and gives the widest column met, as PyYAML guesses the indentation. */
function scanIndentation(cursor: YamlCursor, breaks: Breaks): number {
  let widest = 0;
  for (;;) {
    const from = cursor.pos;
    cursor.skip((code) => code === 32);
    widest = Math.max(widest, cursor.column);
    const taken = cursor.takeBreak();
    if (taken === '') return widest;
    breaks.add(taken, from, cursor.pos);
  }
}

function scanBreaks(cursor: YamlCursor, indent: number, breaks: Breaks): void {
  for (;;) {
    const from = cursor.pos;
    while (cursor.column < indent && cursor.peek() === 32) cursor.pos++;
    const taken = cursor.takeBreak();
    if (taken === '') return;
    breaks.add(taken, from, cursor.pos);
  }
}

/** Gives where the last line's content ends; undefined if there is no line. */
function scanLines(
  cursor: YamlCursor,
  indent: number,
  isFolded: boolean,
  chomping: Header['chomping'],
  breaks: Breaks,
  decoded: DecodedText,
): number | undefined {
  let contentEnd: number | undefined;
  let lineBreak = '';
  while (cursor.column === indent && cursor.peek() !== -1) {
    breaks.drain(decoded);
    const from = cursor.pos;
    const startsBlank = isBlank(cursor.peek());
    cursor.skip((code) => !isBreakOrEnd(code));
    decoded.copy(from, cursor.pos);
    contentEnd = cursor.pos;
    lineBreak = cursor.takeBreak();
    const lineBreakEnd = cursor.pos;
    scanBreaks(cursor, indent, breaks);
    if (cursor.column !== indent || cursor.peek() === -1) break;
    const folds = isFolded && lineBreak === '\n' && !startsBlank && !isBlank(cursor.peek());
    if (!folds) decoded.put(lineBreak, contentEnd, lineBreakEnd);
    else if (breaks.text === '') decoded.put(' ', contentEnd, cursor.pos);
  }
  const tailEnd = contentEnd ?? cursor.pos;
  const breakLength = isBreak(cursor.text.charCodeAt(tailEnd)) ? 1 : 0;
  if (chomping !== 'strip') decoded.put(lineBreak, tailEnd, tailEnd + breakLength);
  if (chomping === 'keep') breaks.drain(decoded);
  return contentEnd;
}
