import { toRunQuery } from '../catalog/runSearch';
import { composeFilter } from '../tracking/filter/composeFilter';
import { parseRunOrder } from '../tracking/filter/parseRunOrder';
import { quoteText } from '../tracking/filter/quoteText';
import type { Run } from '../tracking/model';
import type { LifecycleView } from '../tracking/store';
import type { SortKey, TableSearch } from '../../webviews/protocol/arrangement';
import { readColumnId } from './columnIds';

/** What to ask the store for, and what of its answer to take. */
export interface TableQuery {
  readonly filter?: string;
  readonly orderBy?: readonly string[];
  readonly view: LifecycleView;
  /** Whether a run that the store found is one: MLflow's grammar cannot quote all that is searched for. */
  readonly accepts: (run: Run) => boolean;
}

/**
 * The query for a search, as of `now` in milliseconds, in the store's own order where `orderBy` is empty.
 *
 * @throws FilterError if its text is meant as a filter and is none.
 */
export function composeQuery(
  { text, status, startedWithin, dataset, user, isDeleted }: TableSearch,
  orderBy: readonly string[],
  view: LifecycleView,
  now: number,
): TableQuery {
  const clauses = [
    composeFilter(text, status),
    compareWith('dataset.name', dataset),
    compareWith('attributes.user_id', user),
  ];
  const filter = clauses.filter((clause) => clause !== '').join(' AND ');
  const accepts = (run: Run): boolean =>
    (dataset === undefined || run.datasets.some(({ name }) => name === dataset)) &&
    (user === undefined || run.userId === user);
  return {
    ...toRunQuery({ text, filter, orderBy, startedWithin, isDeleted, label: '' }, view, now),
    accepts,
  };
}

/** Whether anything is searched for; deleted runs are another place to look, not a search. */
export function isSearching({ text, status, startedWithin, dataset, user }: TableSearch): boolean {
  return (
    text.trim() !== '' || [status, startedWithin, dataset, user].some((condition) => condition !== undefined)
  );
}

function compareWith(field: string, value: string | undefined): string {
  const quoted = value === undefined ? undefined : quoteText(value);
  return quoted === undefined ? '' : `${field} = ${quoted}`;
}

/** What stores can order runs by, of their attributes. */
const orderedAttributes: ReadonlySet<string> = new Set([
  ...['start_time', 'end_time', 'run_id', 'run_name', 'status', 'user_id', 'artifact_uri'],
]);

/**
 * The key in MLflow's grammar; undefined where runs must be sorted here: stores know no statistics and no durations, sort
 * parameters as texts, and cannot be told every key.
 */
export function orderByStore({ column, isDescending }: SortKey): string | undefined {
  const name = readColumnId(column);
  if (name?.statistic !== 'last') return undefined;
  const { kind, key } = name;
  if (kind === 'attributes' && !orderedAttributes.has(key)) return undefined;
  if (kind !== 'attributes' && kind !== 'metrics' && kind !== 'tags') return undefined;
  const field = kind === 'attributes' ? `attributes.${key}` : `${kind}.\`${key}\``;
  const clause = `${field} ${isDescending ? 'DESC' : 'ASC'}`;
  return plainKey.test(key) || isUnderstood(clause, key) ? clause : undefined;
}

/** What is in no need of being tried: there may be thousands of keys. */
const plainKey = /^[\w./ -]+$/;

function isUnderstood(clause: string, key: string): boolean {
  try {
    return parseRunOrder([clause])[0]?.field.key === key;
  } catch {
    return false;
  }
}
