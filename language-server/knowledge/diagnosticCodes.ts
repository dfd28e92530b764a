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
  'mlproject.undeclared-option': warning('parameters'),
  'mlproject.option-type': warning('parameters'),
  'mlproject.unknown-entry-point': warning('workflows'),
  'mlproject.missing-parameter': warning('workflows'),

  'python-env.empty': error('pythonEnv'),
  'python-env.shape': error('pythonEnv'),
  'python-env.unknown-key': error('pythonEnv'),
  'python-env.item': error('pythonEnv'),
  'python-env.requirement': warning('pythonEnv'),
  'python-env.version': warning('pythonEnv'),

  'conda-env.empty': error('condaEnv'),
  'conda-env.shape': error('condaEnv'),
  'conda-env.unknown-key': warning('condaEnv'),
  'conda-env.item': error('condaEnv'),
  'conda-env.several-pip': warning('condaEnv'),
  'conda-env.requirement': warning('condaEnv'),
  'conda-env.python-unpinned': error('condaEnv'),
  'conda-env.python-operator': error('condaEnv'),
  'conda-env.python-dropped': warning('condaEnv'),
  'conda-env.python-lowest': information('condaEnv'),
  'conda-env.package-dropped': hint('condaEnv'),
} as const satisfies Readonly<Record<string, CodeKnowledge>>;

export type DiagnosticCode = keyof typeof diagnosticCodes;
