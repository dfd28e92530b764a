import type { ModelSubject } from '../protocol/modelPreview';
import { readArrangement, type Arrangement } from '../shared/sections/arrangement';

/** What the user arranged in the view, as pure values. */

export const sectionIds = [
  'inputs',
  'outputs',
  'params',
  'flavors',
  'dependencies',
  'example',
  'metrics',
  'loggedParams',
  'tags',
  'resources',
  'metadata',
  'otherKeys',
  'files',
] as const;
export type SectionId = (typeof sectionIds)[number];

/** What is kept while the view is hidden and over a restart: which model, and the arrangement; never data. */
export interface SavedState extends Arrangement<SectionId> {
  readonly subject: ModelSubject;
  readonly scrollTop: number;
}

export const initialArrangement: Arrangement<SectionId> = { query: '', folded: ['otherKeys'] };

/** A saved state as far as it can be trusted; the extension looks at the subject. */
export function readSavedState(value: unknown): SavedState | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const { subject, scrollTop } = value as Record<keyof SavedState, unknown>;
  if (typeof subject !== 'object' || subject === null) return undefined;
  return {
    subject: subject as ModelSubject,
    ...readArrangement(value, sectionIds, initialArrangement),
    scrollTop: typeof scrollTop === 'number' && scrollTop > 0 ? scrollTop : 0,
  };
}

export function isSameSubject(one: ModelSubject, other: ModelSubject): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}
