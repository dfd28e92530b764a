/** Offsets into a document's text in UTF-16 units, `end` exclusive. Documents know no lines; LineIndex maps at the border. */
export interface TextRange {
  readonly start: number;
  readonly end: number;
}

/** A zero-based line, and a character in UTF-16 units, as LSP counts. */
export interface LinePosition {
  readonly line: number;
  readonly character: number;
}

/** Whether an offset lies in a range; a caret right behind its last character counts too. */
export function touches({ start, end }: TextRange, offset: number): boolean {
  return start <= offset && offset <= end;
}

/** Maps offsets to lines and back, in O(log lines). Lines end at LF, CRLF or CR, as LSP's do. */
export class LineIndex {
  private readonly starts: readonly number[];

  constructor(private readonly text: string) {
    const starts = [0];
    for (let i = 0; i < text.length; i++) {
      const code = text.charCodeAt(i);
      if (code === 10 || (code === 13 && text.charCodeAt(i + 1) !== 10)) starts.push(i + 1);
    }
    this.starts = starts;
  }

  get lineCount(): number {
    return this.starts.length;
  }

  /** An offset outside of the text counts as its nearest end. */
  positionAt(offset: number): LinePosition {
    const inside = Math.max(0, Math.min(offset, this.text.length));
    const line = this.lineAt(inside);
    return { line, character: inside - this.lineStart(line) };
  }

  /** A character beyond its line's end counts as the end of the line, before its line break. */
  offsetAt({ line, character }: LinePosition): number {
    if (line < 0) return 0;
    if (line >= this.starts.length) return this.text.length;
    return Math.min(this.lineStart(line) + Math.max(0, character), this.lineEnd(line));
  }

  lineAt(offset: number): number {
    let [low, high] = [0, this.starts.length];
    while (low + 1 < high) {
      const middle = (low + high) >> 1;
      if (this.lineStart(middle) <= offset) low = middle;
      else high = middle;
    }
    return low;
  }

  lineStart(line: number): number {
    return this.starts[line] ?? this.text.length;
  }

  /** Where a line's text ends, before its line break. */
  lineEnd(line: number): number {
    let end = this.lineStart(line + 1);
    if (line + 1 >= this.starts.length) return end;
    if (this.text.charCodeAt(end - 1) === 10) end--;
    if (end > this.lineStart(line) && this.text.charCodeAt(end - 1) === 13) end--;
    return end;
  }
}
