import { FilterError } from '../tracking/filter/filterError';
import { readField } from '../tracking/filter/readField';
import type { RunField } from '../tracking/filter/runFilter';

/** What may come at a place of a filter that is being typed. `from` is where the word that is typed there begins. */
export type FilterPlace =
  /** A key; without AND before it where a clause ended and none came yet. */
  | { readonly kind: 'key'; readonly from: number; readonly isJoined: boolean }
  | { readonly kind: 'operator'; readonly from: number; readonly field: RunField }
  | {
      readonly kind: 'value';
      readonly from: number;
      readonly field: RunField;
      readonly operator: string;
      readonly isInList: boolean;
    }
  /** After IN: the parenthesis that opens the list. */
  | { readonly kind: 'list'; readonly from: number }
  /** After an item of a list: a comma or the end. */
  | { readonly kind: 'listItemEnd'; readonly from: number }
  /** Nothing that is known: the text is no filter, or broken. */
  | { readonly kind: 'none' };

const space = /\s*/y;
const and = /AND(?![\p{L}\p{N}_])\s+/iuy;
const part = '[^\\s<>=!~`"\'(),.]+|`[^`]*(?:`|$)|"[^"]*(?:"|$)';
const key = new RegExp(`(?:${part})(?:\\s*\\.\\s*(?:${part}|'[^']*(?:'|$))?)*`, 'uy');
const presence = /IS\s+(?:NOT\s+)?NULL(?![\p{L}\p{N}_])/iuy;
const comparator = /[<>=!~]+|(?:NOT\s+)?(?:LIKE|ILIKE|RLIKE|IN)(?![\p{L}\p{N}_])/iuy;
/** A word that compares, or the beginning of one: whole only where white space follows. */
const openWords = /(?!IS\s+(?:NOT\s+)?NULL\s|(?:NOT\s+)?(?:LIKE|ILIKE|RLIKE|IN)\s)[a-z]+(?:\s+[a-z]*)*$/iy;
/** As the tokens of a filter have it. */
const text = /'(?:''|\\'|[^'])*'|"(?:""|\\"|[^"])*"/y;
const openText = /['"][^]*$/y;
const number = /[^\s'"(),]+/y;

const nothing: FilterPlace = { kind: 'none' };

/** What may come at the end of the text, which is what stands before the caret. Never throws. */
export function findPlace(before: string): FilterPlace {
  return new PlaceFinder(before).find();
}

/** Where the word that begins at `from` and is typed at `caret` ends. */
export function findWordEnd(whole: string, from: number, caret: number): number {
  const word = whole.slice(from, caret);
  const rest = whole.slice(caret);
  const quote = /['"`]/.exec(word)?.[0];
  if (quote === undefined) {
    const pattern = /[<>=!~]$/.test(word) ? /^[<>=!~]*/ : /^[^\s<>=!~'"`(),]*/;
    return caret + (pattern.exec(rest)?.[0].length ?? 0);
  }
  const start = whole.indexOf(quote, from);
  const end = whole.indexOf(quote, start + 1) + 1;
  const isClosed = end >= caret && /^(?:[\s,)<>=!~]|$)/.test(whole.slice(end));
  return isClosed ? end : caret + (/^[^\s'"`]*/.exec(rest)?.[0].length ?? 0);
}

/** Walks over clauses up to the one that is being typed. */
class PlaceFinder {
  private position = 0;

  constructor(private readonly before: string) {}

  find(): FilterPlace {
    for (let isFirst = true; ; isFirst = false) {
      const place = this.readClause(isFirst);
      if (place) return place;
    }
  }

  /** Where in the clause the text ends; undefined if it goes on after it. */
  private readClause(isFirst: boolean): FilterPlace | undefined {
    const isJoined = this.skipAnd() || isFirst;
    const from = this.position;
    if (this.isAtEnd()) return { kind: 'key', from, isJoined };
    const name = this.read(key);
    if (name === undefined) return nothing;
    if (this.isAtEnd()) return { kind: 'key', from, isJoined };
    const field = toField(name, from);
    this.read(space);
    if (!field) return nothing;
    return this.readComparison(field);
  }

  private skipAnd(): boolean {
    this.read(space);
    let found = false;
    while (this.read(and) !== undefined) found = true;
    return found;
  }

  private readComparison(field: RunField): FilterPlace | undefined {
    const from = this.position;
    if (this.isAtEnd() || this.peek(openWords) !== undefined) return { kind: 'operator', from, field };
    if (this.read(presence) !== undefined) return undefined;
    const operator = this.read(comparator)?.toUpperCase().replace(/\s+/g, ' ');
    if (operator === undefined) return nothing;
    if (this.isAtEnd()) return { kind: 'operator', from, field };
    this.read(space);
    if (operator.endsWith('IN')) return this.readList(field, operator);
    return this.readValue(field, operator);
  }

  private readValue(field: RunField, operator: string): FilterPlace | undefined {
    const from = this.position;
    const place: FilterPlace = { kind: 'value', from, field, operator, isInList: false };
    if (this.isAtEnd()) return place;
    if (this.read(text) !== undefined) return undefined;
    if (this.peek(openText) !== undefined) return place;
    if (this.read(number) === undefined) return nothing;
    return this.isAtEnd() ? place : undefined;
  }

  private readList(field: RunField, operator: string): FilterPlace | undefined {
    if (this.isAtEnd()) return { kind: 'list', from: this.position };
    if (!this.skip('(')) return nothing;
    for (;;) {
      this.read(space);
      const from = this.position;
      const isOpen = this.peek(text) === undefined && this.peek(openText) !== undefined;
      if (this.isAtEnd() || isOpen) return { kind: 'value', from, field, operator, isInList: true };
      if (this.read(text) === undefined) return nothing;
      this.read(space);
      if (this.isAtEnd()) return { kind: 'listItemEnd', from: this.position };
      if (this.skip(')')) return undefined;
      if (!this.skip(',')) return nothing;
    }
  }

  private isAtEnd(): boolean {
    return this.position >= this.before.length;
  }

  private peek(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.position;
    return pattern.exec(this.before)?.[0];
  }

  private read(pattern: RegExp): string | undefined {
    const found = this.peek(pattern);
    this.position += found?.length ?? 0;
    return found;
  }

  private skip(mark: string): boolean {
    const found = this.before.startsWith(mark, this.position);
    if (found) this.position += mark.length;
    return found;
  }
}

function toField(name: string, offset: number): RunField | undefined {
  try {
    return readField({ text: name, offset }, 'filter');
  } catch (error) {
    if (error instanceof FilterError) return undefined;
    throw error;
  }
}
