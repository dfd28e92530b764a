/** How a page of sections is arranged, as pure values. `Id` names its sections. */
export interface Arrangement<Id extends string> {
  readonly query: string;
  readonly folded: readonly Id[];
}

export function toggleSection<Id extends string>(arrangement: Arrangement<Id>, id: Id): Arrangement<Id> {
  const { folded } = arrangement;
  return {
    ...arrangement,
    folded: folded.includes(id) ? folded.filter((other) => other !== id) : [...folded, id],
  };
}

/** A saved arrangement as far as it can be trusted: whatever is ill-formed falls back to how the view begins. */
export function readArrangement<Id extends string>(
  value: object,
  ids: readonly Id[],
  initial: Arrangement<Id>,
): Arrangement<Id> {
  const { query, folded } = value as Record<keyof Arrangement<Id>, unknown>;
  return {
    query: typeof query === 'string' ? query : initial.query,
    folded: Array.isArray(folded) ? ids.filter((id) => folded.includes(id)) : initial.folded,
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
export function isSectionOpen<Id extends string>(
  id: Id,
  arrangement: Arrangement<Id>,
  count: SectionCount | undefined,
): boolean {
  const isFiltering = count !== undefined && wordsOf(arrangement.query).length > 0;
  return isFiltering ? count.shown > 0 : !arrangement.folded.includes(id);
}
