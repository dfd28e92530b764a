/** A search for runs in MLflow's grammar, parsed (reference/REST.md §10). */

/** What a clause compares or a listing is sorted by. */
export type RunField =
  | { readonly kind: 'metric' | 'param' | 'tag'; readonly key: string }
  | { readonly kind: 'attribute'; readonly key: RunAttribute }
  | { readonly kind: 'dataset'; readonly key: 'name' | 'digest' | 'context' };

export type RunAttribute =
  'run_id' | 'run_name' | 'status' | 'user_id' | 'artifact_uri' | 'start_time' | 'end_time';

export type Comparator =
  '=' | '!=' | '>' | '>=' | '<' | '<=' | 'LIKE' | 'ILIKE' | 'IN' | 'NOT IN' | 'IS NULL' | 'IS NOT NULL';

/** One clause. `value` is a number for metrics and times, a list for IN and NOT IN, undefined for IS (NOT) NULL. */
export interface RunClause {
  readonly field: RunField;
  readonly comparator: Comparator;
  readonly value: number | string | readonly string[] | undefined;
}

/** All clauses must hold; none matches everything. */
export type RunFilter = readonly RunClause[];

export interface RunSortKey {
  readonly field: Exclude<RunField, { kind: 'dataset' }>;
  readonly isDescending: boolean;
}
