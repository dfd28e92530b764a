import type { TextRange } from './textRange';

/** JSON as Python's `json.loads` takes it, with ranges: offsets into the text that was parsed. */
export type JsonNode = JsonObject | JsonArray | JsonScalar;

interface JsonBase {
  readonly range: TextRange;
}

export interface JsonObject extends JsonBase {
  readonly kind: 'object';
  /** In order, repeated keys included: the last one counts. */
  readonly members: readonly JsonMember[];
}

export interface JsonMember {
  readonly name: string;
  /** Quotes included. */
  readonly nameRange: TextRange;
  readonly value: JsonNode;
}

export interface JsonArray extends JsonBase {
  readonly kind: 'array';
  readonly items: readonly JsonNode[];
}

/** `number` is an int where Python makes one of it: no point, no exponent. NaN and ±Infinity are floats. */
export type JsonScalar = JsonBase &
  (
    | { readonly kind: 'string'; readonly value: string }
    | { readonly kind: 'number'; readonly text: string; readonly isInteger: boolean }
    | { readonly kind: 'boolean'; readonly value: boolean }
    | { readonly kind: 'null' }
  );

/** A parsed text; never thrown away for a mistake: what stands before it is there. */
export interface JsonDocument {
  readonly text: string;
  readonly root?: JsonNode;
  /** The first thing that json.loads would reject, if any; the message is Python's, with its place. */
  readonly error?: { readonly range: TextRange; readonly message: string };
}

/** Python dies of recursion not far beyond. */
const deepest = 500;
const longestInteger = 4_300;

/**
 * Parses a text as Python's `json.loads` does. Never throws, in linear time. `kept`: objects of a list at the root that are known
 * already, in order; they are not parsed again.
 */
export function parseJson(text: string, kept: readonly JsonObject[] = []): JsonDocument {
  const reader = new JsonReader(text, kept);
  const root = reader.readDocument();
  return { text, ...(root && { root }), ...(reader.error && { error: reader.error }) };
}

/** The member of this name that Python sees: the last. */
export function findMember(node: JsonNode | undefined, name: string): JsonMember | undefined {
  if (node?.kind !== 'object') return undefined;
  const { members } = node;
  // Called for each column of a signature several times: findLast takes thrice as long.
  for (let index = members.length - 1; index >= 0; index--) {
    const member = members[index];
    if (member?.name === name) return member;
  }
  return undefined;
}

/** An object's members as Python sees them: each name once, at its first place with its last value. */
export function membersOf({ members }: JsonObject): readonly JsonMember[] {
  return [...new Map(members.map((member) => [member.name, member])).values()];
}

const number = /(-?(?:0|[1-9][0-9]*))(\.[0-9]+)?([eE][-+]?[0-9]+)?/y;
const word = /true|false|null|NaN|-?Infinity/y;
const escapes: Readonly<Record<string, string>> = {
  '"': '"',
  '\\': '\\',
  '/': '/',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
};

/** Reads up to the first mistake, keeps it, and then gives whatever it has. */
class JsonReader {
  error: { readonly range: TextRange; readonly message: string } | undefined;
  private at = 0;
  private nextKept = 0;

  constructor(
    private readonly text: string,
    private readonly kept: readonly JsonObject[],
  ) {}

  readDocument(): JsonNode | undefined {
    if (this.text.startsWith('\ufeff')) this.fail('Unexpected UTF-8 BOM (decode using utf-8-sig)', 0);
    this.skipSpace();
    const root = this.readValue(0);
    this.skipSpace();
    if (this.at < this.text.length) this.fail('Extra data', this.at, this.text.length);
    return root;
  }

  private readValue(depth: number): JsonNode | undefined {
    if (this.error) return undefined;
    if (depth > deepest) {
      this.fail('Nested too deeply', this.at);
      return undefined;
    }
    switch (this.text.charAt(this.at)) {
      case '{':
        return this.readObject(depth);
      case '[':
        return this.readArray(depth);
      case '"': {
        const start = this.at;
        const value = this.readString();
        return { kind: 'string', value, range: { start, end: this.at } };
      }
      default:
        return this.readWord();
    }
  }

  private readObject(depth: number): JsonObject {
    const start = this.at++;
    const members: JsonMember[] = [];
    this.skipSpace();
    if (!this.take('}'))
      do {
        const member = this.readMember(depth);
        if (member) members.push(member);
      } while (this.goesOn('}'));
    return { kind: 'object', members, range: { start, end: this.at } };
  }

  private readMember(depth: number): JsonMember | undefined {
    const start = this.at;
    if (this.text[start] !== '"') {
      this.fail('Expecting property name enclosed in double quotes', start);
      return undefined;
    }
    const name = this.readString();
    const nameRange = { start, end: this.at };
    this.skipSpace();
    if (!this.take(':')) this.fail("Expecting ':' delimiter", this.at);
    this.skipSpace();
    const value = this.readValue(depth + 1);
    return value && { name, nameRange, value };
  }

