import { isRunDiffSubject, partIds, type PartId, type RunDiffSubject } from '../protocol/runDiff';
import { initialPlots, readPlots, type PlotsArrangement } from './plots/choices';

/** What the user arranged in the view, as pure values. */

export interface Arrangement {
  readonly query: string;
  /** Whose equal rows are shown too. */
  readonly withEqual: readonly PartId[];
  readonly folded: readonly PartId[];
  /** Runs as rows. */
  readonly isTransposed: boolean;
  readonly plots: PlotsArrangement;
}

/** What is kept while the view is hidden and over a restart: which runs, and the arrangement; never data. */
export interface SavedState extends RunDiffSubject, Arrangement {}

export const initialArrangement: Arrangement = {
  query: '',
  withEqual: [],
  folded: ['artifacts'],
  isTransposed: false,
  plots: initialPlots,
};

/** A saved state as far as it can be trusted: whatever is ill-formed falls back to how the view begins. */
export function readArrangement(value: unknown): Arrangement {
  if (!isRunDiffSubject(value)) return initialArrangement;
  const { query, withEqual, folded, isTransposed, plots } = value as Partial<
    Record<keyof Arrangement, unknown>
  >;
  return {
    query: typeof query === 'string' ? query : initialArrangement.query,
    withEqual: readParts(withEqual) ?? initialArrangement.withEqual,
    folded: readParts(folded) ?? initialArrangement.folded,
    isTransposed: isTransposed === true,
    plots: readPlots(plots),
  };
}

function readParts(value: unknown): readonly PartId[] | undefined {
  return Array.isArray(value) ? partIds.filter((id) => value.includes(id)) : undefined;
}

/** The list without the part if it is in, with it if it is not. */
export function togglePart(parts: readonly PartId[], id: PartId): readonly PartId[] {
  return parts.includes(id) ? parts.filter((other) => other !== id) : [...parts, id];
}
