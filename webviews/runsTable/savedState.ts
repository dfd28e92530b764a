import type { Arrangement } from '../protocol/arrangement';
import { isRunsTableSubject, type RunsTableSubject } from '../protocol/runsTable';

export interface ScrollPosition {
  readonly top: number;
  readonly left: number;
}

/** What is kept while the view is hidden and over a restart: which experiments, how they are arranged, and where one was; never data. */
export interface SavedState {
  readonly subject: RunsTableSubject;
  readonly arrangement: Arrangement;
  readonly scroll: ScrollPosition;
}

const begin: ScrollPosition = { top: 0, left: 0 };

/** Where one was in the table of these experiments. The rest of a saved state is the extension's to read. */
export function readScroll(
  saved: unknown,
  { connectionUri, experimentIds }: RunsTableSubject,
): ScrollPosition {
  if (typeof saved !== 'object' || saved === null) return begin;
  const { subject, scroll } = saved as Partial<Record<keyof SavedState, unknown>>;
  if (!isRunsTableSubject(subject) || typeof scroll !== 'object' || scroll === null) return begin;
  const isSame =
    subject.connectionUri === connectionUri && subject.experimentIds.join('\n') === experimentIds.join('\n');
  if (!isSame) return begin;
  const { top, left } = scroll as Partial<Record<keyof ScrollPosition, unknown>>;
  return { top: readOffset(top), left: readOffset(left) };
}

function readOffset(value: unknown): number {
  return typeof value === 'number' && Number.isFinite(value) ? Math.max(0, value) : 0;
}
