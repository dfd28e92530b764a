import type { RunStatus } from '../model';
import { FilterError } from './filterError';
import { type ModelFilter, parseModelFilter } from './parseModelFilter';
import { parseRunFilter } from './parseRunFilter';
import { quoteText } from './quoteText';
import type { RunFilter } from './runFilter';

/** What the text that was typed into a search means. */
export type SearchText<Filter = RunFilter> =
  | { readonly kind: 'none' }
  | { readonly kind: 'filter'; readonly filter: Filter }
  /** Plain text, without white space around it. */
  | { readonly kind: 'name'; readonly text: string }
  /** Meant as a filter, but not one. */
  | { readonly kind: 'invalid'; readonly error: FilterError };

/** A key at the start, which may be in quotes, then something that compares. */
const filterStart =
  /^\s*(?:AND\s+)*(?:[\p{L}_][\p{L}\p{N}_]*|`[^`]*`|"[^"]*")(?:\s*\.\s*(?:[^\s<>=!~`"']+|`[^`]*`?|"[^"]*"?|'[^']*'?))*\s*(?:[<>=!~]|(?:LIKE|ILIKE|RLIKE|IN|IS|NOT|BETWEEN)(?![\p{L}\p{N}_]))/iu;

/** A key of an entity, even if nothing compares it yet. */
const entityStart =
  /^\s*(?:metrics?|param(?:eter)?s?|tags?|attr(?:ibutes?)?|datasets?)\s*\.\s*[\p{L}\p{N}_`"']/u;

/**
 * Text is meant as a filter when it begins with a key of MLflow's and something that compares, or names an entity:
 * `metrics.x <`, `name like`. Anything else is plain text.
 */
export function readSearchText(text: string): SearchText {
  return readText(text, parseRunFilter);
}

/** The same for registered models. */
export function readModelSearchText(text: string): SearchText<ModelFilter> {
  return readText(text, parseModelFilter);
}

function readText<Filter>(text: string, parse: (text: string) => Filter): SearchText<Filter> {
  const trimmed = text.trim();
  if (trimmed === '') return { kind: 'none' };
  if (!filterStart.test(text) && !entityStart.test(text)) return { kind: 'name', text: trimmed };
  try {
    return { kind: 'filter', filter: parse(text) };
  } catch (error) {
    if (error instanceof FilterError) return { kind: 'invalid', error };
    throw error;
  }
}

/**
 * One filter in MLflow's grammar for what was typed and the status that runs must have; empty if neither asks for
 * anything. MLflow has no OR, so it is one status at most.
 *
 * @throws FilterError if the text is meant as a filter and is none.
 */
export function composeFilter(text: string, status?: RunStatus): string {
  const state = status === undefined ? [] : [`attributes.status = '${status}'`];
  return [...composeText(text, readSearchText(text), 'attributes.run_name'), ...state].join(' AND ');
}

/**
 * The same for registered models, whose filters know names and tags.
 *
 * @throws FilterError if the text is meant as a filter and is none.
 */
export function composeModelFilter(text: string): string {
  return composeText(text, readModelSearchText(text), 'name').join('');
}

function composeText(text: string, meaning: SearchText<unknown>, nameKey: string): readonly string[] {
  switch (meaning.kind) {
    case 'none':
      return [];
    case 'filter':
      return [text.trim()];
    case 'name':
      return [`${nameKey} ILIKE ${containing(meaning.text)}`];
    case 'invalid':
      throw meaning.error;
  }
}

/** A pattern for text that holds this; `_`, any character, stands for what cannot be quoted. */
function containing(text: string): string {
  // MLflow's reader takes a backslash before the closing quote for an escape; `%` always stands between.
  const quotable = quoteText(text) === undefined ? text.replaceAll('"', '_') : text;
  return quoteText(`%${quotable}%`) ?? `'%%'`;
}
