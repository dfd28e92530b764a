import type { Edit } from '../editing/edit';
import type { ModelTarget } from '../manifest';
import type { ModelVersion } from '../tracking/model';
import { askOption } from '../ui/inputs';
import { formatAge } from '../ui/numbers';
import { pickFrom, wholeList } from '../ui/pick';
import { joinFacts, plainText, withoutIcons } from '../ui/text';
import { UserError } from '../ui/userError';
import { askReview } from './askReview';
import { quoted } from './modelEdits';
import { moveAlias, moveAllToStages } from './moveEdits';
import { change, demandModel, type ModelNow, type RegistryContext } from './registryContext';
import type { Move, Review } from '../ui/reviews';
import { type Held, listRollbacks, type Rollback } from './listRollbacks';

/** `mlflow.model.rollBack`: an alias or a stage goes back to the version that had it before. */
export async function rollBack(context: RegistryContext, target?: ModelTarget): Promise<void> {
  const now = await demandModel(context, target && { modelName: target.modelName });
  if (!now) return;
  const found = listRollbacks(now.model.aliases, now.versions);
  if (found.length === 0)
    throw new UserError(
      `Nothing of ${quoted(now.model.name)} can go back: no alias points at a version and no stage is taken, or there is one version only.`,
    );
  const rollback = await chooseRollback(now, found);
  const to = rollback && (rollback.to ?? (await pickEarlier(now, rollback.held)));
  if (!rollback || to === undefined) return;
  const { held } = rollback;
  const answer = await askReview(
    `Roll Back ${nameHeld(held)} to Version ${to}`,
    `${nameHeld(held)} goes back from version ${held.version} to ${to}.`,
    moveOf(now, held, to),
  );
  if (answer) await change(context, now.session, composeRollback(now, rollback, to, answer.review));
}

async function chooseRollback(
  { model }: ModelNow,
  found: readonly Rollback[],
): Promise<Rollback | undefined> {
  if (found.length === 1) return found[0];
  const options = found.map((rollback) => ({ ...describeRollback(rollback), value: rollback }));
  return await askOption(`Roll Back ${plainText(model.name, 80)}`, 'What goes back', options);
}

function describeRollback({ held, to, review }: Rollback) {
  const from = `version ${held.version}`;
  return {
    label: withoutIcons(plainText(nameHeld(held))),
    description: to === undefined ? `${from} → …` : `${from} → version ${to}`,
    detail: review && withoutIcons(describeReview(review)),
  };
}

function describeReview({ by, at, note }: Review): string {
  return plainText(joinFacts([by, formatAge(Date.parse(at), Date.now()), note]));
}

async function pickEarlier(now: ModelNow, held: Held): Promise<string | undefined> {
  const picked = await pickFrom<ModelVersion>({
    title: `Roll Back ${plainText(nameHeld(held), 80)}`,
    placeholder: `Nobody noted which version had it before version ${held.version}: choose one`,
    ...wholeList(now.versions.filter(({ version }) => version !== held.version)),
    describe: ({ version, aliases, stage }) => ({
      label: `Version ${version}`,
      description: joinFacts([aliases.map((alias) => `@${alias}`).join(', '), stage === 'None' ? '' : stage]),
    }),
  });
  return picked?.version;
}

function nameHeld(held: Held): string {
  return held.kind === 'alias' ? `@${plainText(held.alias)}` : held.stage;
}

function moveOf({ versions }: ModelNow, held: Held, to: string): Move {
  if (held.kind === 'alias') return { kind: 'alias', alias: held.alias, before: held.version };
  const before = stageOf(versions, to);
  return { kind: 'stage', stage: held.stage, before, others: [held.version], archived: false };
}

/** The one comes back before the other leaves, so that a stage is never empty. The other goes to the stage it came from. */
function composeRollback(
  { session, versions, model: { name } }: ModelNow,
  { held, review: known }: Rollback,
  to: string,
  review: Review | undefined,
): Edit {
  const { version } = held;
  if (held.kind === 'alias')
    return moveAlias(session.store, { name, alias: held.alias, before: version, to }, review);
  const { move } = known ?? {};
  const moves = [
    { version: to, from: stageOf(versions, to), to: held.stage },
    { version, from: held.stage, to: move?.kind === 'stage' ? move.before : 'Archived' },
  ];
  return moveAllToStages(name, moves, review);
}

function stageOf(versions: readonly ModelVersion[], version: string): string {
  return versions.find((one) => one.version === version)?.stage ?? 'None';
}
