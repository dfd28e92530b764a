import type { TextRange } from './textRange';
import { scanBlockScalar } from './yamlBlockScalar';
import { isBlank, isBlankOrEnd, isBreakOrEnd, lineStartOf, YamlCursor } from './yamlCursor';
import { type PlainReach, type ScannedScalar, scanPlain, scanQuoted } from './yamlScalars';
import type { YamlError } from './yamlTree';

export type TokenType =
  | 'end'
  | 'directive'
  | 'document start'
  | 'document end'
  | 'block sequence'
  | 'block mapping'
  | 'block end'
  | '['
  | ']'
  | '{'
  | '}'
  | ','
  | '-'
  | '?'
  | ':'
  | 'alias'
  | 'anchor'
  | 'tag'
  | 'scalar';

export interface Token {
  readonly type: TokenType;
  readonly range: TextRange;
  readonly scalar?: ScannedScalar;
}

export interface ScannedYaml {
  readonly tokens: readonly Token[];
  readonly errors: readonly YamlError[];
  readonly comments: readonly TextRange[];
  /** A quote or bracket never closes, so that what follows the text would belong to it. */
  readonly open: boolean;
}

/** Where a key may have begun of which the colon is yet to come. */
interface PossibleKey {
  readonly tokenIndex: number;
  readonly pos: number;
  readonly lineStart: number;
  readonly column: number;
  /** It stands where only a key can. */
  readonly required: boolean;
}

const longestKey = 1024;

/** Cuts a text into tokens by PyYAML's rules, errors mended so that the rest is read too. */
export function scanYaml(text: string): ScannedYaml {
  return new Scanner(text).scan();
}

class Scanner {
  private readonly cursor: YamlCursor;
  private readonly tokens: Token[] = [];
  private readonly errors: YamlError[] = [];
  private readonly comments: TextRange[] = [];
  private open = false;
  private indent = -1;
  private readonly indents: number[] = [];
  private flowLevel = 0;
  private allowKey = true;
  /** By flow level. */
  private readonly possibleKeys: (PossibleKey | undefined)[] = [];

  constructor(private readonly text: string) {
    this.cursor = new YamlCursor(text);
  }

  scan(): ScannedYaml {
    do {
      this.skipToToken();
      this.dropStaleKey(0);
      if (this.flowLevel === 0) this.unwind(this.cursor.column);
    } while (this.scanToken());
    return { tokens: this.tokens, errors: this.errors, comments: this.comments, open: this.open };
  }

  private scanToken(): boolean {
    const { cursor } = this;
    const code = cursor.peek();
    if (code === -1) return this.finish();
    if (cursor.column === 0 && code === 37) this.directive();
    else if (cursor.atDocumentMark()) this.documentMark();
    else if (code === 91 || code === 123) this.openFlow(code === 91 ? '[' : '{');
    else if (code === 93 || code === 125) this.closeFlow(code === 93 ? ']' : '}');
    else if (code === 44) this.comma();
    else if (code === 45 && isBlankOrEnd(cursor.peek(1))) this.dash();
    else if (code === 63 && (this.flowLevel > 0 || isBlankOrEnd(cursor.peek(1)))) this.questionMark();
    else if (code === 58 && (this.flowLevel > 0 || isBlankOrEnd(cursor.peek(1)))) this.colon();
    else if (code === 42 || code === 38) this.reference(code === 42 ? 'alias' : 'anchor');
    else if (code === 33) this.tag();
    else if ((code === 124 || code === 62) && this.flowLevel === 0) this.blockScalar();
    else if (code === 34 || code === 39) this.quoted();
    else this.plain(code);
    return true;
  }

  private skipToToken(): void {
    const { cursor } = this;
    for (;;) {
      cursor.skip((code) => code === 32);
      const start = cursor.pos;
      if (cursor.peek() === 9) {
        cursor.skip(isBlank);
        this.fault(start, cursor.pos, 'A tab cannot stand here: YAML takes only spaces.');
      }
      if (cursor.peek() === 35) {
        const from = cursor.pos;
        cursor.skip((code) => !isBreakOrEnd(code));
        this.comments.push({ start: from, end: cursor.pos });
      }
      if (cursor.takeBreak() === '') {
        if (start === cursor.pos) return;
      } else if (this.flowLevel === 0) this.allowKey = true;
    }
  }

  private finish(): false {
    this.unwind(-1);
    this.dropKey(0);
    this.add('end', this.cursor.pos, this.cursor.pos);
    if (this.flowLevel > 0) this.open = true;
    return false;
  }

  private directive(): void {
    this.leaveBlocks();
    const start = this.cursor.pos;
    this.cursor.skip((code) => !isBreakOrEnd(code) && code !== 35);
    if (!/^%[\p{L}\p{N}_-]+(?:[ \r\n]|$)/u.test(this.text.slice(start, this.cursor.pos + 1)))
      this.fault(
        start,
        this.cursor.pos,
        'A directive is a name of letters and digits behind the percent sign.',
      );
    this.add('directive', start, this.cursor.pos);
  }

