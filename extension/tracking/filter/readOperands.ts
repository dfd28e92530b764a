import { FilterError } from './filterError';
import { readTextList } from './readTextList';
import type { Comparator } from './runFilter';
import type { Span, TokenReader } from './tokenReader';
import type { Token } from './tokens';

/** What all of MLflow's filters are made of: how their parts are read, and what is said where one is not there. */

/** IN, NOT IN, IS NULL or IS NOT NULL, which MLflow puts together by itself. */
export function readWordComparator(reader: TokenReader): Comparator | undefined {
  if (reader.skipKeyword('IN')) return 'IN';
  if (reader.isKeyword('NOT') && reader.isKeyword('IN', 1)) {
    reader.next();
    reader.next();
    return 'NOT IN';
  }
  if (!reader.isKeyword('IS')) return undefined;
  const isNull = reader.isKeyword('NULL', 1);
  if (!isNull && !reader.isKeyword('NOT NULL', 1)) return undefined;
  reader.next();
  reader.next();
  return isNull ? 'IS NULL' : 'IS NOT NULL';
}

/** `('a', 'b')` after IN or NOT IN. */
export function readQuotedList(reader: TokenReader, comparator: Comparator): readonly string[] {
  const list = reader.readParenthesis();
  const message = `${comparator} takes a list of quoted strings in parentheses, such as ('a', 'b').`;
  if (!list) throw reader.failHere(message);
  const value = readTextList(list.text);
  if (!value) throw failAt(list, message);
  return value;
}

/** A text in quotes, which the named thing is compared with. */
export function readText(reader: TokenReader, name: Span): string {
  const before = reader.peek();
  const value = before?.kind === 'string' ? reader.next() : reader.readIdentifier();
  const quote = value?.text.charAt(0);
  if (value && quote && (quote === "'" || quote === '"') && value.text.endsWith(quote)) {
    return value.text.slice(1, -1);
  }
  const message = `${name.text} is compared with a text in quotes, such as 'abc'.`;
  if (before?.text === "'" || before?.text === '"') throw failAt(before, 'This quote is never closed.');
  throw value ? failAt(value, message) : reader.failHere(message);
}

/** What is said where nothing compares a name. */
export function noComparator(name: Span, operator: Token | undefined): string {
  if (!operator) return `After ${name.text} a comparison is missing, such as = 'abc' or > 0.5.`;
  const keys = 'a key with spaces or signs in it goes in backticks, such as metrics.`val loss`';
  return `After ${name.text} comes a comparison, not ${operator.text}; ${keys}.`;
}

/** What is said where a clause should begin. */
export function misplaced(token: Token | undefined, example = 'metrics.loss < 0.5'): string {
  const what = token?.text ?? '';
  if (/^(or|not)$/i.test(what))
    return `MLflow's filters have no ${what.toUpperCase()}; clauses are joined by AND only.`;
  if (what === ';') return 'A filter is one expression without ;.';
  if (what === '(')
    return "MLflow's filters have no parentheses around clauses; they are joined by AND only.";
  if (what === "'" || what === '"' || what === '`') return 'This quote is never closed.';
  return `Here a clause should begin, such as ${example}, not ${what}.`;
}

export function failAt({ offset, text }: Span, message: string): FilterError {
  return new FilterError(message, offset, text.length);
}
