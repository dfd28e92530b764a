import type { ModelTarget, ModelVersionTarget } from '../manifest';
import type { Sessions } from '../session';
import type { ModelVersion, RegisteredModel } from '../tracking/model';
import { demandSession } from './demandSession';
import { pickFrom } from './pick';
import { joinFacts } from './text';

/** Asks for a registered model; undefined when the user turns away. */
export async function pickModel(sessions: Sessions): Promise<ModelTarget | undefined> {
  const { catalog } = await demandSession(sessions);
  const model = await pickFrom<RegisteredModel>({
    title: 'Choose a registered model',
    placeholder: 'Type a part of its name',
    load: () => catalog.models(),
    loadMore: () => catalog.loadMore({ kind: 'models' }),
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
