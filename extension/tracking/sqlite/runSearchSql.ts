import type { SQLInputValue } from 'node:sqlite';
import { TrackingError } from '../errors';
import type { RunAttribute, RunClause, RunFilter, RunSortKey } from '../filter/runFilter';
import type { LifecycleView } from '../store';
import type { Slice } from '../local/pageTokens';
import { comparePlain, type Sql } from './compareSql';
import type { Schema } from './schema';

export interface RunSearch {
  readonly experimentIds: readonly string[];
  readonly view: LifecycleView;
  readonly filter: RunFilter;
  readonly order: readonly RunSortKey[];
  readonly slice: Slice;
}

type Keyed = 'metric' | 'param' | 'tag';

const attributeColumns: Readonly<Record<RunAttribute, string>> = {
  run_id: 'run_uuid',
  run_name: 'name',
  status: 'status',
  user_id: 'user_id',
  artifact_uri: 'artifact_uri',
  start_time: 'start_time',
  end_time: 'end_time',
};

/** What a key's value is compared or sorted by, and whether that is NaN; both NULL where a run has no such key. */
interface Value {
  readonly value: string;
  readonly isNan: string;
}

/**
 * The ids of the runs that a search finds, in its order, as MLflow's SqlAlchemyStore finds them (reference/STORES.md §4).
 * Values are looked up run by run through the primary key (key, run_uuid); the joins that MLflow writes instead make
 * SQLite scan all values for each run (reference/PERFORMANCE.md §1b). Throws a TrackingError 'rejected' if a key is
 * sorted by twice, as MLflow does.
 */
export function compileRunSearch(search: RunSearch, schema: Schema): Sql {
  const order = compileOrder(search.order, schema);
  const where = compileWhere(search, order.values, schema);
  return {
    text: `SELECT r.run_uuid FROM runs r${order.joins} WHERE ${where.text} ORDER BY ${order.text} LIMIT ? OFFSET ?`,
    parameters: [...order.parameters, ...where.parameters, search.slice.limit, search.slice.offset],
  };
}

interface Order extends Sql {
  readonly joins: string;
  /** The joined values by kind and key, which a filter for the same may use. */
  readonly values: ReadonlyMap<string, Value>;
}

function compileOrder(keys: readonly RunSortKey[], schema: Schema): Order {
  const values = new Map<string, Value>();
  const parameters: SQLInputValue[] = [];
  const terms: string[] = [];
  let joins = '';
  for (const { field, isDescending } of keys) {
    const name = nameField(field);
    if (values.has(name)) {
      throw new TrackingError('rejected', `Runs cannot be sorted by ${field.key} twice.`);
    }
    let value: Value;
    if (field.kind === 'attribute') {
      value = { value: schema.column('runs', 'r', attributeColumns[field.key]), isNan: '0' };
    } else {
      const alias = `s${values.size}`;
      const source = sourceOf(field.kind, schema);
      joins += ` LEFT JOIN ${source} ${alias} ON ${alias}.key = ? AND ${alias}.run_uuid = r.run_uuid`;
      parameters.push(field.key);
      value = valueOf(field.kind, alias, schema);
    }
    values.set(name, value);
    // Numbers, then NaN, then runs without the key, in both directions.
    terms.push(`CASE WHEN ${value.isNan} = 1 THEN 1 WHEN ${value.value} IS NULL THEN 2 ELSE 0 END`);
    terms.push(isDescending ? `${value.value} DESC` : value.value);
  }
  if (!values.has('attribute:start_time')) terms.push('r.start_time DESC');
  terms.push('r.run_uuid');
  return { joins, parameters, text: terms.join(', '), values };
}

function nameField({ kind, key }: RunClause['field']): string {
  return `${kind}:${key}`;
}

/** The table that a kind of key lies in; an empty one where the database lacks it. */
function sourceOf(kind: Keyed, schema: Schema): string {
  if (kind === 'metric') {
    if (schema.has('latest_metrics') || schema.has('metrics')) return schema.latestMetrics();
  } else if (schema.has(`${kind}s`)) {
    return `${kind}s`;
  }
  return '(SELECT NULL AS run_uuid, NULL AS key, NULL AS value, 0 AS is_nan WHERE 0)';
}

