import { findFlavor } from './flavors';
import { keyMaker, type ModelKey } from './modelKey';
import { modelEnvKeys } from './pyfuncKeys';

const key = keyMaker('model');
const signatureKey = keyMaker('signature');

const badEnvVars = 'TypeError: env_vars must be a list of strings';
const partShape = {
  types: ['str', 'bytes'],
  emptyIsAbsent: true,
  dies: 'TypeError: the JSON object must be str, bytes or bytearray, not {type}',
} as const;

/** The keys at the root of an MLmodel; MLflow keeps any other as it is. */
export const modelKeys: readonly ModelKey[] = [
  key(
    'mapping',
    'flavors',
    'The ways in which the model can be loaded, by name. `python_function` is the one that serving, batch prediction and Spark use.',
    { misspellings: ['flavor', 'flavours', 'flavour'] },
  ),
  key(
    'text',
    'artifact_path',
    "Where the model was logged: since MLflow 3 a URI, before that a path among the run's artifacts.",
    { misspellings: ['path', 'artifact', 'artifact_uri'] },
  ),
  key('text', 'run_id', 'The run that logged the model: 32 hexadecimal digits.', {
    misspellings: ['run', 'run_uuid'],
  }),
  key(
    'text',
    'model_id',
    'The logged model, `m-` and 32 hexadecimal digits; null where the model was only saved.',
    { since: 3, misspellings: ['logged_model_id'] },
  ),
  key(
    'text',
    'model_uuid',
    'What tells this model from any other; where it was logged, the same as `model_id`.',
    {
      misspellings: ['uuid', 'model_guid'],
    },
  ),
  key('text', 'utc_time_created', 'When the model was saved, in UTC: `2026-01-31 12:00:00.000000`.', {
    misspellings: ['time', 'created', 'created_at', 'creation_time', 'utc_created'],
  }),
  key('version', 'mlflow_version', 'The version of MLflow that wrote the model.', {
    misspellings: ['version', 'mlflow'],
  }),
  key('number', 'model_size_bytes', 'How many bytes all files of the model had when it was saved.', {
    misspellings: ['size', 'model_size', 'size_bytes'],
  }),
  signatureKey(
    'mapping',
    'signature',
    'What the model takes and gives: `inputs`, `outputs` and `params`, each as JSON in a string. Data that does not fit is rejected before the model sees it.',
    { misspellings: ['signatures', 'schema'] },
  ),
  signatureKey(
    'boolean',
    'is_signature_from_type_hint',
    "Whether the signature was taken from the type hints of the model's `predict`.",
  ),
  signatureKey(
    'boolean',
    'type_hint_from_example',
    'Whether the type hint was `TypeFromExample`, so that the example says what it stands for.',
  ),
  signatureKey(
    'mapping',
    'saved_input_example_info',
    'The example of an input that was saved beside the model, and how it is to be read.',
    { misspellings: ['input_example_info', 'saved_input_example', 'example'] },
  ),
  key('mapping', 'metadata', 'Whatever was given as `metadata` when the model was saved.', {
    misspellings: ['meta', 'meta_data'],
  }),
  key('list', 'prompts', 'The registered prompts that the model uses, as `prompts:/name/version`.', {
    since: 3,
    misspellings: ['prompt'],
  }),
  key(
    'list',
    'env_vars',
    'The environment variables that were read while the model was logged; those who serve it have to set them.',
    {
      accepts: 'a list of names',
      misspellings: ['environment_variables', 'env_variables'],
      shape: { types: ['list'], emptyIsAbsent: true, dies: badEnvVars },
    },
  ),
  key(
    'mapping',
    'resources',
    'What the model needs of Databricks to be served, such as tables, functions and endpoints.',
    { misspellings: ['resource'] },
  ),
  key(
    'mapping',
    'auth_policy',
    'On whose behalf the model reaches its resources: that of the system, or of whoever asks.',
    { misspellings: ['auth', 'policy'] },
  ),
  key('text', 'databricks_runtime', 'The Databricks runtime that the model was saved in.'),
  key('mapping', 'input_example', 'The example of an input, as MLflow 1 wrote it.', { isLegacy: true }),
  key('number', 'time_created', 'When the model was saved, as MLflow wrote it in 2018.', { isLegacy: true }),
];

const part = (name: string, doc: string, misspellings: readonly string[]) =>
  signatureKey('text', name, doc, { accepts: 'JSON in a string', shape: partShape, misspellings });

const signatureKeys: readonly ModelKey[] = [
  part('inputs', 'What the model takes: a list of columns, or of tensors.', ['input']),
  part('outputs', 'What the model gives: a list of columns, or of tensors.', ['output']),
  part('params', 'What can be given beside the data, each with a type and a default.', [
    'param',
    'parameters',
  ]),
];

