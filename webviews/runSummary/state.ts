import type { RunSummarySubject } from '../protocol/runSummary';
import { readArrangement, type Arrangement } from '../shared/sections/arrangement';

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

/** What is kept while the view is hidden and over a restart: which run, and the arrangement; never data. */
export interface SavedState extends RunSummarySubject, Arrangement<SectionId> {
  readonly scrollTop: number;
}

/** MLflow's own tags repeat what the facts say. */
export const initialArrangement: Arrangement<SectionId> = { query: '', folded: ['systemTags'] };

/** A saved state as far as it can be trusted. */
export function readSavedState(value: unknown): SavedState | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const { runId, connectionUri, scrollTop } = value as Record<keyof SavedState, unknown>;
  if (typeof runId !== 'string' || typeof connectionUri !== 'string') return undefined;
  return {
    runId,
    connectionUri,
    ...readArrangement(value, sectionIds, initialArrangement),
    scrollTop: typeof scrollTop === 'number' && scrollTop > 0 ? scrollTop : 0,
  };
}
