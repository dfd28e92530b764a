/** What is known of a flavor: what it writes into an MLmodel, and how such a model is loaded (reference/MLMODEL.md §5). */
export interface FlavorKnowledge {
  /** For people: `scikit-learn`. */
  readonly title: string;
  /** In our words, one or two sentences. */
  readonly about: string;
  /** The Python package that it needs, as pip names it; undefined where there is none. */
  readonly packageName?: string;
  /** The key that says the version of that package. */
  readonly versionKey?: string;
  /** `loader_module` of python_function for this flavor; undefined where it has no pyfunc. */
  readonly loaderModules?: readonly string[];
  /** How it is loaded in Python, by the name of its module: `mlflow.sklearn`. */
  readonly module?: string;
  readonly keys: Readonly<Record<string, FlavorKey>>;
  /** MLflow 3.17 no longer has it, or never had. */
  readonly isLegacy?: true;
}

export interface FlavorKey {
  readonly about: string;
  readonly type: 'text' | 'version' | 'number' | 'boolean' | 'list' | 'mapping' | 'path' | 'any';
  readonly isRequired?: true;
  readonly values?: readonly string[];
  /** Loading runs code that this names: a reader of a foreign model should know. */
  readonly runsCode?: true;
}
