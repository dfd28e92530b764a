import type { DocPage } from './docPages';

export type Severity = 'error' | 'warning' | 'information' | 'hint';

export interface CodeKnowledge {
  readonly severity: Severity;
  readonly page: DocPage;
  /** Shown faded: it could as well not be there. */
  readonly unnecessary?: true;
}

const error = (page: DocPage): CodeKnowledge => ({ severity: 'error', page });
const warning = (page: DocPage): CodeKnowledge => ({ severity: 'warning', page });
const information = (page: DocPage): CodeKnowledge => ({ severity: 'information', page });
const hint = (page: DocPage): CodeKnowledge => ({ severity: 'hint', page });
const faded = (knowledge: CodeKnowledge): CodeKnowledge => ({ ...knowledge, unnecessary: true });

/**
 * Every code that a diagnostic can have. Error: MLflow rejects the file, or dies in the run. Warning: it silently ignores
 * something, or reads it otherwise than it is meant. Information and hint: worth knowing.
 */
export const diagnosticCodes = {
  'yaml.syntax': error('project'),
  'yaml.duplicate-key': warning('project'),
  'yaml.key-not-text': warning('project'),
  'yaml.value-not-as-written': warning('parameters'),
  'yaml.number-as-text': hint('parameters'),

  'mlproject.never-read': warning('project'),
  'mlproject.empty': error('project'),
  'mlproject.shape': error('project'),
  'mlproject.unknown-key': warning('project'),
  'mlproject.ignored-remark': faded(hint('project')),
  'mlproject.malformed-key': warning('parameters'),

  'mlproject.several-environments': error('environments'),
  'mlproject.empty-environment': warning('environments'),
  'mlproject.missing-environment-file': error('environments'),

  'mlproject.docker-without-image': error('dockerEnv'),
  'mlproject.docker-without-name': error('dockerEnv'),
  'mlproject.docker-image-not-text': warning('dockerEnv'),
  'mlproject.docker-volume': error('dockerEnv'),
  'mlproject.docker-variable': error('dockerEnv'),
  'mlproject.docker-variable-extra': warning('dockerEnv'),

  'mlproject.spark-environment': error('databricks'),
  'mlproject.spark-without-work': error('databricks'),
  'mlproject.spark-with-entry-points': error('databricks'),
  'mlproject.spark-path-parameter': error('databricks'),
  'mlproject.spark-command': error('databricks'),
  'mlproject.spark-value': warning('databricks'),

  'mlproject.entry-point-shape': error('project'),
  'mlproject.unreachable-entry-point': warning('project'),
  'mlproject.without-command': error('project'),
  'mlproject.empty-command': warning('project'),
  'mlproject.parameter-shape': error('parameters'),
  'mlproject.type-is-value': warning('parameters'),
  'mlproject.unknown-type': warning('parameters'),
  'mlproject.undocumented-type': hint('parameters'),
  'mlproject.default-not-of-type': warning('parameters'),
  'mlproject.default-rejected': error('parameters'),
  'mlproject.default-is-none': information('parameters'),
  'mlproject.missing-default-path': warning('parameters'),
  'mlproject.unused-parameter': faded(warning('parameters')),

  'mlproject.undeclared-parameter': error('parameters'),
  'mlproject.shell-variable': error('project'),
  'mlproject.positional-placeholder': error('project'),
  'mlproject.command-format': error('project'),
  'mlproject.placeholder-access': error('project'),
  'mlproject.placeholder-part': warning('project'),
  'mlproject.quoted-placeholder': warning('parameters'),
  'mlproject.dollar-placeholder': warning('parameters'),

  'mlproject.missing-script': warning('project'),
  'mlproject.missing-folder': warning('project'),
  'mlproject.undeclared-option': warning('parameters'),
  'mlproject.option-type': warning('parameters'),
  'mlproject.flag-value': warning('parameters'),
  'mlproject.missing-option': warning('parameters'),
  'mlproject.option-from-run': information('parameters'),
  'mlproject.unknown-command': warning('project'),
  'mlproject.unknown-entry-point': warning('workflows'),
  'mlproject.missing-parameter': warning('workflows'),

  'mlmodel.empty': error('model'),
  'mlmodel.shape': error('model'),
  'mlmodel.key-rejected': error('model'),
  'mlmodel.shadowing-key': warning('model'),
  'mlmodel.misspelt-key': warning('model'),
  'mlmodel.unknown-key': information('model'),
  'mlmodel.legacy-key': faded(hint('model')),
  'mlmodel.newer-key': information('model'),
  'mlmodel.value-type': warning('model'),
  'mlmodel.unknown-value': warning('model'),
  'mlmodel.version-not-text': warning('model'),
  'mlmodel.env-vars': error('model'),
  'mlmodel.resources': error('model'),
  'mlmodel.id': information('model'),
  'mlmodel.runs-code': hint('model'),

  'mlmodel.no-flavors': error('model'),
  'mlmodel.misspelt-flavor': warning('model'),
  'mlmodel.unknown-flavor': information('model'),
  'mlmodel.flavor-shape': error('model'),
  'mlmodel.missing-key': error('model'),
  'mlmodel.loader': warning('model'),
  'mlmodel.predict-function': error('model'),
  'mlmodel.python-version': error('model'),
  'mlmodel.env': warning('modelDependencies'),
  'mlmodel.missing-file': error('model'),
  'mlmodel.missing-companion': warning('modelDependencies'),
  'mlmodel.version-contradiction': warning('modelDependencies'),
  'mlmodel.workspace-python': information('modelDependencies'),

  'mlmodel.empty-signature': error('signature'),
  'mlmodel.not-json': error('signature'),
  'mlmodel.json': error('signature'),
  'mlmodel.schema': error('signature'),
  'mlmodel.spec-key': error('signature'),
  'mlmodel.unknown-type': error('signature'),
  'mlmodel.mixed-columns': error('signature'),
  'mlmodel.parameter': error('signature'),
  'mlmodel.parameter-default': error('signature'),
  'mlmodel.repeated-name': warning('signature'),
  'mlmodel.required': warning('signature'),
  'mlmodel.silently-optional': information('signature'),
  'mlmodel.tensor-shape': warning('signature'),
  'mlmodel.tensor-default': warning('signature'),
  'mlmodel.without-signature': information('signature'),
  'mlmodel.example': warning('signature'),

  'python-env.empty': error('pythonEnv'),
  'python-env.shape': error('pythonEnv'),
  'python-env.unknown-key': error('pythonEnv'),
  'python-env.item': error('pythonEnv'),
  'python-env.requirement': warning('pythonEnv'),
  'python-env.version': warning('pythonEnv'),
  'python-env.missing-file': error('pythonEnv'),

  'conda-env.empty': error('condaEnv'),
  'conda-env.shape': error('condaEnv'),
  'conda-env.unknown-key': warning('condaEnv'),
  'conda-env.item': error('condaEnv'),
  'conda-env.several-pip': warning('condaEnv'),
  'conda-env.requirement': warning('condaEnv'),
  'conda-env.missing-file': error('condaEnv'),
  'conda-env.python-unpinned': error('condaEnv'),
  'conda-env.python-operator': error('condaEnv'),
  'conda-env.python-dropped': warning('condaEnv'),
  'conda-env.python-lowest': information('condaEnv'),
  'conda-env.package-dropped': hint('condaEnv'),
} as const satisfies Readonly<Record<string, CodeKnowledge>>;

export type DiagnosticCode = keyof typeof diagnosticCodes;
