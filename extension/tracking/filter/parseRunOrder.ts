import { FilterError } from './filterError';
import { readField } from './readField';
import type { RunField, RunSortKey } from './runFilter';
import { TokenReader } from './tokenReader';

/**
 * What to sort runs by, from MLflow's `key [ASC|DESC]` clauses (reference/REST.md §10).
 *
 * @throws FilterError, with offsets into the clause that is wrong, for what MLflow's parser or its file store rejects.
 */
export function parseRunOrder(clauses: readonly string[]): readonly RunSortKey[] {
  return clauses.map(parseClause);
}

function parseClause(clause: string): RunSortKey {
  const reader = new TokenReader(clause);
  const name = reader.readIdentifier();
  if (!name || name.offset > 0) throw unreadable(clause);
  // `metrics.1 DESC`, where the key looks like a fraction; without DESC, MLflow does not take it.
  if (reader.peek()?.kind === 'float' && reader.peek(1)?.kind === 'order') reader.next();
  // MLflow takes one more word after the key: it is the direction, or an error.
  if (reader.peek()?.kind === 'order') reader.next();
  else reader.readIdentifier();
  const whole = reader.spanFrom(name);
  if (whole.text.length !== clause.length) throw unreadable(clause);
  const words = splitWords(clause.replaceAll('`', '"'));
  if (!words || words.length > 2) throw unreadable(clause);
  const [key = '', direction] = words;
  if (direction === undefined) return { field: readSortField(clause, clause), isDescending: false };
  if (!/^(asc|desc)$/i.test(direction)) {
    throw new FilterError(`A key is sorted ASC or DESC, not ${direction}.`, 0, clause.length);
  }
  return { field: readSortField(key.trim(), clause), isDescending: direction.toLowerCase() === 'desc' };
}

function readSortField(name: string, clause: string): RunSortKey['field'] {
  const field: RunField = readField({ text: name, offset: clause.indexOf(name) }, 'order');
  if (field.kind !== 'dataset') return field;
  throw new FilterError('Runs cannot be sorted by their datasets.', 0, clause.length);
}

function unreadable(clause: string): FilterError {
  return new FilterError(
    `${clause || 'Nothing'} is no order; one is a key with ASC or DESC after it.`,
    0,
    clause.length,
  );
}

/** The words of a text as a POSIX shell takes them apart, as MLflow has it done; undefined if a quote stays open. */
function splitWords(text: string): readonly string[] | undefined {
  const words: string[] = [];
  const part = /\s+|'([^']*)'|"((?:[^"\\]|\\[^])*)"|\\([^])|([^\s'"\\]+)/y;
  let word: string | undefined;
  while (part.lastIndex < text.length) {
    const [whole, single, double, escaped, plain] = part.exec(text) ?? [];
    if (whole === undefined) return undefined;
    const piece = single ?? double?.replaceAll(/\\(["\\])/g, '$1') ?? escaped ?? plain;
    if (piece !== undefined) word = (word ?? '') + piece;
    else if (word !== undefined) words.push(word);
    if (piece === undefined) word = undefined;
  }
  return word === undefined ? words : [...words, word];
}