  private documentMark(): void {
    this.leaveBlocks();
    const start = this.cursor.pos;
    const type = this.cursor.atDocumentMark('---') ? 'document start' : 'document end';
    this.add(type, start, (this.cursor.pos += 3));
  }

  private leaveBlocks(): void {
    this.unwind(-1);
    this.dropKey(this.flowLevel);
    this.allowKey = false;
  }

  private openFlow(type: '[' | '{'): void {
    this.saveKey();
    this.flowLevel++;
    this.allowKey = true;
    this.add(type, this.cursor.pos, ++this.cursor.pos);
  }

  private closeFlow(type: ']' | '}'): void {
    this.dropKey(this.flowLevel);
    this.flowLevel = Math.max(0, this.flowLevel - 1);
    this.allowKey = false;
    this.add(type, this.cursor.pos, ++this.cursor.pos);
  }

  private comma(): void {
    this.allowKey = true;
    this.dropKey(this.flowLevel);
    this.add(',', this.cursor.pos, ++this.cursor.pos);
  }

  private dash(): void {
    const { pos, column } = this.cursor;
    if (this.flowLevel === 0) {
      if (!this.allowKey) this.fault(pos, pos + 1, 'A list cannot begin here: give it a line of its own.');
      if (this.deepen(column)) this.add('block sequence', pos, pos);
    }
    this.allowKey = true;
    this.dropKey(this.flowLevel);
    this.add('-', pos, ++this.cursor.pos);
  }

  private questionMark(): void {
    const { pos, column } = this.cursor;
    if (this.flowLevel === 0) {
      if (!this.allowKey) this.fault(pos, pos + 1, 'A key cannot begin here.');
      if (this.deepen(column)) this.add('block mapping', pos, pos);
    }
    this.allowKey = this.flowLevel === 0;
    this.dropKey(this.flowLevel);
    this.add('?', pos, ++this.cursor.pos);
  }

  private colon(): void {
    this.dropStaleKey(this.flowLevel);
    const key = this.possibleKeys[this.flowLevel];
    if (key) {
      this.possibleKeys[this.flowLevel] = undefined;
      this.insertKey(key);
      this.allowKey = false;
    } else if (this.flowLevel === 0) {
      if (!this.allowKey) {
        this.mendColon();
        return;
      }
      if (this.deepen(this.cursor.column)) this.add('block mapping', this.cursor.pos, this.cursor.pos);
      this.allowKey = true;
    } else this.allowKey = false;
    this.add(':', this.cursor.pos, ++this.cursor.pos);
  }

  private insertKey({ tokenIndex, pos, column }: PossibleKey): void {
    const range = { start: pos, end: pos };
    const deeper = this.flowLevel === 0 && this.deepen(column);
    const inserted: Token[] = [{ type: '?', range }];
    if (deeper) inserted.unshift({ type: 'block mapping', range });
    this.tokens.splice(tokenIndex, 0, ...inserted);
  }

  /** A colon where no value can begin: `a: b: c` is read as one value, a word on a line of its own as a key. */
  private mendColon(): void {
    const { pos, lineStart } = this.cursor;
    this.fault(pos, pos + 1, 'A value cannot begin here: quote the text if the colon belongs to it.');
    const last = this.tokens.at(-1);
    if (last?.scalar?.style !== 'plain' || this.text.slice(last.range.end, pos).trim() !== '') {
      this.cursor.pos++;
      return;
    }
    const { start } = last.range;
    this.tokens.pop();
    this.cursor.pos = start;
    if (start >= lineStart) {
      this.pushPlain('rest');
      // A tab may have ended it before the colon, which is not to be met again.
      this.cursor.pos = Math.max(this.cursor.pos, pos + 1);
      return;
    }
    this.cursor.lineStart = lineStartOf(this.text, start);
    const before = this.text.slice(this.cursor.lineStart, start);
    const { column } = this.cursor;
    // Only what begins a line, of more indentation than the key above it, was meant as a key.
    if (before.trim() === '')
      this.insertKey({ tokenIndex: this.tokens.length, pos: start, lineStart, column, required: true });
    const isKey = this.tokens.at(-1)?.type === '?';
    this.pushPlain('line');
    if (isKey) this.add(':', this.cursor.pos, this.cursor.pos);
    this.allowKey = true;
  }

  private reference(type: 'alias' | 'anchor'): void {
    this.saveKey();
    this.allowKey = false;
    const start = this.cursor.pos++;
    this.cursor.skip(isNameCharacter);
    const end = this.cursor.pos;
    const named = end > start + 1;
    if (!named || !(isBlankOrEnd(this.cursor.peek()) || '?:,]}%@`'.includes(this.text.charAt(end)))) {
      this.cursor.skip((code) => !isBlankOrEnd(code) && !'?:,[]{}'.includes(String.fromCharCode(code)));
      this.fault(
        start,
        Math.max(end, this.cursor.pos),
        `The name of an ${type} has only letters, digits, - and _.`,
      );
    }
    this.add(type, start, this.cursor.pos);
  }