  private readArray(depth: number): JsonArray {
    const start = this.at++;
    const items: JsonNode[] = [];
    this.skipSpace();
    if (!this.take(']'))
      do {
        const kept = depth === 0 ? this.takeKept() : undefined;
        const item = kept ?? this.readValue(depth + 1);
        if (item) items.push(item);
      } while (this.goesOn(']'));
    return { kind: 'array', items, range: { start, end: this.at } };
  }

  private takeKept(): JsonObject | undefined {
    while ((this.kept[this.nextKept]?.range.start ?? Infinity) < this.at) this.nextKept++;
    const object = this.kept[this.nextKept];
    if (object?.range.start !== this.at) return undefined;
    this.at = object.range.end;
    return object;
  }

  /** Whether there is a comma, behind which the reader then stands, and not the end. */
  private goesOn(end: string): boolean {
    if (this.error) return false;
    this.skipSpace();
    if (this.take(end)) return false;
    if (!this.take(',')) this.fail("Expecting ',' delimiter", this.at);
    this.skipSpace();
    return !this.error;
  }

  private readString(): string {
    const start = this.at++;
    let value = '';
    for (;;) {
      value += this.takePlain();
      const letter = this.text[this.at];
      if (letter === undefined) {
        this.fail('Unterminated string starting at', start, this.at);
        return value;
      }
      if (letter === '"') {
        this.at++;
        return value;
      }
      if (letter === '\\') value += this.readEscape(start);
      else this.fail('Invalid control character at', this.at);
      if (this.error) return value;
    }
  }

  /** What needs no look at each letter of a string. */
  private takePlain(): string {
    const start = this.at;
    for (; this.at < this.text.length; this.at++) {
      const code = this.text.charCodeAt(this.at);
      if (code < 32 || code === 34 || code === 92) break;
    }
    return this.text.slice(start, this.at);
  }

  private readEscape(stringStart: number): string {
    const start = this.at;
    const letter = this.text.charAt(start + 1);
    if (letter === 'u') return this.readCode(start);
    const escaped = escapes[letter];
    if (letter === '') this.fail('Unterminated string starting at', stringStart, this.text.length);
    else if (escaped === undefined) this.fail('Invalid \\escape', start, start + 2);
    this.at += 2;
    return escaped ?? '';
  }

  private readCode(start: number): string {
    const digits = /^[0-9a-fA-F]{4}$/.exec(this.text.slice(start + 2, start + 6))?.[0];
    if (digits === undefined) this.fail('Invalid \\uXXXX escape', start + 1, start + 6);
    this.at += 6;
    return String.fromCharCode(parseInt(digits ?? '0', 16));
  }

  private readWord(): JsonNode | undefined {
    const start = this.at;
    const found = this.match(word)?.[0];
    const range = { start, end: this.at };
    if (found === 'null') return { kind: 'null', range };
    if (found === 'true' || found === 'false') return { kind: 'boolean', value: found === 'true', range };
    if (found !== undefined) return { kind: 'number', text: found, isInteger: false, range };
    return this.readNumber();
  }

  private readNumber(): JsonNode | undefined {
    const start = this.at;
    const [text, integer = '', fraction, exponent] = this.match(number) ?? [];
    if (text === undefined) {
      this.fail('Expecting value', start);
      return undefined;
    }
    const isInteger = fraction === undefined && exponent === undefined;
    if (isInteger && integer.length > longestInteger) {
      this.fail('Exceeds the limit for integer string conversion', start, this.at);
      return undefined;
    }
    return { kind: 'number', text, isInteger, range: { start, end: this.at } };
  }

  private match(pattern: RegExp): RegExpExecArray | null {
    pattern.lastIndex = this.at;
    const found = pattern.exec(this.text);
    this.at += found?.[0].length ?? 0;
    return found;
  }

  private skipSpace(): void {
    for (; this.at < this.text.length; this.at++) {
      const code = this.text.charCodeAt(this.at);
      if (code !== 32 && code !== 9 && code !== 10 && code !== 13) break;
    }
  }

  private take(letter: string): boolean {
    if (this.error || this.text[this.at] !== letter) return false;
    this.at++;
    return true;
  }

  private fail(message: string, start: number, end = start + 1): void {
    const range = { start, end: Math.min(end, this.text.length) };
    this.error ??= { range, message: `${message}: ${pythonPlace(this.text, start)}` };
  }
}

/** A place as Python's JSONDecodeError tells it, in characters. */
function pythonPlace(text: string, offset: number): string {
  const before = text.slice(0, offset).replace(/[\ud800-\udbff][\udc00-\udfff]/g, '_');
  const line = before.split('\n').length;
  return `line ${line} column ${before.length - before.lastIndexOf('\n')} (char ${before.length})`;
}
