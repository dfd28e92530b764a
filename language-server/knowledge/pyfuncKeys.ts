import { keyMaker, type ModelKey } from './modelKey';

const key = keyMaker('model');
const dependency = keyMaker('modelDependencies');

/** `env` of python_function, where it is a mapping. */
export const modelEnvKeys: readonly ModelKey[] = [
  dependency('path', 'conda', 'The environment for conda.', {
    isRequired: true,
    misspellings: ['conda_env', 'conda_file'],
  }),
  dependency('path', 'virtualenv', 'The environment for virtualenv and uv.', {
    isRequired: true,
    misspellings: ['python_env', 'venv', 'pip'],
  }),
];

/** What mlflow.pyfunc reads of a model of any library, and what Python models add. */
export const pyfuncKeys: readonly ModelKey[] = [
  key(
    'text',
    'loader_module',
    'The Python module that loads the model: it is imported, and has a `_load_pyfunc`. One that is not of MLflow or an installed package comes out of `code`.',
    {
      accepts: 'the name of a module',
      isRequired: true,
      runsCode: true,
      misspellings: ['loader', 'module', 'main'],
    },
  ),
  key(
    'version',
    'python_version',
    'The Python that the model was saved with, in quotes. Where another minor version loads it, MLflow warns.',
    { misspellings: ['python', 'py_version'] },
  ),
  dependency(
    'any',
    'env',
    'The environments that the model can be restored in: `conda` and `virtualenv`, each a file. MLflow 1 wrote the conda file alone.',
    {
      accepts: 'a mapping with `conda` and `virtualenv`, or a path',
      misspellings: ['environment', 'envs'],
    },
  ),
  key('path', 'data', 'What the loader is given. Without it, the folder of the model.', {
    misspellings: ['data_path'],
  }),
  key(
    'path',
    'code',
    'A folder with Python code that was saved along: it can be imported while the model is loaded.',
    {
      runsCode: true,
      misspellings: ['code_path', 'code_paths'],
    },
  ),
  key('mapping', 'config', 'What the model is configured with; whoever loads it can override it.', {
    misspellings: ['model_config'],
  }),
  key('path', 'model_path', 'The file of the model itself, which the loader reads.'),
  key('text', 'predict_fn', "Which of the model's methods answers `predict`.", { fallback: 'predict' }),
  keyMaker('modelsFromCode')(
    'path',
    'model_code_path',
    'The script that makes the model: it is run when the model is loaded. Of the path only the file name counts.',
    { runsCode: true, since: 2 },
  ),
  key('boolean', 'streamable', 'Whether the model can answer piece by piece.', {
    fallback: 'false',
    since: 2,
  }),
  key('text', 'predict_stream_fn', "Which of the model's methods answers piece by piece.", {
    fallback: 'predict_stream',
    since: 2,
  }),
  key('path', 'python_model', 'The pickled Python object that is the model.', { runsCode: true }),
  key('version', 'cloudpickle_version', 'The version of cloudpickle that pickled it.'),
  key('text', 'python_model_compression', 'How the pickled model is compressed.', {
    values: ['lzma', 'bzip2', 'gzip'],
  }),
  key(
    'mapping',
    'artifacts',
    'Files that the Python model uses, by name, each with its `path` and the `uri` that it came from.',
  ),
  key('text', 'pickle_module_name', 'The module that unpickles a PyTorch model.', { runsCode: true }),
  key('text', 'underlying_model_flavor', 'The flavor of the model that a SHAP explainer explains.'),
  key('path', 'model_data', 'What the loader of the flavor reads.'),
  key('text', 'model_load', 'How LangChain loads the model.'),
  dependency('path', 'conda_env', 'The environment for conda, as early versions wrote it.', {
    isLegacy: true,
  }),
];
