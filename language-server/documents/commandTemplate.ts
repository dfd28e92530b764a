import type { TextRange } from './textRange';

/** A command as Python's str.format reads it. All ranges are offsets into the template's own text. */
export interface CommandTemplate {
  /** In order, without gaps. */
  readonly parts: readonly TemplatePart[];
  /** What Python raises of the text's own form whatever the parameters are: the first is the one that it raises. */
  readonly errors: readonly TemplateError[];
}

export type TemplatePart = LiteralPart | FieldPart;

export interface LiteralPart {
  readonly kind: 'literal';
  readonly range: TextRange;
  /** As it comes out: `{{` is `{`. */
  readonly text: string;
}

export interface FieldPart {
  readonly kind: 'field';
  /** From `{` to behind `}`. */
  readonly range: TextRange;
  /** The key that Python looks up, spaces and all: up to the first `.` or `[`. */
  readonly name: string;
  readonly nameRange: TextRange;
  /** `{}` or `{0}`: taken from the positional arguments, of which MLflow gives none (IndexError). */
  readonly positional: boolean;
  /** `.attribute` and `[index]` behind the name. */
  readonly path: readonly {
    readonly kind: 'attribute' | 'index';
    readonly text: string;
    readonly range: TextRange;
  }[];
  /** What follows `!`, if anything. */
  readonly conversion?: { readonly text: string; readonly range: TextRange };
  /** What follows `:`, with its own fields. */
  readonly spec?: { readonly range: TextRange; readonly parts: readonly TemplatePart[] };
  /** False while the brace is still open, which is an error too. */
  readonly closed: boolean;
}

export interface TemplateError {
  readonly range: TextRange;
  /** The exception's type in Python, and its message. */
  readonly exception: 'ValueError';
  readonly message: string;
}

/** Parses a command as CPython's str.format does. Never throws; errors are listed and the rest is read on. */
export function parseCommandTemplate(text: string): CommandTemplate {
  const reader = new TemplateReader(text);
  const parts = reader.readParts(0, text.length, 0);
  return { parts, errors: reader.errors };
}

/** All fields, those nested in format specs included, in the order of the text. */
export function templateFields({ parts }: Pick<CommandTemplate, 'parts'>): readonly FieldPart[] {
  return parts.flatMap((part) =>
    part.kind === 'field' ? [part, ...(part.spec ? templateFields(part.spec) : [])] : [],
  );
}

/** CPython expands fields inside of a format spec, but none inside of those. */
const deepestSpec = 2;
/** What str's own __format__ takes: fill and align, width, precision. */
const stringSpec = /^(?:.?[<>^])?0?[0-9]*(?:\.[0-9]+)?s?$/su;

class TemplateReader {
  readonly errors: TemplateError[] = [];

  constructor(private readonly text: string) {}

  readParts(start: number, end: number, depth: number): readonly TemplatePart[] {
    const parts: TemplatePart[] = [];
    for (let at = start; at < end;) {
      const part = this.startsField(at, end) ? this.readField(at, end, depth) : this.readLiteral(at, end);
      parts.push(part);
      at = part.range.end;
    }
    return parts;
  }

  private startsField(at: number, end: number): boolean {
    return this.text[at] === '{' && at + 1 < end && this.text[at + 1] !== '{';
  }

  private readLiteral(start: number, end: number): LiteralPart {
    const { text } = this;
    let literal = '';
    let at = start;
    while (at < end && !this.startsField(at, end)) {
      const from = at;
      while (at < end && text[at] !== '{' && text[at] !== '}') at++;
      literal += text.slice(from, at);
      if (at >= end || this.startsField(at, end)) break;
      const brace = text.charAt(at);
      const doubled = at + 1 < end && text[at + 1] === brace;
      if (!doubled) this.fault(at, at + 1, `Single '${brace}' encountered in format string`);
      literal += brace;
      at += doubled ? 2 : 1;
    }
    return { kind: 'literal', range: { start, end: at }, text: literal };
  }

  private readField(start: number, end: number, depth: number): FieldPart {
    if (depth >= deepestSpec) this.fault(start, end, 'Max string recursion exceeded');
    const nameEnd = this.fieldNameEnd(start + 1, end);
    const head = this.readName(start + 1, nameEnd);
    const stop = this.text.charAt(nameEnd);
    if (nameEnd >= end || stop === '{') {
      const message = nameEnd < end ? "unexpected '{' in field name" : "expected '}' before end of string";
      this.fault(start, nameEnd, message);
      return { ...head, range: { start, end: nameEnd }, closed: false };
    }
    if (stop === '}') {
      this.checkName(head);
      return { ...head, range: { start, end: nameEnd + 1 }, closed: true };
    }
    return this.readTail(start, end, depth, head, nameEnd);
  }