function valueOf(kind: Keyed, alias: string, schema: Schema): Value {
  const hasNan =
    kind === 'metric' && (!schema.has('latest_metrics') || schema.hasColumn('latest_metrics', 'is_nan'));
  return { value: `${alias}.value`, isNan: hasNan ? `${alias}.is_nan` : '0' };
}

function compileWhere(search: RunSearch, sorted: Order['values'], schema: Schema): Sql {
  const texts = ['r.experiment_id IN (SELECT value FROM json_each(?))'];
  const parameters: SQLInputValue[] = [JSON.stringify(search.experimentIds.map(toId))];
  if (search.view !== 'all' && schema.hasColumn('runs', 'lifecycle_stage')) {
    texts.push(`r.lifecycle_stage ${search.view === 'deleted' ? '=' : 'IS NOT'} 'deleted'`);
  } else if (search.view === 'deleted') {
    texts.push('0');
  }
  for (const clause of search.filter) {
    const condition = compileClause(clause, sorted, schema);
    texts.push(condition.text);
    parameters.push(...condition.parameters);
  }
  return { text: texts.join(' AND '), parameters };
}

/** Ids are integers in the database; MLflow rejects others, for which there can be no run. */
function toId(text: string): number | string {
  const id = Number(text);
  return /^\d+$/.test(text) && Number.isSafeInteger(id) ? id : text;
}

function compileClause(clause: RunClause, sorted: Order['values'], schema: Schema): Sql {
  const { field } = clause;
  if (field.kind === 'dataset') return compileDatasetClause(field.key, clause, schema);
  if (field.kind === 'attribute') {
    // MLflow up to 1.29 left the column empty, so the tag counts (reference/STORES.md §3).
    if (field.key === 'run_name') return compileKeyed('tag', 'mlflow.runName', clause, schema);
    return compare({ value: schema.column('runs', 'r', attributeColumns[field.key]), isNan: '0' }, clause);
  }
  const joined = sorted.get(nameField(field));
  const asksForPresence = clause.comparator === 'IS NULL' || clause.comparator === 'IS NOT NULL';
  if (joined && !asksForPresence) return compare(joined, clause);
  return compileKeyed(field.kind, field.key, clause, schema);
}

function compileKeyed(kind: Keyed, key: string, clause: RunClause, schema: Schema): Sql {
  const exists = `EXISTS (SELECT 1 FROM ${sourceOf(kind, schema)} f WHERE f.key = ? AND f.run_uuid = r.run_uuid`;
  if (clause.comparator === 'IS NULL') return { text: `NOT ${exists})`, parameters: [key] };
  if (clause.comparator === 'IS NOT NULL') return { text: `${exists})`, parameters: [key] };
  const condition = compare(valueOf(kind, 'f', schema), clause);
  return { text: `${exists} AND ${condition.text})`, parameters: [key, ...condition.parameters] };
}

/** Any of a run's datasets may match, with its context being a tag of the use. */
function compileDatasetClause(key: 'name' | 'digest' | 'context', clause: RunClause, schema: Schema): Sql {
  if (!schema.has('inputs', 'input_tags', 'datasets')) return { text: '0', parameters: [] };
  const column = key === 'context' ? 't.value' : `d.${key}`;
  const tags =
    key === 'context'
      ? " JOIN input_tags t ON t.input_uuid = i.input_uuid AND t.name = 'mlflow.data.context'"
      : '';
  const condition = compare({ value: column, isNan: '0' }, clause);
  return {
    text: `EXISTS (SELECT 1 FROM inputs i JOIN datasets d ON d.dataset_uuid = i.source_id${tags}
      WHERE i.destination_id = r.run_uuid AND ${condition.text})`,
    parameters: condition.parameters,
  };
}

/** Every comparison with NaN is false but `!=`. */
function compare({ value, isNan }: Value, clause: RunClause): Sql {
  const plain = comparePlain(value, clause);
  if (isNan === '0') return plain;
  const text =
    clause.comparator === '!=' ? `(${plain.text} OR ${isNan} = 1)` : `(${plain.text} AND ${isNan} = 0)`;
  return { text, parameters: plain.parameters };
}
