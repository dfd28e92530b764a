import type { FlavorKnowledge } from './flavorKnowledge';
import { languageFlavors } from './languageFlavors';
import { libraryFlavors } from './libraryFlavors';
import type { ModelKey } from './modelKey';
import { otherFlavors } from './otherFlavors';
import { pyfuncKeys } from './pyfuncKeys';

const pyfunc: FlavorKnowledge = {
  title: 'Python function',
  about:
    'The model as a Python function from data frames, arrays or text to predictions, whatever library it is of. Serving, `mlflow models predict` and Spark load this one.',
  module: 'mlflow.pyfunc',
  // Written by mlflow.pyfunc itself, for models that are Python classes, scripts or functions.
  loaderModules: [
    'mlflow.pyfunc.model',
    'mlflow.pyfunc.loaders.code_model',
    'mlflow.pyfunc.loaders.chat_model',
    'mlflow.pyfunc.loaders.chat_agent',
    'mlflow.pyfunc.loaders.responses_agent',
    'mlflow.prompt.promptlab_model',
    'databricks.feature_store.mlflow_model',
  ],
  keys: pyfuncKeys,
};

/** By the name that an MLmodel gives them, in the order in which they are proposed. */
export const flavors: ReadonlyMap<string, FlavorKnowledge> = new Map([
  ['python_function', pyfunc],
  ...libraryFlavors,
  ...languageFlavors,
  ...otherFlavors,
]);

/** Modules of MLflow that trace or log by themselves but save no models: no MLmodel has them. */
export const flavorsWithoutModels: ReadonlySet<string> = new Set(
  (
    'ag2 agno anthropic autogen bedrock crewai gemini groq haystack litellm mistral otel pydantic_ai semantic_kernel ' +
    'smolagents strands typesafe'
  ).split(' '),
);

/** What people call a flavor when they do not say its name, by lower case. */
const otherNames: ReadonlyMap<string, string> = new Map([
  ['pyfunc', 'python_function'],
  ['python', 'python_function'],
  ['function', 'python_function'],
  ['scikit-learn', 'sklearn'],
  ['scikit_learn', 'sklearn'],
  ['scikitlearn', 'sklearn'],
  ['torch', 'pytorch'],
  ['tf', 'tensorflow'],
  ['xgb', 'xgboost'],
  ['lgb', 'lightgbm'],
  ['lgbm', 'lightgbm'],
  ['pyspark', 'spark'],
  ['sparkml', 'spark'],
  ['paddlepaddle', 'paddle'],
  ['huggingface', 'transformers'],
  ['sentence-transformers', 'sentence_transformers'],
  ['llamaindex', 'llama_index'],
  ['llama-index', 'llama_index'],
]);

export function findFlavor(name: string): FlavorKnowledge | undefined {
  return flavors.get(name);
}

/** What is known of a flavor's key; undefined of a key or flavor that nobody knows. */
export function findFlavorKey(flavor: string, name: string): ModelKey | undefined {
  return findFlavor(flavor)?.keys.find((key) => key.name === name);
}

/** The flavor that another of its names means: of `scikit-learn` sklearn; undefined of no such name. */
export function flavorCalled(name: string): string | undefined {
  return otherNames.get(name.toLowerCase());
}

/** The flavor that a `loader_module` belongs to; undefined of modules that are not MLflow's. */
export function flavorOfLoader(module: string): string | undefined {
  for (const [name, { loaderModules }] of flavors) if (loaderModules?.includes(module)) return name;
  return undefined;
}
