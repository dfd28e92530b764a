import { FilterError } from './filterError';
import { tokenize, type Token, type TokenKind } from './tokens';

/** A stretch of the text, which may hold white space. */
export interface Span {
  readonly text: string;
  readonly offset: number;
}

/** Walks over the tokens of a filter, white space aside, and recognizes names, which may span several. */
export class TokenReader {
  private readonly tokens: readonly Token[];
  private position = 0;

  constructor(private readonly text: string) {
    this.tokens = tokenize(text).filter(({ kind }) => kind !== 'space');
  }

  peek(ahead = 0): Token | undefined {
    return this.tokens[this.position + ahead];
  }

  next(): Token | undefined {
    const token = this.peek();
    if (token) this.position += 1;
    return token;
  }

  isKeyword(keyword: string, ahead = 0): boolean {
    const token = this.peek(ahead);
    return token?.kind === 'keyword' && token.text.toUpperCase() === keyword;
  }

  skipKeyword(keyword: string): boolean {
    const found = this.isKeyword(keyword);
    if (found) this.position += 1;
    return found;
  }

  /**
   * A name with all that SQL lets belong to it: `metrics.loss`, `params."a b"`, `metrics.f1(macro)`, `tags.a[0]`.
   * Undefined, and nothing read, where none begins.
   */
  readIdentifier(): Span | undefined {
    const first = this.peek();
    if (first?.kind !== 'name' && first?.kind !== 'symbol') return undefined;
    if (first.kind === 'name' && this.peek(1)?.kind === '(') return undefined;
    this.position += 1;
    while (this.peek()?.kind === 'dot') {
      this.position += 1;
      this.skipPart();
    }
    while (this.skipGroup('[', ']'));
    return this.spanFrom(first);
  }

  /** The name together with one more before IS, which SQL takes for an alias and MLflow for a part of the key. */
  readAlias(name: Span): Span {
    const start = this.position;
    if (this.peek()?.kind === 'order') this.position += 1;
    else this.readIdentifier();
    if (this.isKeyword('IS')) return this.spanFrom(name);
    this.position = start;
    return name;
  }

  /** `(…)` up to the parenthesis that closes it; undefined, and nothing read, where there is none. */
  readParenthesis(): Span | undefined {
    const first = this.peek();
    return first && this.skipGroup('(', ')') ? this.spanFrom(first) : undefined;
  }

  /** From the token to the last one read. */
  spanFrom({ offset }: Pick<Token, 'offset'>): Span {
    const last = this.tokens[this.position - 1];
    return { offset, text: this.text.slice(offset, last ? last.offset + last.text.length : offset) };
  }

  /** The error that the next token is wrong, or that something is missing at the end. */
  failHere(message: string): FilterError {
    const token = this.peek();
    return new FilterError(message, token?.offset ?? this.text.length, token?.text.length ?? 0);
  }

  private skipPart(): void {
    const kind = this.peek()?.kind;
    if (kind !== 'name' && kind !== 'symbol' && kind !== 'string' && kind !== 'wildcard') return;
    this.position += 1;
    if (kind === 'name') this.skipGroup('(', ')');
  }

  private skipGroup(open: TokenKind, close: TokenKind): boolean {
    if (this.peek()?.kind !== open) return false;
    let depth = 0;
    for (let index = this.position; index < this.tokens.length; index += 1) {
      const kind = this.tokens[index]?.kind;
      if (kind === open) depth += 1;
      if (kind === close) depth -= 1;
      if (depth > 0) continue;
      this.position = index + 1;
      return true;
    }
    return false;
  }
}
