import { lineBreakOf } from '../../documents/yamlWrite';
import type { PairPlace } from '../../documents/yamlPlaces';
import type { Pair } from '../../documents/yamlTree';
import type { OpenDocument } from '../openDocument';
import { type Edit, insertAt, replaceRange } from '../textEdits';

/** Takes a pair out with its lines; undefined for the only one of a mapping, and where lines hold more than it. */
export function removePair(document: OpenDocument, { mapping, pair }: PairPlace): Edit | undefined {
  const { pairs, flow } = mapping;
  const index = pairs.indexOf(pair);
  const [before, after] = [pairs[index - 1], pairs[index + 1]];
  if (!before && !after) return undefined;
  const { start, end } = pair.range;
  if (!flow && isFirstOnLine(document, start)) {
    const { lines } = document;
    return {
      start: lines.lineStart(lines.lineAt(start)),
      end: lines.lineStart(lines.lineAt(end) + 1),
      newText: '',
    };
  }
  if (after) return { start, end: after.range.start, newText: '' };
  return flow && before ? { start: before.range.end, end, newText: '' } : undefined;
}

/**
 * Adds pairs, each written on one line, behind those that a pair's value has; undefined where it is neither a mapping nor
 * nothing.
 */
export function addToValue(
  document: OpenDocument,
  { mapping, pair }: PairPlace,
  entries: readonly string[],
): Edit | undefined {
  const { key, value } = pair;
  if (value.kind === 'mapping') {
    const last = value.pairs.at(-1);
    if (!last) return replaceRange(value.range, `{${entries.join(', ')}}`);
    if (value.flow) return insertAt(last.range.end, `, ${entries.join(', ')}`);
    const indent = columnOf(document, value.range.start);
    return insertAt(lineEndOf(document, last.range.end), linesOf(document, indent, entries));
  }
  if (value.kind !== 'null') return undefined;
  if (mapping.flow) return replaceRange(value.range, ` {${entries.join(', ')}}`);
  const indent = columnOf(document, key.range.start) + indentStep(document);
  if (value.range.end > value.range.start)
    return {
      start: colonEnd(document, pair),
      end: value.range.end,
      newText: linesOf(document, indent, entries),
    };
  return insertAt(lineEndOf(document, key.range.end), linesOf(document, indent, entries));
}

/** Puts pairs in front of another of the same mapping. Each may have entries of its own. */
export function addBefore(
  document: OpenDocument,
  { mapping, pair }: PairPlace,
  name: string,
  value: string | readonly string[],
): Edit {
  const { start } = pair.range;
  const isPlain = typeof value === 'string';
  if (mapping.flow) return insertAt(start, `${name}: ${isPlain ? value : `{${value.join(', ')}}`}, `);
  const column = columnOf(document, start);
  const own = isPlain ? ` ${value}` : linesOf(document, column + indentStep(document), value);
  return insertAt(start, `${name}:${own}${lineBreakOf(document.text)}${' '.repeat(column)}`);
}

/** Gives a pair without a value one. */
export function setEmptyValue(document: OpenDocument, pair: Pair, value: string): Edit {
  const start = colonEnd(document, pair);
  // Inside braces a key may stand without a colon.
  const colon = start === pair.key.range.end ? ':' : '';
  return { start, end: Math.max(start, pair.value.range.end), newText: `${colon} ${value}` };
}

function colonEnd({ text }: OpenDocument, { key }: Pair): number {
  const { end } = key.range;
  return end + (/^[ \t]*:/.exec(text.slice(end, end + 200))?.[0].length ?? 0);
}

function linesOf({ text }: OpenDocument, indent: number, entries: readonly string[]): string {
  return entries.map((entry) => lineBreakOf(text) + ' '.repeat(indent) + entry).join('');
}

function isFirstOnLine({ text, lines }: OpenDocument, offset: number): boolean {
  return text.slice(lines.lineStart(lines.lineAt(offset)), offset).trim() === '';
}

function columnOf({ lines }: OpenDocument, offset: number): number {
  return lines.positionAt(offset).character;
}

function lineEndOf({ lines }: OpenDocument, offset: number): number {
  return lines.lineEnd(lines.lineAt(offset));
}

/** How far the document sets its first nested line in; two if there is none. */
function indentStep({ text }: OpenDocument): number {
  return /^( {1,8})[^ \r\n#-]/m.exec(text)?.[1]?.length ?? 2;
}