const inputExampleKeys: readonly ModelKey[] = [
  signatureKey('path', 'artifact_path', 'The file of the example.', { misspellings: ['path', 'file'] }),
  signatureKey('text', 'type', 'What the example was, and so what is made of the file.', {
    values: ['dataframe', 'ndarray', 'sparse_matrix_csc', 'sparse_matrix_csr', 'json_object'],
    misspellings: ['kind', 'format_type'],
  }),
  signatureKey('text', 'pandas_orient', 'How a data frame was written as JSON.', {
    values: ['split', 'values'],
    misspellings: ['orient'],
  }),
  signatureKey('path', 'serving_input_path', 'The same example, as a body for `/invocations`.', { since: 2 }),
  signatureKey('text', 'params', 'Whether the example has parameters beside the data.', {
    values: ["'true'"],
  }),
  signatureKey('text', 'format', 'How the example is written, in the words of MLflow 1.', { isLegacy: true }),
];

/** What Databricks has that a model can need. */
const resourceTypes: readonly ModelKey[] = [
  key('list', 'uc_connection', 'Connections of Unity Catalog.'),
  key('list', 'vector_search_index', 'Vector search indexes.'),
  key('list', 'serving_endpoint', 'Serving endpoints.'),
  key('list', 'sql_warehouse', 'SQL warehouses.'),
  key('list', 'function', 'Functions of Unity Catalog.'),
  key('list', 'genie_space', 'Genie spaces.'),
  key('list', 'table', 'Tables of Unity Catalog.'),
  key('list', 'app', 'Databricks apps.'),
  key('list', 'lakebase', 'Lakebase databases.'),
  key('list', 'uc_model_service', 'Model services of Unity Catalog.'),
];

const resourcesKeys: readonly ModelKey[] = [
  key('text', 'api_version', 'The version of this part of the format.', { values: ["'1'"] }),
  key('mapping', 'databricks', 'What it needs of Databricks, by kind.'),
];

const resourceKeys: readonly ModelKey[] = [
  key('text', 'name', 'What it is called, or its id.'),
  key('boolean', 'on_behalf_of_user', 'Whether it is reached with the rights of whoever asks the model.'),
];

const authPolicyKeys: readonly ModelKey[] = [
  key('mapping', 'system_auth_policy', 'What the model reaches with its own rights.'),
  key('mapping', 'user_auth_policy', 'What the model reaches with the rights of whoever asks it.'),
];

/** Keys of `metadata` that MLflow itself reads; a user may put anything else there. */
const metadataKeys: readonly ModelKey[] = [
  key('text', 'task', 'What the model is asked in, which tells those who serve it.', {
    values: [
      'agent/v1/chat',
      'agent/v2/chat',
      'agent/v1/responses',
      'llm/v1/chat',
      'llm/v1/completions',
      'llm/v1/embeddings',
    ],
  }),
  key(
    'boolean',
    'mlflow.model.isExternal',
    'Whether the model lives elsewhere: MLflow only knows of it, and cannot load it.',
  ),
];

const artifactKeys: readonly ModelKey[] = [
  key('path', 'path', 'Where the artifact lies beside the model.'),
  key('text', 'uri', 'Where it was copied from.'),
];

const extraFileKeys: readonly ModelKey[] = [key('path', 'path', 'The file.')];

/** What is known to be allowed in a mapping, by the keys that lead to it, `*` for any. */
const places: readonly (readonly [path: string, keys: readonly ModelKey[]])[] = [
  ['', modelKeys],
  ['signature', signatureKeys],
  ['saved_input_example_info', inputExampleKeys],
  ['metadata', metadataKeys],
  ['resources', resourcesKeys],
  ['resources.databricks', resourceTypes],
  ['resources.databricks.*.-', resourceKeys],
  ['auth_policy', authPolicyKeys],
  ['auth_policy.system_auth_policy', [key('mapping', 'resources', 'What it reaches, as under `resources`.')]],
  ['auth_policy.system_auth_policy.resources', resourcesKeys],
  ['auth_policy.system_auth_policy.resources.databricks', resourceTypes],
  ['auth_policy.system_auth_policy.resources.databricks.*.-', resourceKeys],
  ['auth_policy.user_auth_policy', [key('list', 'api_scopes', 'The scopes that a user has to grant.')]],
  ['flavors.python_function.env', modelEnvKeys],
  ['flavors.python_function.artifacts.*', artifactKeys],
  ['flavors.*.extra_files.-', extraFileKeys],
];

/**
 * The keys that the mapping at the end of a path can have: `[]` is the root, `['flavors', 'sklearn']` a flavor, `-` an item
 * of a list. Empty where anything may stand.
 */
export function modelKeysAt(path: readonly string[]): readonly ModelKey[] {
  const [first, flavor = ''] = path;
  if (first === 'flavors' && path.length === 2) return findFlavor(flavor)?.keys ?? [];
  const found = places.find(([place]) => matches(place === '' ? [] : place.split('.'), path));
  return found?.[1] ?? [];
}

/** A key by the path of its mapping and its name. */
export function findModelKey(path: readonly string[], name: string): ModelKey | undefined {
  return modelKeysAt(path).find((one) => one.name === name);
}

function matches(place: readonly string[], path: readonly string[]): boolean {
  return place.length === path.length && place.every((step, index) => step === '*' || step === path[index]);
}
