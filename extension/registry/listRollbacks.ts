import type { ModelAlias, ModelVersion } from '../tracking/model';
import { readReviews, type Review } from '../ui/reviews';

/** An alias, or a stage, and the version that has it now. */
export type Held =
  | { readonly kind: 'alias'; readonly alias: string; readonly version: string }
  | { readonly kind: 'stage'; readonly stage: string; readonly version: string };

/** What can go back, and where it goes. */
export interface Rollback {
  readonly held: Held;
  /** The version that had it before; undefined where nobody wrote that down, it is outdated, or that version is gone. */
  readonly to: string | undefined;
  /** What tells so. */
  readonly review: Review | undefined;
}

/** Stages that one version at a time is meant to be in. */
const servedStages = ['Production', 'Staging'];

/**
 * All that could go back to another version of a model: its aliases, and the stages that versions are served from. What the
 * reviews tell of comes first, the newest of it before all.
 */
export function listRollbacks(
  aliases: readonly ModelAlias[],
  versions: readonly ModelVersion[],
): readonly Rollback[] {
  if (versions.length < 2) return [];
  const held: readonly Held[] = [
    ...aliases.map(({ alias, version }) => ({ kind: 'alias' as const, alias, version })),
    ...servedStages.flatMap((stage) =>
      versions
        .filter((version) => version.stage === stage)
        .map(({ version }) => ({ kind: 'stage' as const, stage, version })),
    ),
  ];
  return held.map((one) => findRollback(one, versions)).sort((one, other) => ageOf(one) - ageOf(other));
}

function findRollback(held: Held, versions: readonly ModelVersion[]): Rollback {
  const holder = versions.find(({ version }) => version === held.version);
  const review = holder && findReview(holder, held);
  const before = review && !isOutdated(review, held, versions) ? beforeOf(review) : undefined;
  const isThere = before !== held.version && versions.some(({ version }) => version === before);
  return isThere ? { held, to: before, review } : { held, to: undefined, review: undefined };
}

/** Whether another version got it after that, and has it no more: it came back then, and nobody wrote that down. */
function isOutdated({ at }: Review, held: Held, versions: readonly ModelVersion[]): boolean {
  return versions.some((version) => {
    const later = findReview(version, held);
    const hasIt = version.version === held.version || (held.kind === 'stage' && version.stage === held.stage);
    return !hasIt && later !== undefined && Date.parse(later.at) > Date.parse(at);
  });
}

/** The newest that tells how the version got it. */
function findReview(version: ModelVersion, held: Held): Review | undefined {
  return readReviews(version).find(({ move }) => isOf(move, held));
}

function isOf(move: Review['move'], held: Held): boolean {
  return move.kind === 'alias'
    ? held.kind === 'alias' && move.alias === held.alias
    : held.kind === 'stage' && move.stage === held.stage;
}

function beforeOf({ move }: Review): string | undefined {
  return move.kind === 'alias' ? move.before : move.others[0];
}

function ageOf({ review }: Rollback): number {
  return review ? -Date.parse(review.at) : 0;
}
