import type { Preview } from '../catalog/previews';
import { isFinal } from '../editing/applyEdits';
import type { RegistryEditor, VersionKey } from '../tracking/editors';
import { TrackingError } from '../tracking/errors';
import type { ModelVersion, RegisteredModel } from '../tracking/model';
import { UserError } from '../ui/userError';
import { modelsChange, quoted, type RegistryEdit, type RegistryReader, takeBack } from './modelEdits';
import { type Review, writeReview } from '../ui/reviews';

/** Edits that move an alias, or a version to a stage. */

/** What a move leaves with the version that something is moved to, as a tag. */
export interface MoveRecord {
  readonly review: Review;
  /** Called where the registry takes the move but not the tag. */
  readonly onRefused: (cause: TrackingError) => void;
}

export interface AliasMove {
  readonly name: string;
  readonly alias: string;
  /** Where it points as far as the user knows; undefined where there is none. */
  readonly before: string | undefined;
  /** Where it is to point; undefined for nowhere. */
  readonly to: string | undefined;
}

/** Refused where somebody else has moved the alias meanwhile. */
export function moveAlias(store: RegistryReader, move: AliasMove, record?: MoveRecord): RegistryEdit {
  const { name, alias, before, to } = move;
  return {
    part: 'registry',
    label: labelOf(move),
    apply: async (editor, signal) => {
      await requireAlias(store, move, signal);
      if (to === undefined) await editor.deleteAlias(name, alias, signal);
      else
        await withRecord(editor, { name, version: to }, record, signal, () =>
          editor.setAlias(name, alias, to, signal),
        );
    },
    changes: modelsChange,
    preview: { kind: 'model', name, change: (model) => pointAlias(model, alias, to) },
    inverse: () =>
      withoutRecord(
        moveAlias(store, { name, alias, before: to, to: before }),
        { name, version: to ?? '' },
        record,
      ),
  };
}

function labelOf({ name, alias, before, to }: AliasMove): string {
  if (to === undefined) return `delete @${alias} of ${quoted(name)}`;
  return before === undefined
    ? `set @${alias} of ${quoted(name)} to version ${to}`
    : `move @${alias} of ${quoted(name)} from version ${before} to ${to}`;
}

async function requireAlias(
  store: RegistryReader,
  { name, alias, before }: AliasMove,
  signal: AbortSignal,
): Promise<void> {
  const { aliases } = await store.getRegisteredModel(name, signal);
  const now = aliases.find((one) => one.alias === alias)?.version;
  if (now === before) return;
  const where = now === undefined ? 'is gone by now' : `points at version ${now} by now`;
  throw new UserError(`@${alias} of ${quoted(name)} ${where}: somebody was quicker. Nothing was changed.`);
}

function pointAlias(model: RegisteredModel, alias: string, to: string | undefined): RegisteredModel {
  const others = model.aliases.filter((one) => one.alias !== alias);
  return { ...model, aliases: to === undefined ? others : [...others, { alias, version: to }] };
}

/** A version and the stage it is in. */
type Staged = Pick<ModelVersion, 'name' | 'version' | 'stage'>;

/** The archiving of `others`, which are in that stage now, is part of it, since MLflow does both at once. */
export function moveToStage(
  { name, version, stage: before }: Staged,
  stage: string,
  others: readonly Staged[] = [],
  record?: MoveRecord,
): RegistryEdit {
  const key = { name, version };
  const archived = others.map((other) => ({ version: other.version, from: stage, to: 'Archived' }));
  const back = reverse([{ version, from: before, to: stage }, ...archived]);
  return {
    part: 'registry',
    label: `move version ${version} of ${quoted(name)} from ${before} to ${stage}`,
    apply: (editor, signal) =>
      withRecord(editor, key, record, signal, () => editor.setStage(key, stage, others.length > 0, signal)),
    changes: modelsChange,
    preview: inStages(name, [{ version, from: before, to: stage }, ...archived]),
    inverse: () => withoutRecord(moveAllToStages(name, back), key, record),
  };
}

export interface StageMove {
  readonly version: string;
  readonly from: string;
  readonly to: string;
}

/** Moves versions of a model one after the other; the record is the first one's. */
export function moveAllToStages(
  name: string,
  moves: readonly StageMove[],
  record?: MoveRecord,
): RegistryEdit {
  const key = { name, version: moves[0]?.version ?? '' };
  const label = moves.map(({ version, to }) => `version ${version} to ${to}`).join(', ');
  return {
    part: 'registry',
    label: `move ${label} in ${quoted(name)}`,
    apply: (editor, signal) =>
      withRecord(editor, key, record, signal, () => setStages(editor, name, moves, signal)),
    changes: modelsChange,
    preview: inStages(name, moves),
    inverse: () => withoutRecord(moveAllToStages(name, reverse(moves)), key, record),
  };
}

/** Takes the first ones back where a later one fails. */
async function setStages(
  editor: RegistryEditor,
  name: string,
  moves: readonly StageMove[],
  signal: AbortSignal,
): Promise<void> {
  const done: StageMove[] = [];
  try {
    for (const move of moves) {
      await editor.setStage({ name, version: move.version }, move.to, false, signal);
      done.push(move);
    }
  } catch (error) {
    for (const { version, from } of done.reverse())
      await takeBack((own) => editor.setStage({ name, version }, from, false, own));
    throw error;
  }
}

/** What left a stage comes back to it before the other leaves. */
function reverse(moves: readonly StageMove[]): readonly StageMove[] {
  return moves.map(({ version, from, to }) => ({ version, from: to, to: from })).reverse();
}

function inStages(name: string, moves: readonly StageMove[]): Preview {
  const stages = new Map(moves.map(({ version, to }) => [version, to]));
  return { kind: 'version', name, change: (it) => ({ ...it, stage: stages.get(it.version) ?? it.stage }) };
}

/**
 * Writes the record before what it tells of is done, so that there is no move without one, and takes it back if that fails. A
 * registry that takes no such tags keeps nobody from moving.
 */
async function withRecord(
  editor: RegistryEditor,
  key: VersionKey,
  record: MoveRecord | undefined,
  signal: AbortSignal,
  move: () => Promise<void>,
): Promise<void> {
  if (!record) {
    await move();
    return;
  }
  const [tag, value] = writeReview(record.review);
  const refusal = await findRefusal(editor.setVersionTag(key, tag, value, signal));
  try {
    await move();
  } catch (error) {
    if (refusal === undefined) await takeBack((own) => editor.deleteVersionTag(key, tag, own));
    throw error;
  }
  if (refusal !== undefined) record.onRefused(refusal);
}

/** Why the registry refuses something; undefined if it does not. Rejects where it cannot be asked at all. */
async function findRefusal(asked: Promise<void>): Promise<TrackingError | undefined> {
  try {
    await asked;
    return undefined;
  } catch (error) {
    if (error instanceof TrackingError && !isFinal(error)) return error;
    throw error;
  }
}

/** The move back of a recorded one, which takes the record away too, if there is one. */
function withoutRecord(back: RegistryEdit, key: VersionKey, record: MoveRecord | undefined): RegistryEdit {
  if (!record) return back;
  const [tag] = writeReview(record.review);
  return {
    ...back,
    apply: async (editor, signal) => {
      await back.apply(editor, signal);
      await takeBack((own) => editor.deleteVersionTag(key, tag, own));
    },
  };
}
