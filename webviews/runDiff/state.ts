import {
  isRunDiffSubject,
  sectionIds,
  type RowChoice,
  type RunDiffSubject,
  type SectionId,
} from '../protocol/runDiff';

/** What the user arranged in the view, as pure values. */

export const partIds = [...sectionIds, 'artifacts'] as const;
/** A section, or the artifacts, which are read as they are looked at. */
export type PartId = (typeof partIds)[number];

export interface Arrangement {
  readonly query: string;
  /** Whose equal rows are shown too. */
  readonly withEqual: readonly PartId[];
  readonly folded: readonly PartId[];
  /** Runs as rows. */
  readonly isTransposed: boolean;
}

/** What is kept while the view is hidden and over a restart: which runs, and the arrangement; never data. */
export interface SavedState extends RunDiffSubject, Arrangement {}

export const initialArrangement: Arrangement = {
  query: '',
  withEqual: [],
  folded: ['artifacts'],
  isTransposed: false,
};

/** A saved state as far as it can be trusted: whatever is ill-formed falls back to how the view begins. */
export function readArrangement(value: unknown): Arrangement {
  if (!isRunDiffSubject(value)) return initialArrangement;
  const { query, withEqual, folded, isTransposed } = value as Partial<Record<keyof Arrangement, unknown>>;
  return {
    query: typeof query === 'string' ? query : initialArrangement.query,
    withEqual: readParts(withEqual) ?? initialArrangement.withEqual,
    folded: readParts(folded) ?? initialArrangement.folded,
    isTransposed: isTransposed === true,
  };
}

function readParts(value: unknown): readonly PartId[] | undefined {
  return Array.isArray(value) ? partIds.filter((id) => value.includes(id)) : undefined;
}

/** The list without the part if it is in, with it if it is not. */
export function togglePart(parts: readonly PartId[], id: PartId): readonly PartId[] {
  return parts.includes(id) ? parts.filter((other) => other !== id) : [...parts, id];
}

/** What of the rows is wanted, as a copy of them wants it. */
export function choiceOf({ query, withEqual }: Arrangement): RowChoice {
  return { query, withEqual: withEqual.filter((id): id is SectionId => id !== 'artifacts') };
}
