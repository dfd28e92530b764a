import type { ModelVersionTarget } from '../manifest';
import type { Sessions } from '../session';
import type { ModelSource } from '../ui/modelsOfRun';
import { pickVersion } from '../ui/pickModel';
import { modelOfVersion } from './modelSource';

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
