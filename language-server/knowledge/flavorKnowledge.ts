import { keyMaker, type ModelKey } from './modelKey';

/** What is known of a flavor: what it writes into an MLmodel, and how such a model is loaded (reference/MLMODEL.md §5). */
export interface FlavorKnowledge {
  /** For people: `scikit-learn`. */
  readonly title: string;
  /** In our words, one or two sentences, in Markdown. */
  readonly about: string;
  /** The Python package that it needs, as pip names it; undefined where there is none. */
  readonly packageName?: string;
  /** The key that says the version of that package. */
  readonly versionKey?: string;
  /** `loader_module` of python_function for this flavor; undefined where it has no pyfunc. */
  readonly loaderModules?: readonly string[];
  /** The module whose `load_model` loads it in Python: `mlflow.sklearn`; undefined where there is none for MLflow 3.17. */
  readonly module?: string;
  readonly keys: readonly ModelKey[];
  /** Why loading such a model runs code that it holds: a clause, `it is a pickle`. Of other flavors, keys may tell by `runsCode`. */
  readonly runsCode?: string;
  /** MLflow 3.17 no longer has it, or never had: others brought it. */
  readonly isLegacy?: true;
}

/** By the name that an MLmodel gives it. */
export type NamedFlavor = readonly [name: string, flavor: FlavorKnowledge];

export const flavorKey = keyMaker('model');

/** What most flavors write beside their own. */
const commonKeys: readonly ModelKey[] = [
  flavorKey(
    'path',
    'code',
    'A folder with Python code that was saved along: it can be imported while the model is loaded.',
    { runsCode: true },
  ),
  flavorKey('list', 'extra_files', 'Files that were saved along, each with its `path`.'),
];

/** `data` under its many names: where the model itself lies. */
export function dataKey(name: string, isRequired?: true): ModelKey {
  const doc = 'The file or folder of the model itself.';
  return flavorKey('path', name, doc, { ...(isRequired && { isRequired }) });
}

/** Which class the model was, of which the loader makes it again. */
export function classKey(name: string): ModelKey {
  return flavorKey('text', name, 'The class that the model was of, and is again when it is loaded.');
}

/** A flavor of MLflow's own: `mlflow.<name>` loads it, for Python functions too. */
export function builtIn(name: string, { keys, ...told }: FlavorKnowledge): NamedFlavor {
  const { packageName, versionKey } = told;
  const module = `mlflow.${name}`;
  const version =
    packageName !== undefined && versionKey !== undefined ? [versionOf(versionKey, packageName)] : [];
  return [name, { module, loaderModules: [module], ...told, keys: [...keys, ...version, ...commonKeys] }];
}

/** Which version of a package saved the model. */
export function versionOf(key: string, packageName: string): ModelKey {
  return flavorKey('version', key, `The version of ${packageName} that saved the model.`);
}

/** What a flavor keeps of the serialization of scikit-learn models. `fallback` is what it is where nothing is written. */
export function serializationKeys(fallback: string): readonly ModelKey[] {
  return [
    flavorKey(
      'text',
      'serialization_format',
      'How the model was written. Pickles run whatever code they hold; skops loads only types that it is told to trust.',
      { values: ['skops', 'cloudpickle', 'pickle'], runsCode: ['cloudpickle', 'pickle'], fallback },
    ),
    flavorKey(
      'list',
      'skops_trusted_types',
      'Types that skops may load beside those that it trusts by itself.',
      { since: 3 },
    ),
  ];
}
