import type { RegisteredVersion } from '../documents/registeredMeta';
import type {
  CondaEnvDocument,
  EnvironmentDocument,
  MlmodelDocument,
  PythonEnvDocument,
  RequirementsDocument,
} from './openDocument';

/** What lies beside an MLmodel and says what it needs. Absent: not there, or not to be read. */
export interface ModelFacts {
  /** The MLmodel itself, for a document that lies beside it. */
  readonly mlmodel?: MlmodelDocument;
  readonly requirements?: RequirementsDocument;
  readonly condaEnv?: CondaEnvDocument;
  readonly pythonEnv?: PythonEnvDocument;
  /** The columns of the input example, if it is a table. */
  readonly exampleColumns?: ReadonlySet<string>;
  /** As which version of a registered model it was downloaded. */
  readonly registered?: RegisteredVersion;
}

/** The files that MLflow writes beside an MLmodel, by kind. */
export const companionNames: Readonly<Record<EnvironmentDocument['kind'], string>> = {
  requirements: 'requirements.txt',
  condaEnv: 'conda.yaml',
  pythonEnv: 'python_env.yaml',
};
