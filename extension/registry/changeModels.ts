import type { ModelTarget, ModelVersionTarget } from '../manifest';
import { demandSession } from '../ui/demandSession';
import { askText } from '../ui/inputs';
import { formatCount } from '../ui/numbers';
import { plainText } from '../ui/text';
import { askNewName } from './askModelName';
import { createModel, deleteModel, deleteVersion, quoted, renameModel } from './modelEdits';
import { change, demandModel, demandVersion, type RegistryContext } from './registryContext';

/** `mlflow.model.create` */
export async function create(context: RegistryContext): Promise<void> {
  const session = await demandSession(context.sessions);
  const name = await askNewName('Create Registered Model');
  if (name !== undefined) await change(context, session, createModel(session.store, name));
}

/** `mlflow.model.rename` */
export async function rename(context: RegistryContext, target?: ModelTarget): Promise<void> {
  const now = await demandModel(context, target);
  if (!now) return;
  const { name } = now.model;
  const newName = await askNewName(`Rename ${plainText(name, 80)}`, name);
  if (newName === undefined || newName === name) return;
  await change(context, now.session, renameModel(name, newName));
}

/** `mlflow.model.delete`: after its name was typed, since MLflow keeps nothing of it. */
export async function deleteWhole(context: RegistryContext, target?: ModelTarget): Promise<void> {
  const now = await demandModel(context, target);
  if (!now) return;
  const { name, aliases } = now.model;
  const count = formatCount((await now.session.catalog.allVersions(name)).length, 'version');
  const pointing =
    aliases.length === 0 ? '' : ` and ${plainText(aliases.map(({ alias }) => `@${alias}`).join(', '))}`;
  const typed = await askText({
    title: `Delete ${plainText(name, 80)} for Good`,
    prompt: `MLflow cannot bring it back, with its ${count}${pointing}. Type its name to delete it.`,
    findProblem: (text) => (text === name || text === '' ? undefined : `This is not ${quoted(name)}.`),
  });
  if (typed === name) await change(context, now.session, deleteModel(name));
}

/** `mlflow.modelVersion.delete`: MLflow has no way back. */
export async function deleteOne(context: RegistryContext, target?: ModelVersionTarget): Promise<void> {
  const now = await demandVersion(context, target);
  if (!now) return;
  const { name, version, aliases, stage } = now.version;
  const held = [...aliases.map((alias) => `@${alias}`), ...(/^(None)?$/.test(stage) ? [] : [stage])];
  const detail = `MLflow cannot bring it back.${held.length === 0 ? '' : ` It is ${plainText(held.join(', '))}.`}`;
  const question = `Delete version ${version} of ${quoted(name)}?`;
  if (await context.report.confirm(question, detail, 'Delete'))
    await change(context, now.session, deleteVersion(name, version));
}
