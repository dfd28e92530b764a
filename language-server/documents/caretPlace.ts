import { type FlowFrame, scanFlow } from './flowScan';
import type { LineIndex, TextRange } from './textRange';
import { readYamlLine, type YamlLine } from './yamlLine';

/**
 * Where in a document a caret stands, told by indentation and the text around it alone: it holds in texts that are half typed,
 * and costs no parse.
 */
export interface CaretPlace {
  /** From the root to the mapping of the key, or to the value, that the caret is in; `-` is a list's item. */
  readonly path: readonly string[];
  /** An item of a list that is no mapping yet counts as a value. */
  readonly at: 'key' | 'value';
  /** The key, or the value, around the caret, as far as it is written on the caret's line; quotes are inside. */
  readonly range: TextRange;
  /** All of a value that has several lines, a block scalar's header included. */
  readonly whole: TextRange;
  /** A key's colon is there already. */
  readonly hasColon: boolean;
  readonly inFlow: boolean;
  /** What other keys the mapping around a key has. */
  readonly siblings: () => readonly string[];
}

interface Ancestor {
  readonly line: YamlLine;
  /** Which of the line's nested dashes, and then its key, it is. */
  readonly segment: number;
}

/** Undefined in comments, right behind a colon, and behind a closed flow collection. */
export function findCaretPlace(text: string, lines: LineIndex, offset: number): CaretPlace | undefined {
  const number = lines.lineAt(offset);
  const own = readYamlLine(text, lines.lineStart(number), lines.lineEnd(number));
  const column = own.contentStart === own.end ? offset - own.start : own.contentStart - own.start;
  const path: string[] = [];
  for (const { line, segment } of findAncestors(text, lines, number, column, own.dashes > 0)) {
    path.push(segment < line.dashes ? '-' : (line.key?.text ?? ''));
    if (segment < line.columns.length - 1 || line.valueStart === line.end) continue;
    const start = line.valueStart;
    if (isFlow(text, start)) return placeInFlow(text, start, offset, path);
    const range = { start: Math.min(own.contentStart, offset), end: own.end };
    return valuePlace(path, range, { start, end: scalarEnd(text, lines, line, number) });
  }
  if (offset < own.contentStart || (own.comment !== undefined && offset > own.comment)) return undefined;
  path.push(...Array.from({ length: own.dashes }, () => '-'));
  if (own.key && offset > own.key.range.end)
    return placeInValue(text, own, offset, [...path, own.key.text], scalarEnd(text, lines, own, number));
  if (!own.key && own.dashes > 0) return placeInValue(text, own, offset, path, own.valueEnd);
  const siblings = () => siblingKeys(text, lines, number, own.key ? (own.columns.at(-1) ?? 0) : column);
  const range = own.key?.range ?? { start: Math.min(own.afterMark, offset), end: own.valueEnd };
  if (offset < range.start || offset > range.end) return undefined;
  return { path, at: 'key', range, whole: range, hasColon: own.key !== undefined, inFlow: false, siblings };
}

function isFlow(text: string, at: number): boolean {
  return text[at] === '{' || text[at] === '[';
}

function placeInValue(
  text: string,
  { afterMark, valueStart, valueEnd, end, key }: YamlLine,
  offset: number,
  path: readonly string[],
  wholeEnd: number,
): CaretPlace | undefined {
  if (offset < afterMark || (key && text[offset - 1] === ':' && offset <= afterMark)) return undefined;
  if (valueStart === end) return valuePlace(path, { start: offset, end: offset });
  if (isFlow(text, valueStart) && offset > valueStart) return placeInFlow(text, valueStart, offset, path);
  const isHeader = /[|>]/.test(text.charAt(valueStart));
  if (isHeader) return undefined;
  const range = { start: Math.min(valueStart, offset), end: Math.max(valueEnd, offset) };
  return valuePlace(path, range, { start: range.start, end: Math.max(range.end, wholeEnd) });
}

function valuePlace(path: readonly string[], range: TextRange, whole = range): CaretPlace {
  return { path, at: 'value', range, whole, hasColon: false, inFlow: false, siblings: () => [] };
}

function placeInFlow(
  text: string,
  start: number,
  offset: number,
  above: readonly string[],
): CaretPlace | undefined {
  const flow = scanFlow(text, start, offset);
  const frame = flow?.frames.at(-1);
  if (!flow || !frame) return undefined;
  const outer = flow.frames.slice(0, -1).map(stepOf);
  const isKey = frame.kind === 'mapping' && frame.key === undefined;
  const path = [...above, ...outer, ...(isKey ? [] : [stepOf(frame)])];
  const { range, hasColon, siblings } = flow;
  const at = isKey ? 'key' : 'value';
  return { path, at, range, whole: range, hasColon, inFlow: true, siblings: () => siblings };
}

function stepOf({ kind, key }: FlowFrame): string {
  return kind === 'sequence' ? '-' : (key ?? '');
}

/** The keys and dashes that a line is nested in, the outermost first. */
function findAncestors(
  text: string,
  lines: LineIndex,
  number: number,
  column: number,
  isItem: boolean,
): readonly Ancestor[] {
  const found: Ancestor[] = [];
  let [need, needsKey] = [column, isItem];
  for (let above = number - 1; above >= 0 && (need > 0 || needsKey); above--) {
    const start = lines.lineStart(above);
    const indent = indentOf(text, start);
    if (indent === undefined || indent > need) continue;
    const line = readYamlLine(text, start, lines.lineEnd(above));
    for (let segment = line.columns.length - 1; segment >= 0; segment--) {
      const at = line.columns[segment] ?? 0;
      const isKey = segment >= line.dashes;
      if (at > need || (at === need && !(needsKey && isKey))) continue;
      found.push({ line, segment });
      [need, needsKey] = [at, !isKey];
    }
  }
  return found.toReversed();
}

/** The column of a line's first character; undefined of a blank one and of a comment. */
function indentOf(text: string, start: number): number | undefined {
  let at = start;
  while (text.charCodeAt(at) === 32) at++;
  switch (text.charCodeAt(at)) {
    case 9: // tab
    case 10:
    case 13:
    case 35: // a comment
      return undefined;
    default:
      return at < text.length ? at - start : undefined;
  }
}

/** Where a scalar that goes on below its line ends: before the next line that is not deeper. */
function scalarEnd(text: string, lines: LineIndex, holder: YamlLine, number: number): number {
  const column = holder.columns.at(-1) ?? 0;
  let last = number;
  for (let below = number + 1; below < lines.lineCount; below++) {
    const start = lines.lineStart(below);
    const indent = indentOf(text, start);
    if (indent !== undefined && indent <= column) break;
    if (indent !== undefined) last = below;
  }
  return lines.lineEnd(last);
}

/** Keys of the mapping that a line belongs to, without its own. */
function siblingKeys(text: string, lines: LineIndex, number: number, column: number): readonly string[] {
  const found: string[] = [];
  const visit = (at: number): boolean => {
    const start = lines.lineStart(at);
    const indent = indentOf(text, start);
    if (indent === undefined || indent > column) return true;
    const line =
      indent === column || text[start + indent] === '-'
        ? readYamlLine(text, start, lines.lineEnd(at))
        : undefined;
    if (line?.key && line.columns.at(-1) === column) found.push(line.key.text);
    return indent === column;
  };
  for (let above = number - 1; above >= 0 && visit(above);) above--;
  for (let below = number + 1; below < lines.lineCount && visit(below);) below++;
  return found;
}
