import type { MetaFields, MetaValue } from './metaFields';

/**
 * The fields of a meta.yaml that is just as PyYAML writes MLflow's flat mappings: `key: value` lines with plain, single-
 * or double-quoted scalars, folded over several lines where long, `{}`, `[]`, and one level of a nested mapping.
 * Undefined for anything else, which is not damaged for that.
 */
export function readFlatYaml(text: string): MetaFields | undefined {
  if (neverBare.test(text)) return undefined;
  const reader = new FlatYaml(text);
  const fields = reader.readMapping(0);
  return reader.isAtEnd ? fields : undefined;
}

const plainKey = /[A-Za-z_][\w./-]*(?=:[ \n])/y;
const indentation = / */y;
/** Tabs and unusual line breaks, which PyYAML escapes. */
const neverBare = /[\r\t\x85\u2028\u2029\ufeff]/;
const plainText = /[A-Za-z\d/_.+(\u00c0-\ud7ff](?:[^\n:#]|:(?=[^\s])|(?<=[^\s])#)*/y;
const morePlainText = /(?:[^\n:#]|:(?=[^\s])|(?<=[^\s])#)+/y;
/** What could be a number or a date in some YAML is left to others; so are the words that mean something. */
const numberLike = /^[-+.\d][\d_.:eE+\-TtZz ]*$|^[-+]?0[xbo]|^\.(?:inf|nan)$/i;
const integer = /(?:0|-?[1-9]\d{0,14})(?=\n)/y;
const reserved = /^(?:true|false|yes|no|on|off|y|n|null)$/i;
const emptyList = /\[\](?=\n)/y;
const emptyMapping = /\{\}(?=\n)/y;
const nothing = /null(?=\n)/y;
const fold = /[ \t]*\n((?:[ \t]*\n)*)[ \t]*/y;
const singleQuoted = /(?:[^'\n]|'')*/y;
const doubleQuoted = /[^"\\\n]*/y;

/** PyYAML's and the specification's escapes of one character. */
const escapes: ReadonlyMap<string, string> = new Map([
  ['0', '\0'],
  ['a', '\x07'],
  ['b', '\b'],
  ['t', '\t'],
  ['n', '\n'],
  ['v', '\v'],
  ['f', '\f'],
  ['r', '\r'],
  ['e', '\x1b'],
  ['"', '"'],
  ['/', '/'],
  ['\\', '\\'],
  [' ', ' '],
  ['N', '\x85'],
  ['_', '\xa0'],
  ['L', '\u2028'],
  ['P', '\u2029'],
]);

const hexLengths: ReadonlyMap<string, number> = new Map([
  ['x', 2],
  ['u', 4],
  ['U', 8],
]);

/** A cursor over the text; each method takes what it names or answers undefined, after which nothing more is read. */
class FlatYaml {
  private position = 0;

  constructor(private readonly text: string) {}

  get isAtEnd(): boolean {
    return this.position === this.text.length;
  }

  /** The `key: value` lines that are indented by just `indent` spaces. */
  readMapping(indent: number): MetaFields | undefined {
    const fields = new Map<string, MetaValue>();
    while (!this.isAtEnd) {
      const start = this.position;
      if (this.take(indentation)?.length !== indent) {
        this.position = start;
        break;
      }
      const key = this.readKey();
      if (key === undefined) return undefined;
      const value = this.readValue(indent);
      if (value === undefined) return undefined;
      if (value !== emptyItems) fields.set(key, value);
    }
    return fields;
  }

  private readKey(): string | undefined {
    const key = this.text[this.position] === "'" ? this.readSingleQuoted() : this.take(plainKey);
    if (key === undefined || reserved.test(key) || this.text[this.position] !== ':') return undefined;
    this.position++;
    return key;
  }

  /** From behind the colon up to behind the last newline of the value. */
  private readValue(indent: number): MetaValue | typeof emptyItems | undefined {
    if (this.text[this.position] === '\n') return this.readNested(indent);
    this.position++;
    const value = this.readScalar(indent);
    if (value === undefined || this.text[this.position] !== '\n') return undefined;
    this.position++;
    return value;
  }

  private readNested(indent: number): MetaFields | undefined {
    this.position++;
    const fields = indent === 0 ? this.readMapping(2) : undefined;
    return fields?.size === 0 ? undefined : fields;
  }

  private readScalar(indent: number): MetaValue | typeof emptyItems | undefined {
    const first = this.text[this.position];
    if (first === "'") return this.readSingleQuoted();
    if (first === '"') return this.readDoubleQuoted();
    if (this.take(nothing) !== undefined) return null;
    const digits = this.take(integer);
    if (digits !== undefined) return Number(digits);
    if (this.take(emptyMapping) !== undefined) return new Map();
    if (this.take(emptyList) !== undefined) return emptyItems;
    return this.readPlain(indent);
  }

  private readPlain(indent: number): string | undefined {
    let value = this.take(plainText);
    if (value === undefined) return undefined;
    const margin = '\n' + ' '.repeat(indent + 1);
    let isFolded = false;
    while (this.text.startsWith(margin, this.position)) {
      isFolded = true;
      this.position += margin.length;
      this.take(indentation);
      const more = this.take(morePlainText);
      if (more === undefined) return undefined;
      value += ' ' + more;
    }
    const meansMore = !isFolded && (reserved.test(value) || numberLike.test(value));
    return value.endsWith(' ') || meansMore ? undefined : value;
  }

  private readSingleQuoted(): string | undefined {
    this.position++;
    let value = '';
    for (;;) {
      value += (this.take(singleQuoted) ?? '').replaceAll("''", "'");
      if (this.text[this.position] === "'") {
        this.position++;
        return value;
      }
      const folded = this.readFold();
      if (folded === undefined) return undefined;
      value = value.replace(/[ \t]+$/, '') + folded;
    }
  }

  private readDoubleQuoted(): string | undefined {
    this.position++;
    let value = '';
    for (;;) {
      const piece = this.take(doubleQuoted) ?? '';
      const next = this.text[this.position];
      if (next === '"') {
        this.position++;
        return value + piece;
      }
      const rest = next === '\\' ? this.readEscape() : this.readFold();
      if (rest === undefined) return undefined;
      value += (next === '\\' ? piece : piece.replace(/[ \t]+$/, '')) + rest;
    }
  }

  /** One line break is a space, each further one a line break. */
  private readFold(): string | undefined {
    const start = this.position;
    fold.lastIndex = start;
    const match = fold.exec(this.text);
    if (!match) return undefined;
    this.position = fold.lastIndex;
    const breaks = (match[1] ?? '').split('\n').length - 1;
    return breaks === 0 ? ' ' : '\n'.repeat(breaks);
  }

  private readEscape(): string | undefined {
    const letter = this.text[this.position + 1] ?? '';
    this.position += 2;
    if (letter === '\n') {
      this.take(/[ \t]*/y);
      return '';
    }
    const length = hexLengths.get(letter);
    return length === undefined ? escapes.get(letter) : this.readHex(length);
  }

  private readHex(length: number): string | undefined {
    const digits = this.text.slice(this.position, this.position + length);
    const code = /^[\da-f]+$/i.test(digits) && digits.length === length ? parseInt(digits, 16) : Infinity;
    this.position += length;
    return code <= 0x10ffff ? String.fromCodePoint(code) : undefined;
  }

  private take(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.position;
    const match = pattern.exec(this.text);
    if (!match) return undefined;
    this.position = pattern.lastIndex;
    return match[0];
  }
}

/** An empty list: the one kind of list that MLflow writes, and always as a left-over that means nothing. */
const emptyItems = Symbol('[]');
