import type {
  ModelPreview,
  ModelSubject,
  SpecRow,
  VersionFacts,
} from '../../../webviews/protocol/modelPreview';

/** Model previews as real ones look, for the tests of the view. */

export const fileSubject: ModelSubject = { kind: 'file', uri: 'file:///models/churn/MLmodel' };

export const versionSubject: ModelSubject = {
  kind: 'version',
  connectionUri: 'http://127.0.0.1:5000',
  modelName: 'churn-classifier',
  version: '3',
};

const createdAt = Date.UTC(2026, 10, 21, 3, 55, 12);

function column(name: string, type: string, more: Partial<SpecRow> = {}): SpecRow {
  return { name, type, isRequired: true, ...more };
}

const customer: SpecRow = {
  ...column('customer', 'object'),
  properties: [
    column('id', 'string'),
    {
      ...column('orders', 'array of object', { isRequired: false }),
      properties: [column('amount', 'double'), column('currency', 'string', { isRequired: false })],
    },
  ],
};

const code = 'import mlflow\n\nmodel = mlflow.pyfunc.load_model("/models/churn")\n';

/** An ordinary model on disk: two flavors, a signature, dependencies that do not quite agree. */
export const ordinaryModel: ModelPreview = {
  name: 'churn',
  uri: '/models/churn',
  code,
  problems: [],
  facts: {
    mlflowVersion: '3.17.2',
    createdAt,
    size: 48_213,
    pythonVersion: '3.11.7',
    modelId: 'm-7192fb6e5f134cf6bc5417b2b590527e',
    modelUuid: 'm-7192fb6e5f134cf6bc5417b2b590527e',
    codePath: 'code',
    databricksRuntime: '15.4.x-cpu-ml-scala2.12',
    registered: [{ modelName: 'churn-classifier', version: '3', aliases: ['champion'], stage: 'Production' }],
  },
  signature: {
    inputs: [column('age', 'long'), column('plan', 'string', { isRequired: false }), customer],
    outputs: [column('churns', 'boolean')],
    params: [
      column('threshold', 'double', { isRequired: false, fallback: '0.5' }),
      column('labels', 'array of string', { isRequired: false, fallback: '["stays", "leaves"]' }),
    ],
  },
  flavors: [
    {
      name: 'python_function',
      title: 'Python function',
      about: 'The model as a Python function, whatever library it is of.',
      keys: [
        { key: 'loader_module', value: 'mlflow.sklearn' },
        { key: 'model_path', value: 'model.pkl' },
        { key: 'predict_fn', value: 'predict_proba' },
        { key: 'python_version', value: '3.11.7' },
      ],
      code,
    },
    {
      name: 'sklearn',
      title: 'scikit-learn',
      version: '1.9.1',
      keys: [
        { key: 'pickled_model', value: 'model.pkl' },
        { key: 'serialization_format', value: 'pickle' },
        { key: 'sklearn_version', value: '1.9.1' },
      ],
      code: code.replace('pyfunc', 'sklearn'),
      warning:
        'Loading it runs code that the model holds: it is a pickle. Load it only if you trust who made it.',
    },
  ],
  dependencies: {
    rows: [
      { name: 'Python', says: ['3.11.7', '', '=3.11.7', '3.11.7'] },
      { name: 'mlflow', says: ['3.17.2', '==3.17.2', '==3.17.2', ''] },
      { name: 'numpy', says: ['', '==2.4.1', '', ''], disagreement: 'Not in conda.yaml' },
      {
        name: 'scikit-learn',
        says: ['1.9.1', '==1.9.0', '==1.9.1', ''],
        disagreement: 'Versions differ',
      },
    ],
    notes: ['python_env.yaml takes the packages of requirements.txt.'],
    isLoading: false,
  },
  example: {
    file: 'input_example.json',
    type: 'dataframe',
    content: {
      kind: 'table',
      columns: ['age', 'plan'],
      rows: [
        ['41', 'pro'],
        ['23', 'free'],
      ],
      total: 5,
    },
  },
  run: {
    id: 'f5a801af8258450ca0479112144b136b',
    name: 'sweep-depth',
    experimentName: 'churn-model',
    metrics: [
      { key: 'auc', value: '0.9123', step: '10', loggedAt: createdAt },
      { key: 'loss', value: '0.2134', step: '10', loggedAt: createdAt },
    ],
  },
  resources: [{ key: 'Serving endpoint', value: 'embeddings' }],
  metadata: [
    { key: 'owner.team', value: 'retention' },
    { key: 'task', value: 'llm/v1/chat' },
  ],
  loggedParams: [],
  tags: [],
  otherKeys: [{ key: 'artifact_uri', value: 'dbfs:/models' }],
  files: [
    { name: 'MLmodel', role: 'the model’s description', state: 'there', isFolder: false, opens: true },
    { name: 'conda.yaml', role: 'environment for conda', state: 'there', isFolder: false, opens: true },
    {
      name: 'python_env.yaml',
      role: 'environment for virtualenv',
      state: 'missing',
      isFolder: false,
      opens: false,
    },
    { name: 'requirements.txt', role: 'packages for pip', state: 'there', isFolder: false, opens: true },
    { name: 'model.pkl', role: 'model_path', state: 'there', isFolder: false, opens: true, size: 41_205 },
  ],
};

