import type { ModelVersionTarget, RunTarget } from '../manifest';
import type { Sessions } from '../session';
import { demandSession } from '../ui/demandSession';
import { pickFrom } from '../ui/pick';
import { pickVersion } from '../ui/pickModel';
import { pickRun } from '../ui/pickRun';
import { UserError } from '../ui/userError';
import { listModelsOf, modelOfVersion, type ModelSource } from './modelSource';

/** The model version that was given, else one that the user picks; undefined when they turn away. */
export async function chooseVersion(
  sessions: Sessions,
  target: Partial<ModelVersionTarget> = {},
): Promise<ModelSource | undefined> {
  const { modelName, version } = target;
  const isGiven = modelName !== undefined && version !== undefined;
  const chosen = isGiven ? { modelName, version } : await pickVersion(sessions);
  return chosen && modelOfVersion(chosen);
}

/** A model of the run that was given, or of one that the user picks; undefined when they turn away. */
export async function chooseModelOfRun(
  sessions: Sessions,
  target: Partial<RunTarget> = {},
): Promise<ModelSource | undefined> {
  const runId = target.runId ?? (await pickRun(sessions))?.runId;
  if (runId === undefined) return undefined;
  const { catalog } = await demandSession(sessions);
  const models = await listModelsOf(catalog, runId);
  if (models.length === 0) throw new UserError('This run has no model.');
  if (models.length === 1) return models[0];
  return await pickFrom<ModelSource>({
    title: 'Choose a model of the run',
    placeholder: 'Type a part of its name',
    load: () =>
      Promise.resolve({ items: models, hasMore: false, failure: undefined, moreFailure: undefined }),
    loadMore: () => Promise.resolve(),
    describe: ({ name, uri }) => ({ label: name, description: uri }),
  });
}
