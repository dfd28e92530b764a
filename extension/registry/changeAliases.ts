import type { ModelVersionTarget } from '../manifest';
import { askOption, askText } from '../ui/inputs';
import { plainText, withoutIcons } from '../ui/text';
import { UserError } from '../ui/userError';
import { askReview } from './askReview';
import { quoted } from './modelEdits';
import { moveAlias } from './moveEdits';
import { change, demandVersion, type RegistryContext, type VersionNow } from './registryContext';
import { findAliasProblem } from './registryNames';

/** `mlflow.modelVersion.setAlias`: a new alias, or one that another version has now. */
export async function setAlias(context: RegistryContext, target?: ModelVersionTarget): Promise<void> {
  const now = await demandVersion(context, target);
  const alias = now && (await askAlias(now));
  if (!now || alias === undefined) return;
  const { model, version, session } = now;
  const before = model.aliases.find((one) => one.alias === alias)?.version;
  if (before === version.version) return;
  const answer = await askReview(context, {
    session,
    title: `Set @${plainText(alias, 80)} to Version ${version.version}`,
    what:
      before === undefined
        ? ''
        : `@${plainText(alias, 80)} points at version ${before} now; it will be taken from it.`,
    move: { kind: 'alias', alias, before },
  });
  if (!answer) return;
  const move = { name: model.name, alias, before, to: version.version };
  await change(context, session, moveAlias(session.store, move, answer.record));
}

/** `mlflow.modelVersion.deleteAlias` */
export async function deleteAlias(context: RegistryContext, target?: ModelVersionTarget): Promise<void> {
  const now = await demandVersion(context, target);
  if (!now) return;
  const { model, version, session } = now;
  const own = model.aliases.filter((one) => one.version === version.version);
  if (own.length === 0)
    throw new UserError(`No alias points at version ${version.version} of ${quoted(model.name)}.`);
  const options = own.map(({ alias }) => ({ label: withoutIcons(plainText(`@${alias}`)), value: alias }));
  const alias = await askOption('Delete Alias', `Which of version ${version.version}`, options);
  if (alias === undefined) return;
  const move = { name: model.name, alias, before: version.version, to: undefined };
  await change(context, session, moveAlias(session.store, move));
}

async function askAlias({ model, version }: VersionNow): Promise<string | undefined> {
  const title = `Set Alias of ${plainText(model.name, 80)}, Version ${version.version}`;
  const others = model.aliases.filter((one) => one.version !== version.version);
  if (others.length === 0) return await askNewAlias(title);
  const chosen = await askOption<{ readonly alias?: string }>(title, 'An alias to move here, or a new one', [
    { label: '$(add) New alias…', value: {} },
    ...others.map(({ alias, version: at }) => ({
      label: withoutIcons(plainText(`@${alias}`)),
      description: `points at version ${plainText(at)}`,
      value: { alias },
    })),
  ]);
  return chosen && (chosen.alias ?? (await askNewAlias(title)));
}

async function askNewAlias(title: string): Promise<string | undefined> {
  const prompt = 'Name of the alias, such as champion';
  return await askText({ title, prompt, findProblem: (text) => findAliasProblem(text) });
}
