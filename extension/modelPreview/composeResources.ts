import type { MlmodelModel } from '../../language-server/documents/mlmodelModel';
import type { Field } from '../../language-server/documents/yamlTree';
import { fieldsOf } from '../../language-server/documents/yamlRead';
import type { Entry } from '../../webviews/protocol/runSummary';
import { boundText } from '../ui/boundText';
import { innerFields, listItems, listTexts } from './yamlEntries';
import { textOf } from '../ui/modelUri';

/** What the model uses besides itself, and in whose name: resources, the auth policy, variables of the environment, prompts. */
export function composeResources(model: MlmodelModel): readonly Entry[] {
  const { yaml, fields } = model;
  const policy = innerFields(yaml, fields, 'auth_policy');
  const system = innerFields(yaml, policy, 'system_auth_policy');
  const scopes = listTexts(yaml, innerFields(yaml, policy, 'user_auth_policy'), 'api_scopes');
  return [
    ...listResources(model, fields, ''),
    ...listResources(model, system, ' (as the system)'),
    ...scopes.map((value) => ({ key: 'API scope of the user', value })),
    ...listTexts(yaml, fields, 'env_vars').map((value) => ({ key: 'Environment variable', value })),
    ...listTexts(yaml, fields, 'prompts').map((value) => ({ key: 'Prompt', value })),
  ].map((entry, index, all) => ({ ...entry, key: number(entry, index, all) }));
}

/** Rows of a table are known by their name: more of a kind are counted. */
function number({ key }: Entry, index: number, all: readonly Entry[]): string {
  const same = all.filter((other) => other.key === key).length;
  if (same === 1) return key;
  return `${key} ${all.slice(0, index + 1).filter((other) => other.key === key).length}`;
}

function listResources({ yaml }: MlmodelModel, fields: readonly Field[], note: string): readonly Entry[] {
  const databricks = innerFields(yaml, innerFields(yaml, fields, 'resources'), 'databricks');
  return databricks.flatMap(({ name, value, overridden }) =>
    (overridden ? [] : listItems(yaml, value)).map((item): Entry => {
      const inner = fieldsOf(yaml, item);
      const asUser = textOf(yaml, inner, 'on_behalf_of_user') === 'True' ? ', on behalf of the user' : '';
      return { key: `${nameKind(name)}${note}`, value: `${textOf(yaml, inner, 'name') ?? ''}${asUser}` };
    }),
  );
}

/** `vector_search_index` as `Vector search index`. */
function nameKind(kind: string): string {
  const words = boundText(kind).replaceAll('_', ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
}