  /** Where `}`, `:`, `!` or a wrong `{` ends the name; brackets hide them. */
  private fieldNameEnd(from: number, end: number): number {
    for (let at = from; at < end; at++) {
      const character = this.text.charAt(at);
      if (character === '[') {
        const close = this.text.indexOf(']', at + 1);
        at = close === -1 || close >= end ? end - 1 : close;
      } else if ('{}:!'.includes(character)) return at;
    }
    return end;
  }

  private readName(start: number, end: number): Omit<FieldPart, 'range' | 'closed'> {
    const written = this.text.slice(start, end);
    const length = /^[^.[]*/.exec(written)?.[0].length ?? 0;
    const name = written.slice(0, length);
    return {
      kind: 'field',
      name,
      nameRange: { start, end: start + length },
      positional: name === '' || /^\p{Nd}+$/u.test(name),
      path: this.readPath(start + length, end),
    };
  }

  private readPath(start: number, end: number): FieldPart['path'] {
    const path: FieldPart['path'][number][] = [];
    for (let at = start; at < end;) {
      const isIndex = this.text[at] === '[';
      const from = at + 1;
      at = from;
      while (at < end && (isIndex ? this.text[at] !== ']' : !'.['.includes(this.text.charAt(at)))) at++;
      path.push({
        kind: isIndex ? 'index' : 'attribute',
        text: this.text.slice(from, at),
        range: { start: from, end: at },
      });
      if (isIndex) at++;
    }
    return path;
  }

  private checkName({ path }: Pick<FieldPart, 'path'>): void {
    for (const [index, { kind, text, range }] of path.entries()) {
      const lead = this.text.charAt(range.start - 1);
      if (kind === 'attribute' && lead !== '.')
        this.fault(range.start - 1, range.end, "Only '.' or '[' may follow ']' in format field specifier");
      else if (text === '') this.fault(range.start - 1, range.end, 'Empty attribute in format string');
      else if (kind === 'index' && index === path.length - 1 && this.text[range.end] !== ']')
        this.fault(range.start - 1, range.end, "Missing ']' in format string");
    }
  }

  private readTail(
    start: number,
    end: number,
    depth: number,
    head: Omit<FieldPart, 'range' | 'closed'>,
    at: number,
  ): FieldPart {
    if (this.text[at] === ':') return this.readSpec(start, end, depth, head, at + 1);
    const range = { start: at + 1, end: Math.min(at + 2, end) };
    const conversion = { text: this.text.slice(range.start, range.end), range };
    const closing = this.text.charAt(at + 2);
    if (at + 2 >= end) {
      const message =
        at + 1 >= end
          ? 'end of string while looking for conversion specifier'
          : "unmatched '{' in format spec";
      this.fault(start, end, message);
      return { ...head, conversion, range: { start, end }, closed: false };
    }
    if (closing !== '}' && closing !== ':') {
      this.fault(at + 2, at + 3, "expected ':' after conversion specifier");
      const close = this.text.indexOf('}', at);
      const stop = close === -1 || close >= end ? end : close + 1;
      return { ...head, conversion, range: { start, end: stop }, closed: stop > close && close !== -1 };
    }
    this.checkName(head);
    if (!'rsa'.includes(conversion.text))
      this.fault(range.start, range.end, `Unknown conversion specifier ${JSON.stringify(conversion.text)}`);
    if (closing === '}') return { ...head, conversion, range: { start, end: at + 3 }, closed: true };
    return this.readSpec(start, end, depth, { ...head, conversion }, at + 3, true);
  }

  private readSpec(
    start: number,
    end: number,
    depth: number,
    head: Omit<FieldPart, 'range' | 'closed'>,
    from: number,
    nameIsChecked = false,
  ): FieldPart {
    const close = this.specEnd(from, end);
    if (close === undefined) {
      this.fault(start, end, "unmatched '{' in format spec");
      return { ...head, range: { start, end }, closed: false };
    }
    if (!nameIsChecked) this.checkName(head);
    const written = this.text.slice(from, close);
    const isNested = written.includes('{');
    const parts = isNested ? this.readParts(from, close, depth + 1) : this.plainSpec(from, close);
    if (!isNested && head.path.length === 0 && !stringSpec.test(written))
      this.fault(from, close, `Invalid format specifier '${written}' for object of type 'str'`);
    return {
      ...head,
      spec: { range: { start: from, end: close }, parts },
      range: { start, end: close + 1 },
      closed: true,
    };
  }

  private plainSpec(start: number, end: number): readonly TemplatePart[] {
    return start === end
      ? []
      : [{ kind: 'literal', range: { start, end }, text: this.text.slice(start, end) }];
  }

  private specEnd(from: number, end: number): number | undefined {
    let level = 1;
    for (let at = from; at < end; at++) {
      if (this.text[at] === '{') level++;
      else if (this.text[at] === '}' && --level === 0) return at;
    }
    return undefined;
  }

  private fault(start: number, end: number, message: string): void {
    this.errors.push({ range: { start, end }, exception: 'ValueError', message });
  }
}
