/**
 * Reads a value as JSON or as Python's `repr` writes it: `{'lr': 0.1, 'betas': (0.9, 0.999), 'x': None}`. Bounded in depth
 * and size, and pure text to tree: nothing is evaluated.
 */

export type Literal =
  /** Anything that holds nothing: as it was written, strings without their quotes. */
  | { readonly kind: 'scalar'; readonly text: string; readonly isQuoted: boolean }
  | {
      readonly kind: 'container';
      readonly entries: readonly (readonly [key: string, value: Literal])[];
      readonly empty: string;
    };

/** More than this is no longer a configuration that anybody compares by key. */
const longestText = 50_000;
const deepest = 12;
const mostValues = 500;

/** The container that the whole text is; undefined for anything else, also for what is too deep or too large. */
export function readContainer(text: string): Literal | undefined {
  const isCandidate = text.length <= longestText && /^\s*[[{(]/.test(text);
  return isCandidate ? new Reader(text).readAll() : undefined;
}

const closing: Readonly<Record<string, string>> = { '{': '}', '[': ']', '(': ')' };

/** Numbers and words; what a class prints (`<function f>`, `Adam(lr=1)`) is none of these, and leaves the whole as it is. */
const scalar =
  /[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?(?![\w.])|[+-]?(?:nan|inf|NaN|Infinity|None|null|True|False|true|false)(?!\w)/y;
const quoted = /"(?:[^"\\]|\\[^])*"|'(?:[^'\\]|\\[^])*'/y;
const space = /\s*/y;

class Reader {
  private at = 0;
  private values = 0;

  constructor(private readonly text: string) {}

  readAll(): Literal | undefined {
    const value = this.read(0);
    this.skipSpace();
    return this.at === this.text.length && value?.kind === 'container' ? value : undefined;
  }

  private read(depth: number): Literal | undefined {
    this.skipSpace();
    if (depth > deepest || ++this.values > mostValues) return undefined;
    const open = this.text[this.at] ?? '';
    if (open === '{') return this.readEntries(depth);
    if (open in closing) return this.readItems(open, depth);
    const string = this.take(quoted);
    if (string !== undefined) return { kind: 'scalar', text: unquote(string), isQuoted: true };
    const word = this.take(scalar);
    return word === undefined ? undefined : { kind: 'scalar', text: word, isQuoted: false };
  }

  private readEntries(depth: number): Literal | undefined {
    const entries: (readonly [string, Literal])[] = [];
    this.at++;
    while (!this.takeCharacter('}')) {
      if (entries.length > 0 && !this.takeCharacter(',')) return undefined;
      // Python ends with a comma where it likes to.
      if (entries.length > 0 && this.takeCharacter('}')) break;
      const key = this.read(deepest);
      if (key?.kind !== 'scalar' || !this.takeCharacter(':')) return undefined;
      const value = this.read(depth + 1);
      if (!value) return undefined;
      entries.push([key.text, value]);
    }
    return { kind: 'container', entries, empty: '{}' };
  }

  private readItems(open: string, depth: number): Literal | undefined {
    const close = closing[open] ?? '';
    const entries: (readonly [string, Literal])[] = [];
    let endsWithComma = false;
    this.at++;
    while (!this.takeCharacter(close)) {
      if (entries.length > 0 && !endsWithComma) return undefined;
      const value = this.read(depth + 1);
      if (!value) return undefined;
      entries.push([String(entries.length), value]);
      endsWithComma = this.takeCharacter(',');
    }
    // `(1)` is a number in brackets, no tuple.
    if (open === '(' && entries.length === 1 && !endsWithComma) return undefined;
    return { kind: 'container', entries, empty: open + close };
  }

  private takeCharacter(character: string): boolean {
    this.skipSpace();
    const isThere = this.text[this.at] === character;
    if (isThere) this.at++;
    return isThere;
  }

  private take(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.at;
    const found = pattern.exec(this.text)?.[0];
    if (found !== undefined) this.at += found.length;
    return found;
  }

  private skipSpace(): void {
    this.take(space);
  }
}

const escapes: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r', b: '\b', f: '\f', '\n': '' };

/** `\n`, `\u00e9`, `\U0001f600`, `\xe9`, and any other character for itself. */
const escape = /\\(?:u([\da-fA-F]{4})|U([\da-fA-F]{8})|x([\da-fA-F]{2})|([^]))/g;

function unquote(string: string): string {
  return string.slice(1, -1).replace(escape, (all: string, ...groups: readonly (string | undefined)[]) => {
    const [u, U, x, one] = groups;
    if (one !== undefined) return escapes[one] ?? one;
    const code = parseInt(u ?? U ?? x ?? '', 16);
    return code <= 0x10ffff ? String.fromCodePoint(code) : all;
  });
}
