import { quoteText } from '../filter/quoteText';

/** Writing values into MLflow's search grammar (reference/REST.md §10), which has quotes but no escapes. */

/**
 * A filter for an exact name. A name with both kinds of quotes cannot be said; a pattern with a wildcard for each
 * double quote then finds it, and whoever else fits it, so callers compare the names they get.
 */
export function matchName(name: string): string {
  const literal = quoteText(name);
  return literal === undefined ? `name LIKE "${name.replaceAll('"', '_')}"` : `name = ${literal}`;
}

/** A filter for any of the runs; ids that cannot be quoted fit no run and are left out. */
export function matchRunIds(runIds: readonly string[]): string {
  const literals = runIds.flatMap((id) => quoteText(id) ?? []);
  return `attributes.run_id IN (${literals.join(', ')})`;
}
