/** What Python's escapes stand for. An unknown one is kept as it is, backslash and all. */
const escapes: ReadonlyMap<string, string> = new Map([
  ['\\', '\\'],
  ["'", "'"],
  ['"', '"'],
  ['a', '\x07'],
  ['b', '\b'],
  ['f', '\f'],
  ['n', '\n'],
  ['r', '\r'],
  ['t', '\t'],
  ['v', '\v'],
  ['\n', ''],
]);

// A backslash before x, u or U needs its digits; names of characters, \N{…}, are not taken.
const literal =
  /'((?:[^'\\\n\r]|\\(?:[^xuUN]|x[\da-fA-F]{2}|u[\da-fA-F]{4}|U[\da-fA-F]{8}))*)'|"((?:[^"\\\n\r]|\\(?:[^xuUN]|x[\da-fA-F]{2}|u[\da-fA-F]{4}|U[\da-fA-F]{8}))*)"/y;
const escape = /\\(x[\da-fA-F]{2}|u[\da-fA-F]{4}|U[\da-fA-F]{8}|[0-7]{1,3}|[^])/g;

/**
 * The strings of a list in parentheses, `('a', "b")`. MLflow has Python read it as a literal, so escapes work here as
 * nowhere else in a filter, neighbouring strings are one, and parentheses nest. Undefined unless all are strings.
 */
export function readTextList(text: string): readonly string[] | undefined {
  const reader = new ListReader(text);
  const value = reader.readParenthesis();
  if (!reader.isAtEnd || value === undefined) return undefined;
  const items = typeof value === 'string' ? [value] : value;
  return items.length > 0 && items.every((item) => typeof item === 'string') ? items : undefined;
}

type Literal = string | readonly Literal[];

class ListReader {
  private position = 0;

  constructor(private readonly text: string) {}

  get isAtEnd(): boolean {
    return this.position === this.text.length;
  }

  /** A parenthesized value is that value; one with a comma is a tuple. Undefined for anything else. */
  readParenthesis(): Literal | undefined {
    if (!this.skip('(')) return undefined;
    const items: Literal[] = [];
    let isTuple = false;
    while (!this.skip(')')) {
      const item = this.skipSpace() === '(' ? this.readParenthesis() : this.readStrings();
      if (item === undefined) return undefined;
      items.push(item);
      if (this.skip(',')) isTuple = true;
      else if (this.skipSpace() !== ')') return undefined;
    }
    return isTuple || items.length === 0 ? items : items[0];
  }

  private readStrings(): string | undefined {
    let whole: string | undefined;
    for (;;) {
      this.skipSpace();
      literal.lastIndex = this.position;
      const found = literal.exec(this.text);
      if (!found) return whole;
      this.position = literal.lastIndex;
      whole = (whole ?? '') + unescape(found[1] ?? found[2] ?? '');
    }
  }

  private skip(mark: string): boolean {
    const found = this.skipSpace() === mark;
    if (found) this.position += 1;
    return found;
  }

  /** What comes after the white space. */
  private skipSpace(): string {
    while (/[ \t\f\r\n]/.test(this.text.charAt(this.position))) this.position += 1;
    return this.text.charAt(this.position);
  }
}

function unescape(text: string): string {
  return text.replaceAll(escape, (whole, code: string) => {
    if (/^[xuU]./.test(code)) return fromCodePoint(Number.parseInt(code.slice(1), 16)) ?? whole;
    if (/^[0-7]/.test(code)) return String.fromCodePoint(Number.parseInt(code, 8));
    return escapes.get(code) ?? whole;
  });
}

function fromCodePoint(code: number): string | undefined {
  return code <= 0x10ffff ? String.fromCodePoint(code) : undefined;
}
