import type { RunTarget } from '../manifest';
import type { Sessions } from '../session';
import { demandSession } from './demandSession';
import { listModelsOf, type ModelSource } from './modelsOfRun';
import { pickFrom, wholeList } from './pick';
import { pickRun } from './pickRun';
import { UserError } from './userError';

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
    ...wholeList(models),
    describe: ({ name, uri }) => ({ label: name, description: uri }),
  });
}