const registered: VersionFacts = {
  modelName: 'churn-classifier',
  version: '3',
  aliases: ['champion', 'eu'],
  stage: 'Production',
  status: 'READY',
  statusMessage: '',
  description: 'Trained on the orders of autumn.\nReplaces version 2 after the schema change.',
  source: 'models:/m-7192fb6e5f134cf6bc5417b2b590527e',
  registeredAt: createdAt + 60_000,
  changedAt: createdAt + 120_000,
};

/** The same as a version of a registered model. */
export const ordinaryVersion: ModelPreview = {
  ...ordinaryModel,
  name: 'churn-classifier',
  uri: 'models:/churn-classifier/3',
  facts: { ...ordinaryModel.facts, registered: [] },
  version: registered,
  tags: [{ key: 'validation', value: 'passed' }],
};

/** The same as the store has it that logged it; of some files it does not tell. */
export const loggedModel: ModelPreview = {
  ...ordinaryModel,
  uri: 'models:/m-7192fb6e5f134cf6bc5417b2b590527e',
  logged: { status: 'PENDING', modelType: 'sklearn' },
  run: { id: '0123456789abcdef0123456789abcdef', name: 'spicy-owl', experimentName: 'churn' },
  loggedParams: [{ key: 'n_estimators', value: '100' }],
  files: [
    ...ordinaryModel.files,
    { name: 'code', role: 'python_function: code', state: 'there', isFolder: true, opens: false },
    { name: 'weights.bin', role: 'model_path', state: 'unlisted', isFolder: false, opens: true },
  ],
};

/** An MLmodel that says nothing at all. */
export const emptyModel: ModelPreview = {
  ...{ name: 'nothing', uri: '/models/nothing', code: '', problems: [] },
  ...{
    facts: { registered: [] },
    flavors: [],
    resources: [],
    metadata: [],
    loggedParams: [],
    tags: [],
    otherKeys: [],
  },
  dependencies: { rows: [], notes: [], isLoading: false },
  files: [{ name: 'MLmodel', role: 'the model’s description', state: 'there', isFolder: false, opens: true }],
};

/** A model with so many columns, and a name of 200 characters. */
export function wideModel(count: number): ModelPreview {
  const inputs = Array.from({ length: count }, (_, index) =>
    column(`feature_${index}`, index % 3 === 0 ? 'double' : 'array of long', { isRequired: index % 2 === 0 }),
  );
  const signature = { inputs, outputs: [], params: [] };
  return { ...ordinaryModel, name: 'churn-of-customers-'.repeat(11).slice(0, 200), signature };
}