  private tag(): void {
    this.saveKey();
    this.allowKey = false;
    const start = this.cursor.pos;
    const tagText = /(?:!<[\w\-;/?:@&=+$,.!~*'()[\]%]+>|![\w-]*!?[\w\-;/?:@&=+$,.!~*'()[\]%]*)/y;
    tagText.lastIndex = start;
    this.cursor.pos += tagText.exec(this.text)?.[0].length ?? 1;
    const ends = isBreakOrEnd(this.cursor.peek()) || this.cursor.peek() === 32;
    const handleAlone = this.cursor.pos > start + 1 && this.text.charCodeAt(this.cursor.pos - 1) === 33;
    if (!ends) this.cursor.skip((code) => !isBlankOrEnd(code));
    if (!ends || handleAlone) this.fault(start, this.cursor.pos, 'This is no tag.');
    this.add('tag', start, this.cursor.pos);
  }

  private blockScalar(): void {
    this.allowKey = true;
    this.dropKey(this.flowLevel);
    const scalar = scanBlockScalar(this.cursor, this.indent);
    if (scalar.comment) this.comments.push(scalar.comment);
    this.pushScalar(scalar);
  }

  private quoted(): void {
    this.saveKey();
    this.allowKey = false;
    this.pushScalar(scanQuoted(this.cursor));
  }

  private plain(code: number): void {
    if (!this.startsPlain(code)) {
      const { pos } = this.cursor;
      this.fault(pos, pos + 1, `Text cannot begin with ${String.fromCharCode(code)} here: quote it.`);
    }
    this.saveKey();
    this.pushPlain(this.startsPlain(code) ? 'usual' : 'line');
  }

  private pushPlain(reach: PlainReach): void {
    const { pos } = this.cursor;
    const scalar = scanPlain(this.cursor, this.indent, this.flowLevel > 0, reach);
    // Only a line break behind the text lets a key follow, one inside of it does not.
    this.allowKey = this.cursor.lineStart > scalar.range.end;
    if (this.cursor.pos === pos) this.cursor.pos++;
    this.pushScalar(scalar);
  }

  private startsPlain(code: number): boolean {
    const character = String.fromCharCode(code);
    if (!'-?:,[]{}#&*!|>\'"%@`'.includes(character)) return true;
    const next = this.cursor.peek(1);
    return !isBlankOrEnd(next) && (code === 45 || (this.flowLevel === 0 && (code === 63 || code === 58)));
  }

  private pushScalar(scalar: ScannedScalar): void {
    this.errors.push(...scalar.errors);
    if (scalar.open) this.open = true;
    this.tokens.push({ type: 'scalar', range: scalar.range, scalar });
  }

  private saveKey(): void {
    if (!this.allowKey) return;
    this.dropKey(this.flowLevel);
    const { pos, lineStart, column } = this.cursor;
    const required = this.flowLevel === 0 && this.indent === column;
    this.possibleKeys[this.flowLevel] = { tokenIndex: this.tokens.length, pos, lineStart, column, required };
  }

  private dropStaleKey(level: number): void {
    const key = this.possibleKeys[level];
    const { pos, lineStart } = this.cursor;
    if (key && (key.lineStart !== lineStart || pos - key.pos > longestKey)) this.dropKey(level);
  }

  private dropKey(level: number): void {
    const key = this.possibleKeys[level];
    this.possibleKeys[level] = undefined;
    if (!key?.required) return;
    const end = this.tokens.at(-1)?.range.end ?? key.pos;
    this.fault(key.pos, Math.max(end, key.pos + 1), 'A key needs a colon and a space behind it.');
    if (this.flowLevel > 0) return;
    this.tokens.splice(key.tokenIndex, 0, { type: '?', range: { start: key.pos, end: key.pos } });
    this.add(':', end, end);
  }

  private deepen(column: number): boolean {
    if (this.indent >= column) return false;
    this.indents.push(this.indent);
    this.indent = column;
    return true;
  }

  private unwind(column: number): void {
    if (this.flowLevel > 0) return;
    while (this.indent > column) {
      // A key that lacks its colon belongs to the block that ends here.
      this.dropKey(0);
      this.indent = this.indents.pop() ?? -1;
      this.add('block end', this.cursor.pos, this.cursor.pos);
    }
  }

  private add(type: TokenType, start: number, end: number): void {
    this.tokens.push({ type, range: { start, end } });
  }

  private fault(start: number, end: number, message: string): void {
    this.errors.push({ range: { start, end }, message });
  }
}

function isNameCharacter(code: number): boolean {
  return (
    (code >= 48 && code <= 57) ||
    (code >= 65 && code <= 90) ||
    (code >= 97 && code <= 122) ||
    code === 45 ||
    code === 95
  );
}
