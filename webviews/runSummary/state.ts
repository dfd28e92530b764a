import type { RunSummarySubject } from '../protocol/runSummary';

/** What the user arranged in the view, as pure values. */

export const sectionIds = [
  'metrics',
  'params',
  'tags',
  'datasets',
  'models',
  'artifacts',
  'systemTags',
] as const;
export type SectionId = (typeof sectionIds)[number];

export interface Arrangement {
  readonly query: string;
  readonly folded: readonly SectionId[];
}

/** What is kept while the view is hidden and over a restart: which run, and the arrangement; never data. */
export interface SavedState extends RunSummarySubject, Arrangement {
  readonly scrollTop: number;
}

/** MLflow's own tags repeat what the facts say. */
export const initialArrangement: Arrangement = { query: '', folded: ['systemTags'] };

/** A saved state as far as it can be trusted: whatever is ill-formed falls back to how the view begins. */
export function readSavedState(value: unknown): SavedState | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const { runId, connectionUri, query, folded, scrollTop } = value as Record<keyof SavedState, unknown>;
  if (typeof runId !== 'string' || typeof connectionUri !== 'string') return undefined;
  return {
    runId,
    connectionUri,
    query: typeof query === 'string' ? query : initialArrangement.query,
    folded: Array.isArray(folded)
      ? sectionIds.filter((id) => folded.includes(id))
      : initialArrangement.folded,
    scrollTop: typeof scrollTop === 'number' && scrollTop > 0 ? scrollTop : 0,
  };
}

export function toggleSection(arrangement: Arrangement, id: SectionId): Arrangement {
  const { folded } = arrangement;
  return {
    ...arrangement,
    folded: folded.includes(id) ? folded.filter((other) => other !== id) : [...folded, id],
  };
}

/** A query as the words that must all be found, in any order and case. */
export type Words = readonly string[];

export function wordsOf(query: string): Words {
  return query
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '');
}

/** `haystack` is lower case. */
export function hasWords(haystack: string, words: Words): boolean {
  return words.every((word) => haystack.includes(word));
}

/** How many things a section has, and how many of them the filter lets through. */
export interface SectionCount {
  readonly shown: number;
  readonly total: number;
}

/** `12`, or `3 of 12` while a filter is on. */
export function describeCount({ shown, total }: SectionCount, words: Words): string {
  const format = new Intl.NumberFormat();
  return words.length === 0 ? format.format(total) : `${format.format(shown)} of ${format.format(total)}`;
}

/** While a filter is on, sections open where something matches; else as the user folded them. */
export function isSectionOpen(
  id: SectionId,
  arrangement: Arrangement,
  count: SectionCount | undefined,
): boolean {
  const isFiltering = count !== undefined && wordsOf(arrangement.query).length > 0;
  return isFiltering ? count.shown > 0 : !arrangement.folded.includes(id);
}
