import { editTags } from '../editing/editTags';
import { modelTags, type TagTarget, versionTags } from '../editing/tagTargets';
import type { ModelTarget, ModelVersionTarget } from '../manifest';
import type { Session } from '../session';
import { openDescription } from '../ui/openDescription';
import { demandModel, demandVersion, type RegistryContext } from './registryContext';

/** `mlflow.model.editDescription` */
export async function describeModel(context: RegistryContext, target?: ModelTarget): Promise<void> {
  const now = await demandModel(context, target);
  if (!now) return;
  const { name } = now.model;
  await openDescription(now.session, { kind: 'model', modelName: name }, name);
}

/** `mlflow.modelVersion.editDescription` */
export async function describeVersion(context: RegistryContext, target?: ModelVersionTarget): Promise<void> {
  const now = await demandVersion(context, target);
  if (!now) return;
  const { name, version } = now.version;
  await openDescription(now.session, { kind: 'version', modelName: name, version }, `${name} ${version}`);
}

/** `mlflow.model.editTags` */
export async function tagModel(context: RegistryContext, target?: ModelTarget): Promise<void> {
  const now = await demandModel(context, target);
  if (now) await tag(context, now.session, modelTags(now.model));
}

/** `mlflow.modelVersion.editTags` */
export async function tagVersion(context: RegistryContext, target?: ModelVersionTarget): Promise<void> {
  const now = await demandVersion(context, target);
  if (now) await tag(context, now.session, versionTags(now.version));
}

async function tag({ editing }: RegistryContext, session: Session, target: TagTarget): Promise<void> {
  await editTags({ session, editing: await editing.demand(), targets: [target] });
}
