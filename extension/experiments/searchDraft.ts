import type { RunSearch } from '../catalog/runSearch';
import { composeFilter } from '../tracking/filter/composeFilter';

/** A search as somebody puts it together; the rest of a RunSearch follows from it. */
export type SearchDraft = Omit<RunSearch, 'filter' | 'label'>;

/** All runs, newest first. */
export const allRuns: SearchDraft = { text: '', orderBy: [] };

const hour = 3_600_000;

/** How long ago runs may have started, in milliseconds, and what that is called. */
export const periods: readonly (readonly [name: string, within: number | undefined])[] = [
  ['any time', undefined],
  ['last hour', hour],
  ['last 24 hours', 24 * hour],
  ['last 7 days', 7 * 24 * hour],
  ['last 30 days', 30 * 24 * hour],
  ['last year', 365 * 24 * hour],
];

export function namePeriod(within: number | undefined): string {
  return periods.find(([, period]) => period === within)?.[0] ?? 'any time';
}

/** The status or lifecycle that is asked for; empty for any. */
export function nameState({ status, isDeleted }: SearchDraft): string {
  return isDeleted === true ? 'deleted' : (status?.toLowerCase() ?? '');
}

/**
 * The search with its filter and its words; undefined where it asks for nothing. Throws a FilterError for a text that is
 * meant as a filter and is none.
 */
export function completeSearch(draft: SearchDraft): RunSearch | undefined {
  const label = describe(draft);
  return label === '' ? undefined : { ...draft, filter: composeFilter(draft.text, draft.status), label };
}

/** `metrics.rmse < 1 · failed · by metrics.rmse DESC · last 24 hours` */
function describe(draft: SearchDraft): string {
  const { text, orderBy, startedWithin } = draft;
  return [
    text.trim(),
    nameState(draft),
    orderBy.length === 0 ? '' : `by ${orderBy.join(', ')}`,
    startedWithin === undefined ? '' : namePeriod(startedWithin),
  ]
    .filter((words) => words !== '')
    .join(' · ');
}
