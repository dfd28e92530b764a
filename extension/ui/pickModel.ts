import type { LoggedModelTarget, ModelTarget, ModelVersionTarget } from '../manifest';
import type { Sessions } from '../session';
import type { LoggedModel, ModelVersion, RegisteredModel } from '../tracking/model';
import { demandSession } from './demandSession';
import { pickFrom, wholeList } from './pick';
import { pickRun } from './pickRun';
import { joinFacts } from './text';
import { UserError } from './userError';

/** Asks for a registered model; undefined when the user turns away. */
export async function pickModel(sessions: Sessions): Promise<ModelTarget | undefined> {
  const { catalog } = await demandSession(sessions);
  const model = await pickFrom<RegisteredModel>({
    title: 'Choose a registered model',
    placeholder: 'Type a part of its name',
    load: () => catalog.models(),
    loadMore: () => catalog.loadMore({ kind: 'models', isWhole: true }),
    describe: ({ name, aliases }) => ({
      label: name,
      description: aliases.map(({ alias }) => `@${alias}`).join(', '),
    }),
  });
  return model && { modelName: model.name };
}

/** Asks for a registered model, then for one of its versions; undefined when the user turns away. */
export async function pickVersion(sessions: Sessions): Promise<ModelVersionTarget | undefined> {
  const model = await pickModel(sessions);
  if (!model) return undefined;
  const { modelName } = model;
  const { catalog } = await demandSession(sessions);
  const version = await pickFrom<ModelVersion>({
    title: `Choose a version of ${modelName}`,
    placeholder: 'Type its number or an alias',
    load: () => catalog.versions(modelName),
    loadMore: () => catalog.loadMore({ kind: 'versions', modelName }),
    describe: ({ version: number, aliases, stage }) => ({
      label: `Version ${number}`,
      description: joinFacts([aliases.map((alias) => `@${alias}`).join(', '), stage === 'None' ? '' : stage]),
    }),
  });
  return version && { modelName, version: version.version };
}

/** Asks for a run, then for one of the models that it logged; undefined when the user turns away. */
export async function pickLoggedModel(sessions: Sessions): Promise<LoggedModelTarget | undefined> {
  const run = await pickRun(sessions);
  if (!run) return undefined;
  const { catalog } = await demandSession(sessions);
  const models = await catalog.loggedModels(await catalog.run(run.runId));
  if (models.length === 0) throw new UserError('This run logged no models of MLflow 3.');
  const model = await pickFrom<LoggedModel>({
    title: 'Choose a logged model',
    placeholder: 'Type a part of its name or id',
    ...wholeList(models),
    describe: ({ id, name, modelType }) => ({ label: name || id, description: joinFacts([modelType, id]) }),
  });
  return model && { modelId: model.id };
}
