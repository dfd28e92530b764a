import type { Range, TextEdit } from 'vscode-languageserver-types';
import { lineBreakOf } from '../documents/yamlWrite';
import { saysTheSame } from '../documents/sameYaml';
import { parseYaml } from '../documents/yamlText';
import { type InnerLine, type Layout, readLayout } from './formatting/layout';
import type { OpenDocument } from './openDocument';
import { applyEdits, disjointEdits, type Edit, toTextEdits } from './textEdits';

export interface FormatOptions {
  /** How far each level is set in. */
  readonly tabSize: number;
}

/**
 * Puts a document in order, or the lines of a range: indentation, spaces within lines and at their ends, blank lines, the last
 * line's end. Comments, quotes and block scalars' texts stay, and so does what the document says, or nothing is changed;
 * nor is anything where the YAML is broken.
 */
export function formatDocument(
  document: OpenDocument,
  { tabSize }: FormatOptions,
  range?: Range,
): readonly TextEdit[] {
  const { text, lines, model } = document;
  if (model.yaml.errors.length > 0) return [];
  const step = Math.min(Math.max(Math.trunc(tabSize), 2), 8);
  // MLflow writes an MLmodel's lists right below their keys.
  const layout = readLayout(text, lines, model.yaml.root, step, document.kind === 'mlmodel' ? 0 : step);
  if (!layout) return [];
  const all = disjointEdits([...layout.gaps, ...lineEdits(document, layout), ...endEdit(document, layout)]);
  const isMeant = ({ start, end }: Edit) =>
    !range ||
    (lines.positionAt(end).line >= range.start.line && lines.positionAt(start).line <= range.end.line);
  const edits = all.filter(isMeant);
  return saysTheSame(model.yaml, parseYaml(applyEdits(text, edits), model.yaml))
    ? toTextEdits(document, edits)
    : [];
}

function lineEdits(document: OpenDocument, layout: Layout): readonly Edit[] {
  const { text, lines } = document;
  const edits: Edit[] = [];
  const columns = newColumns(document, layout);
  let blanks = 1;
  for (let line = 0; line < lines.lineCount; line++) {
    const [start, end] = [lines.lineStart(line), lines.lineEnd(line)];
    const content = text.slice(start, end);
    const inner = layout.inner.get(line);
    const isBlank = content.trim() === '' && !inner;
    blanks = isBlank ? blanks + 1 : 0;
    if (isBlank && blanks > 1) edits.push({ start, end: lines.lineStart(line + 1), newText: '' });
    else if (isBlank) edits.push({ start, end, newText: '' });
    else {
      const lead = /^ */.exec(content)?.[0].length ?? 0;
      const column = columns.get(line) ?? lead;
      if (column !== lead) edits.push({ start, end: start + lead, newText: ' '.repeat(column) });
      if (content.trim() !== '' && !keepsEnd(layout, line))
        edits.push({ start: start + content.trimEnd().length, end, newText: '' });
    }
  }
  return edits.filter(({ start, end, newText }) => text.slice(start, end) !== newText);
}

/** White space at a line's end may belong to text that goes on in the next. */
function keepsEnd({ inner }: Layout, line: number): boolean {
  const [own, next] = [inner.get(line), inner.get(line + 1)];
  return (
    own?.kind === 'block' ||
    (own?.kind === 'continued' && own.keepsEnd) ||
    (next?.kind === 'continued' && next.first === line)
  );
}

/** Where lines are to begin: what the layout says, and what follows for lines that go on and for comments. */
function newColumns(
  { text, lines, model }: OpenDocument,
  { columns, inner }: Layout,
): ReadonlyMap<number, number> {
  const all = new Map(columns);
  const leadOf = (line: number) =>
    /^ */.exec(text.slice(lines.lineStart(line), lines.lineEnd(line)))?.[0].length ?? 0;
  for (const [line, rule] of inner) {
    const lead = leadOf(line);
    const isBlank = lines.lineStart(line) + lead >= lines.lineEnd(line);
    const first =
      rule.kind === 'continued' ? (all.get(rule.first) ?? leadOf(rule.first)) - leadOf(rule.first) : 0;
    all.set(line, isBlank ? blankColumn(lead, rule) : innerColumn(lead, rule, first));
  }
  const content = [...columns.keys()].sort((a, b) => a - b);
  for (const { start } of model.yaml.comments) {
    const line = lines.lineAt(start);
    const lead = leadOf(line);
    if (lines.lineStart(line) + lead !== start || inner.has(line)) continue;
    const like = neighbourOf(line, lead, content, leadOf);
    if (like !== undefined) all.set(line, Math.max(0, lead + (columns.get(like) ?? 0) - leadOf(like)));
  }
  return all;
}

function innerColumn(lead: number, rule: InnerLine, moved: number): number {
  return rule.kind === 'block' ? lead + rule.to - rule.from : Math.max(rule.lowest, lead + moved);
}

/** A block scalar's blank line may hold spaces of its text. */
function blankColumn(lead: number, rule: InnerLine): number {
  if (rule.kind === 'continued') return lead;
  return lead > rule.from ? lead + rule.to - rule.from : Math.min(lead, rule.to);
}

/** The line that a comment moves with: the next one if it stands at the same column, else the last before that does, else the next. */
function neighbourOf(
  line: number,
  lead: number,
  content: readonly number[],
  leadOf: (line: number) => number,
): number | undefined {
  let [low, high] = [0, content.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((content[middle] ?? 0) < line) low = middle + 1;
    else high = middle;
  }
  const next = content[low];
  if (next !== undefined && leadOf(next) === lead) return next;
  for (let index = low - 1; index >= 0 && index > low - 200; index--) {
    const before = content[index];
    if (before !== undefined && leadOf(before) === lead) return before;
  }
  return next ?? content[low - 1];
}

/** One line break at the end, unless that would become part of a block scalar. */
function endEdit({ text, lines }: OpenDocument, { inner }: Layout): readonly Edit[] {
  const last = lines.lineCount - 1;
  const trimmed = text.trimEnd().length;
  if (trimmed === 0) return text === '' ? [] : [{ start: 0, end: text.length, newText: '' }];
  const contentLine = lines.lineAt(trimmed);
  if (inner.get(last)?.kind === 'block') return [];
  if (inner.get(contentLine)?.kind === 'block' && contentLine === last) return [];
  const start = lines.lineEnd(contentLine);
  const newText = lineBreakOf(text);
  return text.slice(start) === newText ? [] : [{ start, end: text.length, newText }];
}
