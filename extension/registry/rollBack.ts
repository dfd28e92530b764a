import type { Edit } from '../editing/edit';
import type { ModelTarget } from '../manifest';
import type { ModelVersion, RegisteredModel } from '../tracking/model';
import { askOption } from '../ui/inputs';
import { formatAge } from '../ui/numbers';
import { pickFrom, wholeList } from '../ui/pick';
import { joinFacts, plainText, withoutIcons } from '../ui/text';
import { UserError } from '../ui/userError';
import { askReview } from './askReview';
import { quoted } from './modelEdits';
import { moveAlias, moveAllToStages, type MoveRecord } from './moveEdits';
import { change, demandModel, type ModelNow, type RegistryContext } from './registryContext';
import type { Move, Review } from '../ui/reviews';
import { type Held, listRollbacks, type Rollback } from './listRollbacks';

/** `mlflow.model.rollBack`: an alias or a stage goes back to the version that had it before. */
export async function rollBack(context: RegistryContext, target?: ModelTarget): Promise<void> {
  const now = await demandModel(context, target && { modelName: target.modelName });
  if (!now) return;
  const versions = await now.session.catalog.allVersions(now.model.name);
  const found = listRollbacks(now.model.aliases, versions);
  if (found.length === 0)
    throw new UserError(
      `Nothing of ${quoted(now.model.name)} can go back: no alias points at a version and no stage is taken, or there is one version only.`,
    );
  const rollback = await chooseRollback(now, found);
  const to = rollback && (rollback.to ?? (await pickEarlier(now, versions, rollback.held)));
  if (!rollback || to === undefined) return;
  const answer = await askReview(context, {
    session: now.session,
    title: `Roll Back ${nameHeld(rollback.held)} to Version ${to}`,
    what: explain(rollback, to),
    move: moveOf(versions, rollback.held, to),
  });
  if (answer) await change(context, now.session, composeRollback(now, versions, rollback, to, answer.record));
}

/** What it goes by, too: nobody may have written down what came after that. */
function explain({ held, review }: Rollback, to: string): string {
  const source = review && `, where it was before ${plainText(review.by, 40)} moved it ${ageOf(review)}`;
  return `${nameHeld(held)} goes back from version ${held.version} to ${to}${source ?? ''}.`;
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

function describeReview(review: Review): string {
  return plainText(joinFacts([review.by, ageOf(review), review.note]));
}

function ageOf({ at }: Review): string {
  return formatAge(Date.parse(at), Date.now());
}

async function pickEarlier(
  { model }: ModelNow,
  versions: readonly ModelVersion[],
  held: Held,
): Promise<string | undefined> {
  const picked = await pickFrom<ModelVersion>({
    title: `Roll Back ${nameHeld(held)}`,
    placeholder: `Nobody noted which version had it before version ${held.version}: choose one`,
    ...wholeList(versions.filter(({ version }) => version !== held.version)),
    describe: ({ version, stage }) => ({
      label: `Version ${version}`,
      description: joinFacts([nameAliases(model, version), stage === 'None' ? '' : stage]),
    }),
  });
  return picked?.version;
}

function nameAliases({ aliases }: RegisteredModel, version: string): string {
  const own = aliases.filter((one) => one.version === version);
  return own.map(({ alias }) => `@${alias}`).join(', ');
}

function nameHeld(held: Held): string {
  return held.kind === 'alias' ? `@${plainText(held.alias, 80)}` : held.stage;
}

function moveOf(versions: readonly ModelVersion[], held: Held, to: string): Move {
  if (held.kind === 'alias') return { kind: 'alias', alias: held.alias, before: held.version };
  const before = stageOf(versions, to);
  return { kind: 'stage', stage: held.stage, before, others: [held.version], archived: false };
}

/** The one comes back before the other leaves, so that a stage is never empty. The other goes to the stage it came from. */
function composeRollback(
  { session, model: { name } }: ModelNow,
  versions: readonly ModelVersion[],
  { held, review: known }: Rollback,
  to: string,
  record: MoveRecord | undefined,
): Edit {
  const { version } = held;
  if (held.kind === 'alias')
    return moveAlias(session.store, { name, alias: held.alias, before: version, to }, record);
  const { move } = known ?? {};
  const moves = [
    { version: to, from: stageOf(versions, to), to: held.stage },
    { version, from: held.stage, to: move?.kind === 'stage' ? move.before : 'Archived' },
  ];
  return moveAllToStages(name, moves, record);
}

function stageOf(versions: readonly ModelVersion[], version: string): string {
  return versions.find((one) => one.version === version)?.stage ?? 'None';
}
