import { dataKey, flavorKey, type NamedFlavor, serializationKeys, versionOf } from './flavorKnowledge';
import type { ModelKey } from './modelKey';

/** Flavors that are found in files but are not of MLflow 3.17: those it once had, and those that others brought. */
export const otherFlavors: readonly NamedFlavor[] = [
  [
    'crate',
    {
      title: 'R function',
      about: 'A function of R, packed by carrier. R alone loads it: `mlflow::mlflow_load_model("…")`.',
      keys: [
        flavorKey('version', 'version', 'The version of carrier that packed it.'),
        dataKey('model', true),
      ],
    },
  ],
  other('r_function', 'R function', 'A function of R, as MLflow wrote it before `crate`.', [
    flavorKey('version', 'version', 'The version of this flavor.'),
    dataKey('model'),
  ]),
  other('mleap', 'MLeap', 'A pipeline of Spark for Java without Spark. MLflow 3 has it no more.', [
    flavorKey('version', 'mleap_version', 'The version of MLeap that saved the model.'),
    dataKey('model_data'),
    flavorKey('any', 'input_schema', 'The columns that it takes.'),
  ]),
  removed('fastai', 'fastai', 'A learner of fastai. MLflow 3 has it no more.', 'fastai', 'it is a pickle'),
  removed('gluon', 'Gluon', 'A model of MXNet. MLflow 2 was the last to load it.', 'mxnet'),
  removed('mxnet', 'MXNet', 'A model of MXNet. MLflow 2 was the last to load it.', 'mxnet'),
  [
    'diviner',
    {
      title: 'Diviner',
      about: 'Forecast models of many groups at once. MLflow 3 has it no more.',
      packageName: 'diviner',
      versionKey: 'diviner_version',
      loaderModules: ['mlflow.diviner'],
      keys: [
        dataKey('data'),
        versionOf('diviner_version', 'diviner'),
        flavorKey('text', 'model_type', 'Which of its models it is.'),
        flavorKey('text', 'flavor', 'Whether it was fitted by Spark.'),
      ],
      isLegacy: true,
    },
  ],
  other('promptflow', 'Prompt flow', 'A flow of prompts for Azure. MLflow 3 has it no more.', [
    flavorKey('version', 'version', 'The version of promptflow that saved it.'),
    flavorKey('text', 'entry', 'What of the flow is run.'),
    flavorKey('mapping', 'model_config', 'What it is configured with.'),
  ]),
  other('tensorflow1', 'TensorFlow 1', 'A saved model of TensorFlow 1.', [
    flavorKey('path', 'saved_model_dir', 'The folder of the saved model.'),
    flavorKey('list', 'meta_graph_tags', 'Which graph of the saved model it is.'),
    flavorKey('text', 'signature_def_key', 'Which signature of the graph it is.'),
  ]),
  [
    'mlflow_sktime',
    {
      title: 'sktime',
      about: 'A model of sktime, saved by the flavor that sktime itself brings.',
      packageName: 'sktime',
      versionKey: 'sktime_version',
      loaderModules: ['sktime.utils.mlflow_sktime'],
      module: 'sktime.utils.mlflow_sktime',
      keys: [
        dataKey('pickled_model', true),
        ...serializationKeys('pickle'),
        versionOf('sktime_version', 'sktime'),
        flavorKey('path', 'code', 'A folder with Python code that was saved along.', { runsCode: true }),
      ],
      isLegacy: true,
    },
  ],
  other(
    'hftransformers',
    'Azure: Transformers',
    'A model of Hugging Face, saved by Azure Machine Learning.',
    [],
  ),
  other(
    'hftransformersv2',
    'Azure: Transformers',
    'A model of Hugging Face, saved by Azure Machine Learning.',
    [],
  ),
  other('aml', 'Azure Machine Learning', 'What Azure Machine Learning keeps of its own.', []),
  other('azureml', 'Azure Machine Learning', 'What Azure Machine Learning keeps of its own.', []),
  other('automl', 'AutoML', 'What the AutoML that made the model keeps of its own.', []),
];

/** Where `keys` is empty nothing is known of its keys. */
function other(name: string, title: string, about: string, keys: readonly ModelKey[]): NamedFlavor {
  return [name, { title, about, keys, isLegacy: true }];
}

function removed(
  name: string,
  title: string,
  about: string,
  packageName: string,
  runsCode?: string,
): NamedFlavor {
  const versionKey = `${name}_version`;
  const loaderModules = [`mlflow.${name}`];
  const keys = [dataKey('data'), versionOf(versionKey, packageName)];
  const more = runsCode === undefined ? {} : { runsCode };
  return [name, { title, about, packageName, versionKey, loaderModules, keys, ...more, isLegacy: true }];
}
