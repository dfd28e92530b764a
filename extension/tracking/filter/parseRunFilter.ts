import { FilterError } from './filterError';
import { isTime, readField } from './readField';
import {
  failAt,
  misplaced,
  noComparator,
  readQuotedList,
  readText,
  readWordComparator,
} from './readOperands';
import type { Comparator, RunClause, RunField, RunFilter } from './runFilter';
import { TokenReader, type Span } from './tokenReader';
import type { Token } from './tokens';

const numeric: readonly Comparator[] = ['=', '!=', '>', '>=', '<', '<='];
const textual: readonly Comparator[] = ['=', '!=', 'LIKE', 'ILIKE'];

/**
 * A filter for runs in the grammar of MLflow 3.17.2 (reference/REST.md §10): what its parser, its file store and its
 * SQLite store all accept. Empty text is no filter; AND may be missing between comparisons, and be there too often.
 *
 * Left out is what MLflow accepts by accident: comments, casts and AS within a key, a comparison that it takes for a part
 * of the key where AND is missing before IS NULL, and digits other than 0 to 9.
 *
 * @throws FilterError for anything else.
 */
export function parseRunFilter(text: string): RunFilter {
  if (text === '') return [];
  const reader = new TokenReader(text);
  if (!reader.peek()) {
    throw new FilterError('The filter is only white space; leave it empty to see all runs.', 0, text.length);
  }
  const clauses: RunClause[] = [];
  let isJoined = true;
  for (;;) {
    while (reader.skipKeyword('AND')) isJoined = true;
    if (!reader.peek()) return clauses;
    const clause = readClause(reader, isJoined);
    clauses.push(clause);
    isJoined = clause.value === undefined;
  }
}

function readClause(reader: TokenReader, isJoined: boolean): RunClause {
  const first = reader.readIdentifier();
  if (!first) throw reader.failHere(misplaced(reader.peek()));
  const name = reader.readAlias(first);
  const operator = reader.peek();
  if (operator?.kind === 'comparator') {
    reader.next();
    return readComparison(reader, name, operator);
  }
  const comparator = readWordComparator(reader);
  if (!comparator || !operator) throw reader.failHere(noComparator(name, operator));
  if (!isJoined) throw failAt(name, `Put AND before ${name.text}.`);
  return comparator === 'IN' || comparator === 'NOT IN'
    ? readMembership(reader, name, operator, comparator)
    : readPresence(name, operator, comparator);
}

function readPresence(name: Span, operator: Token, comparator: Comparator): RunClause {
  const field = readField(name, 'filter');
  if (field.kind === 'param' || field.kind === 'tag') return { field, comparator, value: undefined };
  throw failAt(operator, `IS NULL and IS NOT NULL work for params and tags only, not for ${name.text}.`);
}

function readMembership(reader: TokenReader, name: Span, operator: Token, comparator: Comparator): RunClause {
  const field = readField(name, 'filter');
  if (field.kind !== 'dataset' && !(field.kind === 'attribute' && field.key === 'run_id')) {
    throw failAt(operator, `${comparator} works for run_id and datasets only, not for ${name.text}.`);
  }
  return { field, comparator, value: readQuotedList(reader, comparator) };
}

function readComparison(reader: TokenReader, name: Span, operator: Token): RunClause {
  const field = readField(name, 'filter');
  const isNumber = field.kind === 'metric' || isTime(field);
  const allowed = isNumber ? numeric : textual;
  const comparator = allowed.find((known) => known === operator.text.toUpperCase());
  if (!comparator) throw failAt(operator, wrongComparator(name, operator, field));
  return { field, comparator, value: isNumber ? readNumber(reader, name, field) : readText(reader, name) };
}

function readNumber(reader: TokenReader, name: Span, field: RunField): number {
  const token = reader.peek();
  if (token?.kind !== 'integer' && token?.kind !== 'float') {
    throw reader.failHere(`${name.text} is compared with a number, such as 0.5 or 1e-3, without quotes.`);
  }
  reader.next();
  if (
    token.kind === 'integer' &&
    isTime(field) &&
    BigInt.asIntN(64, BigInt(token.text)) !== BigInt(token.text)
  ) {
    throw failAt(token, `${token.text} is too large for a time, which is in milliseconds since 1970.`);
  }
  return Number(token.text);
}

function wrongComparator(name: Span, { text }: Token, field: RunField): string {
  const isNumber = field.kind === 'metric' || isTime(field);
  const allowed = isNumber ? '=, !=, >, >=, < and <=' : '=, !=, LIKE and ILIKE';
  return `${text} does not work for ${name.text}, which takes ${allowed}${moreComparators(field)}.`;
}

function moreComparators(field: RunField): string {
  if (field.kind === 'param' || field.kind === 'tag') return ', and IS NULL and IS NOT NULL';
  const isList = field.kind === 'dataset' || field.key === 'run_id';
  return isList && field.kind !== 'metric' ? ', and IN and NOT IN' : '';
}
