import type { Sessions } from '../session';
import type { RegisteredModel } from '../tracking/model';
import { demandSession } from '../ui/demandSession';
import { askText } from '../ui/inputs';
import { pickFrom } from '../ui/pick';
import { findModelNameProblem } from './registryNames';

/** The registered model that gets a version. */
export interface ModelName {
  readonly name: string;
  /** Whether it is to be made first. */
  readonly isNew: boolean;
}

/** Asks for a registered model, or for the name of a new one; undefined when the user turns away. */
export async function askModelName(
  sessions: Sessions,
  title: string,
  proposal = '',
): Promise<ModelName | undefined> {
  const { catalog } = await demandSession(sessions);
  const picked = await pickFrom<Pick<RegisteredModel, 'name' | 'description'> | 'new'>({
    title,
    placeholder: 'A new model, or type a part of one’s name',
    load: async () => {
      const listing = await catalog.models();
      return { ...listing, items: ['new', ...listing.items] };
    },
    loadMore: () => catalog.loadMore({ kind: 'models', isWhole: true }),
    describe: (model) =>
      model === 'new'
        ? { label: 'New registered model…', icon: 'add' }
        : { label: model.name, description: model.description.split('\n', 1)[0] ?? '' },
  });
  if (picked === undefined) return undefined;
  if (picked !== 'new') return { name: picked.name, isNew: false };
  const name = await askNewName(title, proposal);
  return name === undefined ? undefined : { name, isNew: true };
}

/** Asks for a name that MLflow takes. */
export async function askNewName(title: string, value = ''): Promise<string | undefined> {
  return await askText({ title, prompt: 'Name of the model', value, findProblem: findModelNameProblem });
}
