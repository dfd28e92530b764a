import {
  builtIn,
  classKey,
  dataKey,
  flavorKey,
  type NamedFlavor,
  serializationKeys,
} from './flavorKnowledge';

const isPickle = 'it is a pickle';

/** Models of machine learning libraries that MLflow 3.17 saves. */
export const libraryFlavors: readonly NamedFlavor[] = [
  builtIn('sklearn', {
    title: 'scikit-learn',
    about: 'An estimator or pipeline of scikit-learn.',
    packageName: 'scikit-learn',
    versionKey: 'sklearn_version',
    keys: [dataKey('pickled_model', true), ...serializationKeys('pickle')],
  }),
  builtIn('xgboost', {
    title: 'XGBoost',
    about: 'A booster of XGBoost, or one of its estimators for scikit-learn.',
    packageName: 'xgboost',
    versionKey: 'xgb_version',
    keys: [
      dataKey('data', true),
      classKey('model_class'),
      flavorKey('text', 'model_format', 'How XGBoost wrote it.', { values: ['ubj', 'json', 'xgb'] }),
    ],
  }),
  builtIn('lightgbm', {
    title: 'LightGBM',
    about:
      "A booster of LightGBM, or one of its estimators for scikit-learn, which are serialized as scikit-learn's are.",
    packageName: 'lightgbm',
    versionKey: 'lgb_version',
    keys: [dataKey('data', true), classKey('model_class'), ...serializationKeys('cloudpickle')],
  }),
  builtIn('catboost', {
    title: 'CatBoost',
    about: 'A model of CatBoost.',
    packageName: 'catboost',
    versionKey: 'catboost_version',
    keys: [
      dataKey('data'),
      flavorKey('text', 'model_type', 'The class that the model was of, and is again when it is loaded.', {
        values: ['CatBoost', 'CatBoostClassifier', 'CatBoostRegressor', 'CatBoostRanker'],
        isRequired: true,
      }),
      flavorKey('text', 'save_format', 'How CatBoost wrote it, such as `cbm` or `json`.'),
    ],
  }),
  builtIn('pytorch', {
    title: 'PyTorch',
    about: 'A module of PyTorch: pickled, or exported as a graph (`model.pt2`).',
    packageName: 'torch',
    versionKey: 'pytorch_version',
    keys: [
      dataKey('model_data', true),
      flavorKey('mapping', 'requirements_file', 'A requirements file that was saved along.', {
        isLegacy: true,
      }),
    ],
    runsCode: 'it is a pickle unless it was exported',
  }),
  builtIn('tensorflow', {
    title: 'TensorFlow',
    about: 'A Keras model of TensorFlow, or a saved model.',
    packageName: 'tensorflow',
    keys: [
      flavorKey('text', 'model_type', 'Which of its kinds of model it is.', {
        values: ['keras', 'tf2-module', 'tf1-estimator'],
      }),
      // Which of the two it is the version of has changed: nothing can be checked against it.
      flavorKey('version', 'keras_version', 'The version of Keras or TensorFlow that saved the model.'),
      dataKey('data'),
      flavorKey('text', 'save_format', 'How Keras wrote it.', {
        values: ['tf', 'h5', 'keras'],
        fallback: 'h5',
      }),
      flavorKey('path', 'saved_model_dir', 'The folder of the saved model.'),
      flavorKey('list', 'meta_graph_tags', 'Which graph of the saved model it is.', { isLegacy: true }),
      flavorKey('text', 'signature_def_key', 'Which signature of the graph it is.', { isLegacy: true }),
      flavorKey('text', 'keras_module', 'The Keras that wrote it.', { isLegacy: true, runsCode: true }),
    ],
  }),
  builtIn('keras', {
    title: 'Keras',
    about: 'A model of Keras 3, on whichever backend.',
    packageName: 'keras',
    versionKey: 'keras_version',
    keys: [
      dataKey('data'),
      flavorKey('text', 'keras_backend', 'What Keras ran on.', { values: ['tensorflow', 'jax', 'torch'] }),
      flavorKey('boolean', 'save_exported_model', 'Whether it was exported for inference alone.'),
      flavorKey('text', 'keras_module', 'The Keras that wrote it, before Keras 3.', {
        isLegacy: true,
        runsCode: true,
      }),
      flavorKey('text', 'save_format', 'How it was written, before Keras 3.', { isLegacy: true }),
    ],
    loaderModules: ['mlflow.keras', 'mlflow.tensorflow'],
  }),
  builtIn('onnx', {
    title: 'ONNX',
    about: 'A graph in the exchange format ONNX, run by onnxruntime.',
    packageName: 'onnx',
    versionKey: 'onnx_version',
    keys: [
      dataKey('data', true),
      flavorKey('list', 'providers', 'What onnxruntime may run it on, the first that is there.'),
      flavorKey('mapping', 'onnx_session_options', "Options of onnxruntime's session."),
    ],
  }),
  builtIn('spark', {
    title: 'Spark ML',
    about: 'A pipeline or model of Spark ML. Loading it starts a Spark session.',
    packageName: 'pyspark',
    versionKey: 'pyspark_version',
    keys: [dataKey('model_data', true), classKey('model_class')],
  }),
  builtIn('johnsnowlabs', {
    title: 'John Snow Labs',
    about: 'A pipeline of Spark NLP by John Snow Labs. Loading it takes a Spark session and their licence.',
    packageName: 'johnsnowlabs',
    keys: [
      dataKey('model_data', true),
      flavorKey('version', 'pyspark_version', 'The version of pyspark that saved the model.'),
    ],
  }),
  builtIn('h2o', {
    title: 'H2O',
    about: 'A model of H2O. Loading it starts an H2O server, with Java.',
    packageName: 'h2o',
    versionKey: 'h2o_version',
    keys: [dataKey('data')],
  }),
  builtIn('statsmodels', {
    title: 'statsmodels',
    about: 'The results of a fit by statsmodels.',
    packageName: 'statsmodels',
    versionKey: 'statsmodels_version',
    keys: [dataKey('data')],
    runsCode: isPickle,
  }),
  builtIn('prophet', {
    title: 'Prophet',
    about: 'A forecast model of Prophet, kept as JSON.',
    packageName: 'prophet',
    versionKey: 'prophet_version',
    keys: [dataKey('data'), classKey('model_type')],
  }),
  builtIn('pmdarima', {
    title: 'pmdarima',
    about: 'An ARIMA model of pmdarima.',
    packageName: 'pmdarima',
    versionKey: 'pmdarima_version',
    keys: [dataKey('data'), classKey('model_type')],
    runsCode: isPickle,
  }),
  builtIn('spacy', {
    title: 'spaCy',
    about: 'A pipeline of spaCy. It is a Python function too only if it classifies texts.',
    packageName: 'spacy',
    versionKey: 'spacy_version',
    keys: [dataKey('data')],
  }),
  builtIn('paddle', {
    title: 'PaddlePaddle',
    about: 'A model of PaddlePaddle.',
    packageName: 'paddlepaddle',
    versionKey: 'paddle_version',
    keys: [dataKey('pickled_model', true)],
    runsCode: 'it may hold a pickle',
  }),
  builtIn('shap', {
    title: 'SHAP',
    about: 'An explainer of SHAP, with or without the model that it explains.',
    packageName: 'shap',
    versionKey: 'shap_version',
    keys: [
      dataKey('serialized_explainer', true),
      flavorKey(
        'text',
        'underlying_model_flavor',
        'The flavor of the model that it explains; `None` where it was not saved.',
        {
          isRequired: true,
        },
      ),
    ],
    runsCode: 'it holds pickles',
  }),
];
