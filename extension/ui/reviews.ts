import { isArrayOf, isOptional, isRecordOf, isText } from '../../webviews/protocol/guards';
import type { ModelVersion } from '../tracking/model';

/** What was moved to a version: an alias, or the version to a stage. */
export type Move =
  | {
      readonly kind: 'alias';
      readonly alias: string;
      /** The version that it pointed at before; undefined where there was no such alias. */
      readonly before: string | undefined;
    }
  | {
      readonly kind: 'stage';
      readonly stage: string;
      /** The version's own stage before. */
      readonly before: string;
      /** The versions that were in the stage, newest first. */
      readonly others: readonly string[];
      /** Whether these were archived. */
      readonly archived: boolean;
    };

/** Who moved something to a version, when, and why. */
export interface Review {
  readonly by: string;
  /** An ISO 8601 time in UTC. */
  readonly at: string;
  readonly note: string;
  readonly move: Move;
}

const prefix = 'mlflow.lens.review.';

/**
 * A review as a tag of the version that something was moved to: `mlflow.lens.review.<time>`, the time without marks, so that
 * file stores of every system take it. Its value is JSON: by, at, note; alias and before; or stage, before, others, archived.
 */
export function writeReview({ by, at, note, move }: Review): readonly [tag: string, value: string] {
  const { kind, ...moved } = move;
  const tag = prefix + at.replace(/[^\dTZ]/g, '');
  return [tag, JSON.stringify({ by, at, note, kind, ...moved })];
}

export function isReviewTag(tag: string): boolean {
  return tag.startsWith(prefix);
}

/** A version's reviews, newest first. Tags that are none, whoever wrote them, are left out. */
export function readReviews({ tags }: Pick<ModelVersion, 'tags'>): readonly Review[] {
  return [...tags]
    .filter(([tag]) => isReviewTag(tag))
    .map(([, value]) => readReview(value))
    .filter((review) => review !== undefined)
    .sort((one, other) => Date.parse(other.at) - Date.parse(one.at));
}

const isSigned = isRecordOf<Omit<Review, 'move'>>({
  by: isText,
  at: (at): at is string => isText(at) && !Number.isNaN(Date.parse(at)),
  note: isText,
});

const isAliasMove = isRecordOf<Extract<Move, { kind: 'alias' }>>({
  kind: (kind): kind is 'alias' => kind === 'alias',
  alias: isText,
  before: isOptional(isText),
});

const isStageMove = isRecordOf<Extract<Move, { kind: 'stage' }>>({
  kind: (kind): kind is 'stage' => kind === 'stage',
  ...{ stage: isText, before: isText, others: isArrayOf(isText) },
  archived: (value): value is boolean => typeof value === 'boolean',
});

function readReview(text: string): Review | undefined {
  const value = parse(text);
  if (!isSigned(value)) return undefined;
  const { by, at, note } = value;
  if (isAliasMove(value)) {
    const { kind, alias, before } = value;
    return { by, at, note, move: { kind, alias, before } };
  }
  if (!isStageMove(value)) return undefined;
  const { kind, stage, before, others, archived } = value;
  return { by, at, note, move: { kind, stage, before, others, archived } };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
