import { startOf } from '../../documents/yamlPlaces';
import type { LineIndex } from '../../documents/textRange';
import type { MappingNode, ScalarNode, SequenceNode, YamlNode } from '../../documents/yamlTree';
import type { Edit } from '../textEdits';
import { flowGaps } from './flowGaps';

/** How a document's lines are to be indented, and what is to stand between the words of a line. */
export interface Layout {
  /** The columns that lines are to begin at, by line; of all lines with a key, an item or a value of their own. */
  readonly columns: ReadonlyMap<number, number>;
  /** The lines within text or braces that go on from a line before: how far they move at least, and what is left as it is. */
  readonly inner: ReadonlyMap<number, InnerLine>;
  /** What comes in the place of white space between words. */
  readonly gaps: readonly Edit[];
}

export type InnerLine =
  /** Moves as its first line does, and stays further in than its owner. */
  | {
      readonly kind: 'continued';
      readonly first: number;
      readonly lowest: number;
      readonly keepsEnd: boolean;
    }
  /** Of a block scalar: its text is to begin at a column. */
  | { readonly kind: 'block'; readonly from: number; readonly to: number };

/**
 * Undefined of a document that is written in ways that nobody writes, such as `? key`.
 *
 * @param step how far each level is set in
 * @param listStep how far a list's dashes are behind its key
 */
export function readLayout(
  text: string,
  lines: LineIndex,
  root: YamlNode | undefined,
  step: number,
  listStep: number,
): Layout | undefined {
  const reader = new LayoutReader(text, lines, step, listStep);
  if (root) reader.readRoot(root);
  return reader.isUnusual ? undefined : reader;
}

class LayoutReader implements Layout {
  readonly columns = new Map<number, number>();
  readonly inner = new Map<number, InnerLine>();
  readonly gaps: Edit[] = [];
  isUnusual = false;

  constructor(
    private readonly text: string,
    private readonly lines: LineIndex,
    private readonly step: number,
    private readonly listStep: number,
  ) {}

  readRoot(root: YamlNode): void {
    if (isBlock(root)) this.readBlock(root, 0);
    else this.readLeaf(root, -1, 0, 0);
  }

  private readBlock(node: MappingNode | SequenceNode, column: number): void {
    if (node.kind === 'mapping') this.readMapping(node, column);
    else this.readSequence(node, column);
  }

  private readMapping({ pairs }: MappingNode, column: number): void {
    for (const { key, value } of pairs) {
      const colon = /[ \t]*:/y;
      colon.lastIndex = key.range.end;
      const written = colon.exec(this.text)?.[0];
      const start = startOf(key);
      if (written === undefined || this.text[start] === '?') {
        this.isUnusual = true;
        return;
      }
      const owner = this.columnOf(start);
      this.place(start, column);
      this.readLeaf(key, column, column + this.step, owner);
      const end = key.range.end + written.length;
      if (key.kind !== 'alias') this.gap(key.range.end, end - 1, '');
      const inside = column + (value.kind === 'sequence' ? this.listStep : this.step);
      this.readValue(value, end, column, inside, owner);
    }
  }

  private readSequence({ range, items }: SequenceNode, column: number): void {
    let at = range.start;
    for (const item of items) {
      const dash = this.findDash(at);
      if (dash === undefined) {
        this.isUnusual = true;
        return;
      }
      const owner = this.columnOf(dash);
      this.place(dash, column);
      this.readValue(item, dash + 1, column, column + 2, owner);
      at = Math.max(item.range.end, dash + 1);
    }
  }

  /** What stands behind a colon or a dash, or below it. */
  private readValue(node: YamlNode, from: number, owner: number, column: number, ownerBefore: number): void {
    const start = startOf(node);
    if (node.kind === 'null' && start === node.range.end) return;
    if (!/[\n\r]/.test(this.text.slice(from, start))) this.gap(from, start, ' ');
    else this.place(start, column);
    if (isBlock(node)) this.readBlock(node, column);
    else this.readLeaf(node, owner, column, ownerBefore);
  }

  private readLeaf(node: YamlNode, owner: number, column: number, ownerBefore: number): void {
    const { start, end } = node.range;
    if (node.kind === 'mapping' || node.kind === 'sequence') this.gaps.push(...flowGaps(this.text, node));
    const [first, last] = [this.lines.lineAt(start), this.lines.lineAt(end)];
    if (first === last) return;
    if (node.kind === 'scalar' && (node.style === 'literal' || node.style === 'folded')) {
      this.readBlockScalar(node, first, last, column, owner - ownerBefore);
      return;
    }
    for (let line = first + 1; line <= last; line++) {
      const keepsEnd = node.kind === 'scalar' && line < last;
      this.inner.set(line, { kind: 'continued', first, lowest: owner + 1, keepsEnd });
    }
  }

  private readBlockScalar(
    node: ScalarNode,
    first: number,
    last: number,
    column: number,
    shift: number,
  ): void {
    const header = /^[|>]([-+\d]*)/.exec(this.text.slice(node.range.start, node.range.start + 4))?.[1] ?? '';
    let [end, from] = [last, -1];
    for (let line = first + 1; line <= last && from < 0; line++) {
      const content = this.lineText(line);
      if (content.trim() !== '') from = content.length - content.trimStart().length;
    }
    // The blank lines behind it are part of it where the header says so.
    while (header.includes('+') && end + 1 < this.lines.lineCount && this.lineText(end + 1).trim() === '')
      end++;
    const to = /\d/.test(header) ? from + shift : column;
    for (let line = first + 1; line <= end; line++) this.inner.set(line, { kind: 'block', from, to });
  }

  private place(start: number, column: number): void {
    const line = this.lines.lineAt(start);
    if (/^ *$/.test(this.text.slice(this.lines.lineStart(line), start))) this.columns.set(line, column);
  }

  private gap(start: number, end: number, newText: string): void {
    if (this.text.slice(start, end) !== newText) this.gaps.push({ start, end, newText });
  }

  /** Past white space and comments. */
  private findDash(from: number): number | undefined {
    const blanks = /\s*/y;
    const comment = /#[^\n\r]*/y;
    let at = from;
    for (let before = -1; before < at;) {
      before = at;
      for (const skipped of [blanks, comment]) {
        skipped.lastIndex = at;
        at += skipped.exec(this.text)?.[0].length ?? 0;
      }
    }
    return this.text[at] === '-' ? at : undefined;
  }

  private columnOf(offset: number): number {
    return this.lines.positionAt(offset).character;
  }

  private lineText(line: number): string {
    return this.text.slice(this.lines.lineStart(line), this.lines.lineEnd(line));
  }
}

function isBlock(node: YamlNode): node is MappingNode | SequenceNode {
  return (node.kind === 'mapping' || node.kind === 'sequence') && !node.flow;
}
