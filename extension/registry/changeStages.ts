import type { ModelVersionTarget } from '../manifest';
import { askOption } from '../ui/inputs';
import { plainText } from '../ui/text';
import { UserError } from '../ui/userError';
import { askReview } from './askReview';
import { quoted } from './modelEdits';
import { moveToStage } from './moveEdits';
import { change, demandVersion, type RegistryContext, type VersionNow } from './registryContext';

const stages = ['None', 'Staging', 'Production', 'Archived'];

/** `mlflow.modelVersion.setStage`, where the server has stages. */
export async function setStage(context: RegistryContext, target?: ModelVersionTarget): Promise<void> {
  const now = await demandVersion(context, target);
  if (!now) return;
  const { session, version } = now;
  const { name, stage: before } = version;
  if (before === '')
    throw new UserError(`The registry of ${quoted(name)} has no stages: set an alias instead.`);
  const title = `Move ${plainText(name, 80)}, Version ${version.version}, from ${plainText(before)}`;
  const options = stages.filter((one) => one !== before).map((stage) => ({ label: stage, value: stage }));
  const stage = await askOption(title, 'To which stage', options);
  if (stage === undefined) return;
  const versions = await session.catalog.allVersions(name);
  const others = versions.filter((one) => one.stage === stage && one.version !== version.version);
  const archived = await askArchiving(
    now,
    stage,
    others.map((one) => one.version),
  );
  if (archived === undefined) return;
  const move = { kind: 'stage', stage, before, others: others.map((one) => one.version), archived } as const;
  const question = { session, title: `Move Version ${version.version} to ${stage}`, what: '', move };
  const answer = await askReview(context, question);
  if (!answer) return;
  const edit = moveToStage(version, stage, archived ? others : [], answer.record);
  await change(context, session, edit);
}

/** Whether the others leave the stage, which MLflow offers for those that versions are served from; undefined for neither. */
async function askArchiving(
  { version }: VersionNow,
  stage: string,
  others: readonly string[],
): Promise<boolean | undefined> {
  if (others.length === 0 || stage === 'None' || stage === 'Archived') return false;
  const which = others.length === 1 ? `version ${others[0] ?? ''}` : `versions ${others.join(', ')}`;
  return await askOption(`Move Version ${version.version} to ${stage}`, `In ${stage} now: ${which}`, [
    { label: `Archive ${which}`, value: true },
    { label: `Leave ${which} in ${stage}`, value: false },
  ]);
}
