/** A place in a text that knows its column. Line breaks are YAML 1.1's: also NEL, LS and PS. */
export class YamlCursor {
  pos = 0;
  lineStart = 0;

  constructor(readonly text: string) {
    // A byte order mark takes no column.
    if (text.charCodeAt(0) === 0xfeff) this.lineStart = this.pos = 1;
  }

  get column(): number {
    return this.pos - this.lineStart;
  }

  /** The code of a character ahead, or -1 behind the end. */
  peek(ahead = 0): number {
    const at = this.pos + ahead;
    return at < this.text.length ? this.text.charCodeAt(at) : -1;
  }

  skip(accept: (code: number) => boolean): void {
    while (accept(this.peek())) this.pos++;
  }

  /** Takes a line break, if there is one, and gives what it is decoded to. */
  takeBreak(): string {
    const code = this.peek();
    if (!isBreak(code)) return '';
    this.pos += code === 13 && this.peek(1) === 10 ? 2 : 1;
    this.lineStart = this.pos;
    return code > 0xff ? String.fromCharCode(code) : '\n';
  }

  /** Whether `---` or `...` stands here, at the start of its line. */
  atDocumentMark(mark?: '---' | '...'): boolean {
    if (this.column !== 0) return false;
    const code = this.peek();
    if (code !== 45 && code !== 46) return false;
    const three = this.text.slice(this.pos, this.pos + 3);
    return (mark ? three === mark : three === '---' || three === '...') && isBlankOrEnd(this.peek(3));
  }

  save(): { readonly pos: number; readonly lineStart: number } {
    return { pos: this.pos, lineStart: this.lineStart };
  }

  restore(saved: { readonly pos: number; readonly lineStart: number }): void {
    this.pos = saved.pos;
    this.lineStart = saved.lineStart;
  }
}

export function isBreak(code: number): boolean {
  return code === 10 || code === 13 || code === 0x85 || code === 0x2028 || code === 0x2029;
}

export function isBlank(code: number): boolean {
  return code === 32 || code === 9;
}

export function isBlankOrEnd(code: number): boolean {
  return code === -1 || isBlank(code) || isBreak(code);
}

export function isBreakOrEnd(code: number): boolean {
  return code === -1 || isBreak(code);
}

const asWritten: readonly number[] = [];

/** Gathers a scalar's decoded text, and for each piece of it where it was written, relative to the scalar's start. */
export class DecodedText {
  private decoded = '';
  /** What was copied last is cut out of the source only once it goes on no more. */
  private copiedFrom = 0;
  private copiedTo = 0;
  private length = 0;
  /** The last piece is as long as its source, so that one of the same kind can join it. */
  private verbatim = false;
  private readonly gathered: number[] = [];

  constructor(
    private readonly source: string,
    private readonly start: number,
  ) {}

  get text(): string {
    this.cut();
    return this.decoded;
  }

  /**
   * Triples: offset in the decoded text, where its source starts, where that ends; none where all stands as it is written. A
   * copy, since a list that grew has room for 16 more, and documents keep one for each scalar.
   */
  get pieces(): readonly number[] {
    const isAsWritten = this.verbatim && this.gathered.length === 3 && this.gathered[1] === 0;
    return isAsWritten ? asWritten : this.gathered.slice();
  }

  /** Text that stands in the source as it is. */
  copy(from: number, to: number): void {
    if (from >= to) return;
    if (this.copiedTo !== from) {
      this.cut();
      this.copiedFrom = from;
    }
    this.copiedTo = to;
    this.addPiece(to - from, from, to);
  }

  /** Text that the source says otherwise: an escape, a fold. */
  put(decoded: string, from: number, to: number): void {
    if (decoded === '') return;
    this.cut();
    this.decoded += decoded;
    this.addPiece(decoded.length, from, to);
  }

  private cut(): void {
    this.decoded += this.source.slice(this.copiedFrom, this.copiedTo);
    this.copiedFrom = this.copiedTo = 0;
  }

  private addPiece(length: number, from: number, to: number): void {
    const { gathered } = this;
    const isVerbatim = length === to - from;
    if (isVerbatim && this.verbatim && gathered.at(-1) === from - this.start)
      gathered[gathered.length - 1] = to - this.start;
    else gathered.push(this.length, from - this.start, to - this.start);
    this.verbatim = isVerbatim;
    this.length += length;
  }
}

/** Where the line of an offset begins. */
export function lineStartOf(text: string, offset: number): number {
  let start = offset;
  while (start > 0 && !isBreakOrEnd(text.charCodeAt(start - 1)) && text.charCodeAt(start - 1) !== 0xfeff)
    start--;
  return start;
}
