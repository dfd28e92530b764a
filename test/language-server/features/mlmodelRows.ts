import type { Row } from './diagnosticRows';

/** An MLmodel with nothing wrong, and this. */
const model = (body: string) => `${body}\nflavors: {crate: {version: 1.0.0, model: m}}\n`;
const pyfunc = (body: string) => `flavors: {python_function: {${body}}}\n`;
const signature = (part: string, json: string) => model(`signature:\n  ${part}: '${json}'`);
const inputs = (json: string) => signature('inputs', json);
const params = (json: string) => signature('params', json);

export const mlmodelRows: readonly Row[] = [
  // The file
  ['error mlmodel.empty', '«»', /'NoneType' object has no attribute 'copy'/],
  ['error mlmodel.shape', '«- a»\n', /a list/],
  ['error mlmodel.key-rejected', model('«1»: a'), /keywords must be strings/, { fix: 'quote' }],
  ['warning mlmodel.shadowing-key', model('«_signature»: 1'), /Model._signature/],
  ['error mlmodel.key-rejected', model('«self»: a'), /`self`/, { fix: 'remove-key' }],
  [
    'warning mlmodel.misspelt-key',
    model('«run-id»: 0123456789abcdef0123456789abcdef'),
    /`run_id`/,
    { fix: 'rename-key', to: 'run_id' },
  ],
  [
    'warning mlmodel.misspelt-key',
    model('saved_input_example_info: {artifact_path: a, type: ndarray, «pandas_orien»: null}'),
    /`pandas_orient`/,
  ],
  ['information mlmodel.unknown-key', model('«rocket»: 1'), /keeps it/],
  ['hint mlmodel.legacy-key', model('«time_created»: 1.5'), /no longer writes/],
  [
    'information mlmodel.newer-key',
    model('mlflow_version: 2.9.2\n«model_id»: m-0123456789abcdef0123456789abcdef'),
    /MLflow 3/,
  ],
  ['warning mlmodel.value-type', model('metadata: «[a]»'), /a mapping, but this is a list/],
  ['warning mlmodel.value-type', model('signature: «inputs»'), /stumbles/],
  [
    'warning mlmodel.unknown-value',
    model('saved_input_example_info: {artifact_path: a, type: «datafrme»}'),
    /`dataframe`/,
    { fix: 'replace', to: 'dataframe' },
  ],
  ['warning mlmodel.version-not-text', model('mlflow_version: «2.10»'), /\(2\.1\)/, { fix: 'quote' }],
  ['error mlmodel.env-vars', model('env_vars: «A»'), /list of strings/],
  ['error mlmodel.env-vars', model('env_vars: «[1]»'), /list of strings/],
  ['error mlmodel.resources', model('resources: «resources.yaml»'), /OSError/],
  ['information mlmodel.id', model('run_id: «latest»'), /32 hexadecimal/],
  ['information mlmodel.id', model('model_id: «0123456789abcdef0123456789abcdef»'), /`m-`/],
  ['information mlmodel.without-signature', model('«is_signature_from_type_hint»: true'), /there is none/],

  // Flavors
  ['error mlmodel.no-flavors', '«»run_id: null\n', /nothing can load/],
  ['error mlmodel.no-flavors', 'flavors: «{}»\n', /empty/],
  ['error mlmodel.no-flavors', 'flavors: «[sklearn]»\n', /a list/],
  [
    'warning mlmodel.misspelt-flavor',
    'flavors: {«sklern»: {}}\n',
    /`sklearn`/,
    { fix: 'rename-key', to: 'sklearn' },
  ],
  ['warning mlmodel.misspelt-flavor', 'flavors: {«scikit-learn»: {}}\n', /`sklearn`/],
  ['information mlmodel.unknown-flavor', 'flavors: {«rockets»: {}}\n', /what brought it/],
  ['information mlmodel.unknown-flavor', 'flavors: {«crewai»: {}}\n', /saves no models/],
  ['error mlmodel.flavor-shape', 'flavors: {crate: «model»}\n', /a mapping/],
  ['error mlmodel.missing-key', 'flavors: {«crate»: {version: 1.0.0}}\n', /`model`/],
  ['error mlmodel.missing-key', 'flavors:\n  python_function:\n    «loader_module»:\n', /`loader_module`/],
  [
    'error mlmodel.missing-key',
    pyfunc('loader_module: mlflow.pyfunc.model, «python_model»: null'),
    /`python_model`/,
  ],
  [
    'error mlmodel.missing-key',
    pyfunc('loader_module: mlflow.pyfunc.model, «python_model»: null, artifacts: {«data»: {uri: a}}'),
    /needs (a `path`|`python_model`)/,
  ],
  [
    'error mlmodel.missing-key',
    pyfunc('loader_module: mlflow.pyfunc.model, «python_model»: null, artifacts: {«data»: a}'),
    /needs (a `path`|`python_model`)/,
  ],
  [
    'error mlmodel.predict-function',
    pyfunc('loader_module: mlflow.prompt.promptlab_model, predict_fn: «pre-dict»'),
    /no name of a Python method/,
  ],
  [
    'error mlmodel.predict-function',
    pyfunc('loader_module: mlflow.prompt.promptlab_model, predict_fn: «""»'),
    /This is no name/,
  ],
  [
    'warning mlmodel.loader',
    pyfunc('loader_module: «mlflow.sklear», model_path: a'),
    /`mlflow.sklearn`/,
    { fix: 'replace', to: 'mlflow.sklearn' },
  ],
  ['warning mlmodel.loader', pyfunc('loader_module: «mlflow.sklearn», model_path: a'), /which is not here/],
  [
    'error mlmodel.python-version',
    pyfunc('loader_module: mlflow.prompt.promptlab_model, python_version: «3.10»'),
    /\(3\.1\).*AttributeError/,
    { fix: 'quote' },
  ],
  [
    'warning mlmodel.env',
    pyfunc('loader_module: mlflow.prompt.promptlab_model, «env»: {conda: conda.yaml}'),
    /`virtualenv`.*KeyError/,
  ],
  ['error mlmodel.missing-file', 'flavors: {crate: {model: «gone.bin»}}\n', /no `gone.bin`/],
  [
    'error mlmodel.missing-file',
    pyfunc('loader_module: mlflow.prompt.promptlab_model, data: «src/gone.py»'),
    /no `src\/gone.py`/,
  ],
  [
    'warning mlmodel.missing-companion',
    pyfunc('loader_module: mlflow.prompt.promptlab_model, env: «gone.yaml»'),
    /what needs it/,
  ],
  ['hint mlmodel.runs-code', pyfunc('«loader_module»: my_loader'), /my_loader/],
  [
    'hint mlmodel.runs-code',
    'flavors: {sklearn: {pickled_model: a, «serialization_format»: pickle}}\n',
    /trust/,
  ],
  ['hint mlmodel.runs-code', 'flavors: {«sklearn»: {pickled_model: a}}\n', /Without `serialization_format`/],
  [
    'warning mlmodel.example',
    model('saved_input_example_info: {artifact_path: a, type: ndarray, pandas_orient: «split»}'),
    /`dataframe`/,
  ],
  [
    'warning mlmodel.example',
    model(
      'saved_input_example_info: {artifact_path: a, type: dataframe, params: «\'true\'»}\nsignature:\n  inputs: \'[{"type": "long"}]\'',
    ),
    /signature has none/,
  ],
  [
    'warning mlmodel.version-contradiction',
    model('mlflow_version: «2.9.2»'),
    /requirements.txt asks for `mlflow==2.10.0` \(line 2\)/,
  ],
  [
    'information mlmodel.workspace-python',
    pyfunc('loader_module: mlflow.prompt.promptlab_model, python_version: «3.10.4»'),
    /of Python 3.10.4, the workspace of Python 3.12.1: MLflow warns/,
  ],

  // The signature
  ['error mlmodel.empty-signature', model('«signature»: {inputs: null}'), /ValueError/],
  [
    'error mlmodel.not-json',
    model('signature: {inputs: "", outputs: «[a]»}'),
    /must be str, bytes or bytearray, not list/,
  ],
  ['error mlmodel.json', inputs('[{"type": "long"},«]»'), /Expecting value: line 1 column 19|trailing comma/],
  [
    'error mlmodel.json',
    model('signature:\n  inputs: "[{«\'»type\': 1}]"'),
    /Expecting property name enclosed in double quotes: line 1 column 3 \(char 2\)/,
  ],
  ['error mlmodel.schema', inputs('«[»]'), /without any/],
  ['error mlmodel.schema', inputs('[«3»]'), /a number/],
  ['error mlmodel.schema', inputs('[{"name": «"a"»}]'), /`type` is missing/],
  ['error mlmodel.schema', inputs('[{"type": «"array"», "required": true}]'), /`items` is missing/],
  [
    'error mlmodel.schema',
    inputs('[{"type": "tensor", "tensor-spec": «{»"dtype": "bool"}}]'),
    /`shape` is missing/,
  ],
  ['error mlmodel.unknown-type', inputs('[{"type": "«int»"}]'), /`long`/, { fix: 'replace', to: 'long' }],
  [
    'error mlmodel.unknown-type',
    inputs('[{"type": "array", "required": true, "items": {"type": "«strng»"}}]'),
    /`string`/,
    { fix: 'replace', to: 'string' },
  ],
  [
    'error mlmodel.unknown-type',
    inputs('[{"type": "tensor", "tensor-spec": {"dtype": "«flot32»", "shape": [-1]}}]'),
    /`float32`/,
  ],
  [
    'error mlmodel.unknown-type',
    inputs('[{"type": "tensor", "tensor-spec": {"dtype": "«<U5»", "shape": [-1]}}]'),
    /fixed length.*`str`/,
  ],
  [
    'error mlmodel.unknown-type',
    params('[{"name": "a", "type": "«binary»", "default": null}]'),
    /cannot be of type/,
  ],
  [
    'error mlmodel.spec-key',
    inputs('[{"type": "long", "«nmae»": "a"}]'),
    /`name`/,
    { fix: 'replace', to: 'name' },
  ],
  ['error mlmodel.spec-key', inputs('[{"type": "long", "«optional»": true}]'), /TypeError/],
  [
    'error mlmodel.mixed-columns',
    inputs('[{"type": "long", "name": "a"}, {"type": «"long"»}]'),
    /have names or none/,
  ],
  [
    'error mlmodel.mixed-columns',
    inputs('[{"type": "long"}, {"type": «"tensor"», "tensor-spec": {"dtype": "bool", "shape": []}}]'),
    /columns or tensors/,
  ],
  ['error mlmodel.mixed-columns', inputs('[{"type": «"long"», "required": false}]'), /optional/],
  ['error mlmodel.parameter', params('[{"name": «"a"», "type": "long"}]'), /`default`/],
  [
    'error mlmodel.parameter',
    params('[{"name": "a", "type": "long", "default": 1}, {"name": «"a"», "type": "long", "default": 1}]'),
    /comes twice/,
  ],
  [
    'error mlmodel.parameter-default',
    params('[{"name": "a", "type": "long", "default": «0.5»}]'),
    /`long` cannot be a number/,
  ],
  [
    'error mlmodel.parameter-default',
    params('[{"name": "a", "type": "datetime", "default": «"soon"»}]'),
    /`datetime`/,
  ],
  [
    'error mlmodel.parameter-default',
    params(
      '[{"name": "a", "type": "object", "properties": {"b": {"type": "datetime"}}, "default": «{"b": "2024-01-01"}»}]',
    ),
    /`b` is a date in an object, which MLflow with pandas 3 takes for text/,
  ],
  [
    'error mlmodel.parameter-default',
    params('[{"name": "a", "type": "long", "default": «1», "shape": [-1]}]'),
    /a list of values/,
  ],
  [
    'warning mlmodel.repeated-name',
    inputs('[{"type": "long", "name": "a"}, {"type": "long", "name": «"a"»}]'),
    /comes twice/,
  ],
  ['warning mlmodel.required', inputs('[{"type": "long", "name": "a", "required": «"no"»}]'), /for true/],
  ['information mlmodel.silently-optional', inputs('[{"type": "«any»", "name": "a"}]'), /optional/],
  [
    'warning mlmodel.tensor-shape',
    inputs('[{"type": "tensor", "tensor-spec": {"dtype": "bool", "shape": [«-2»]}}]'),
    /-1/,
  ],
  [
    'warning mlmodel.tensor-default',
    inputs('[{"type": "tensor", "tensor-spec": {"dtype": «null», "shape": []}}]'),
    /float64/,
  ],
];
