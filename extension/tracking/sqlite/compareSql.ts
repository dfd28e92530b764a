import type { SQLInputValue } from 'node:sqlite';
import type { RunClause } from '../filter/runFilter';

/** An SQL text and what is bound to its question marks, in their order. */
export interface Sql {
  readonly text: string;
  readonly parameters: readonly SQLInputValue[];
}

/** A comparison of a column as MLflow's SqlAlchemyStore writes it. */
export function comparePlain(
  column: string,
  { comparator, value }: Pick<RunClause, 'comparator' | 'value'>,
): Sql {
  switch (comparator) {
    case 'IS NULL':
    case 'IS NOT NULL':
      return { text: `${column} ${comparator}`, parameters: [] };
    case 'IN':
    case 'NOT IN':
      return {
        text: `${column} ${comparator} (SELECT value FROM json_each(?))`,
        parameters: [JSON.stringify(value)],
      };
    case 'ILIKE':
      return { text: `lower(${column}) LIKE lower(?)`, parameters: [value as string] };
    case '=':
    case '!=':
    case '<':
    case '<=':
    case '>':
    case '>=':
    case 'LIKE':
      return { text: `${column} ${comparator} ?`, parameters: [value as string | number] };
  }
}
