import {
  failAt,
  misplaced,
  noComparator,
  readQuotedList,
  readText,
  readWordComparator,
} from './readOperands';
import { unquoteKey } from './readField';
import { TokenReader, type Span } from './tokenReader';

/** One clause of a search for registered models. `value` is a list for IN and NOT IN. */
export interface ModelClause {
  /** The model's name, or one of its tags. */
  readonly field: { readonly kind: 'name' } | { readonly kind: 'tag'; readonly key: string };
  readonly comparator: '=' | '!=' | 'LIKE' | 'ILIKE' | 'IN' | 'NOT IN';
  readonly value: string | readonly string[];
}

/** All clauses must hold; none matches everything. */
export type ModelFilter = readonly ModelClause[];

const textual = ['=', '!=', 'LIKE', 'ILIKE'] as const;

/**
 * A filter for registered models in the grammar of MLflow 3.17.2 (reference/REST.md §10), read as `parseRunFilter` reads that
 * for runs; white space is no filter here.
 *
 * @throws FilterError for anything else.
 */
export function parseModelFilter(text: string): ModelFilter {
  const reader = new TokenReader(text);
  const clauses: ModelClause[] = [];
  let isJoined = true;
  for (;;) {
    while (reader.skipKeyword('AND')) isJoined = true;
    if (!reader.peek()) return clauses;
    clauses.push(readClause(reader, isJoined));
    isJoined = false;
  }
}

function readClause(reader: TokenReader, isJoined: boolean): ModelClause {
  const first = reader.readIdentifier();
  if (!first) throw reader.failHere(misplaced(reader.peek(), "name ILIKE '%churn%'"));
  const name = reader.readAlias(first);
  const operator = reader.peek();
  const field = readField(name);
  if (operator?.kind === 'comparator') {
    reader.next();
    const comparator = textual.find((known) => known === operator.text.toUpperCase());
    if (comparator) return { field, comparator, value: readText(reader, name) };
    throw failAt(operator, `${operator.text} does not work here: =, !=, LIKE and ILIKE do.`);
  }
  const comparator = readWordComparator(reader);
  if (!comparator || !operator) throw reader.failHere(noComparator(name, operator));
  if (!isJoined) throw failAt(name, `Put AND before ${name.text}.`);
  if (field.kind === 'name' && (comparator === 'IN' || comparator === 'NOT IN'))
    return { field, comparator, value: readQuotedList(reader, comparator) };
  throw failAt(operator, `${comparator} does not work for ${name.text}.`);
}

function readField(name: Span): ModelClause['field'] {
  const dot = name.text.indexOf('.');
  const entity = dot < 0 ? 'attribute' : name.text.slice(0, dot);
  const key = name.text.slice(dot + 1);
  if (entity === 'tag' || entity === 'tags') return { kind: 'tag', key: unquoteKey(key) };
  if (entity === 'attribute' && key === 'name') return { kind: 'name' };
  throw failAt(name, `Registered models are searched by name and by tags.<key>, not by ${name.text}.`);
}
