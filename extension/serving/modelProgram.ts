import type { FoundManager } from '../processes/environmentManagers';
import type { Program } from '../processes/program';
import { composePythonEnvironment } from '../processes/pythonEnvironment';

export type ManagerName = FoundManager['name'];

export interface ModelProgramOptions {
  readonly python: string;
  /** The environment of this process. */
  readonly environment: NodeJS.ProcessEnv;
  /** MLflow's own variables for the store of the connection; undefined without a connection. */
  readonly tracking: Readonly<Record<string, string>> | undefined;
  /** The working directory: models may need modules that lie there. */
  readonly folder: string;
}

/** Variables of the user's environment that are about a store and its login, or about a run that is under way. */
const aboutAnotherStore =
  /^MLFLOW_(TRACKING_(URI|USERNAME|PASSWORD|TOKEN)|REGISTRY_URI|WORKSPACE|RUN_ID|EXPERIMENT_\w+)$/;

/** `python -m mlflow …` beside the store of the connection, whose credentials are in its environment only. */
export function composeModelProgram(
  { python, environment, tracking, folder }: ModelProgramOptions,
  args: readonly string[],
): Program {
  const passes = (name: string): boolean => tracking === undefined || !aboutAnotherStore.test(name);
  return {
    program: python,
    args: ['-m', 'mlflow', ...args],
    cwd: folder,
    env: {
      ...composePythonEnvironment(python, environment, passes),
      ...tracking,
      MLFLOW_ENABLE_ARTIFACTS_PROGRESS_BAR: 'false',
    },
  };
}

// Values follow `=`, so that none is taken for an option.

export function serveArguments(uri: string, port: number, manager: ManagerName): readonly string[] {
  return [
    ...['models', 'serve', `--model-uri=${uri}`, '--host=127.0.0.1', `--port=${port}`, '--workers=1'],
    `--env-manager=${manager}`,
  ];
}

export interface PredictArguments {
  readonly uri: string;
  readonly input: string;
  readonly output: string;
  readonly contentType: 'json' | 'csv';
  readonly manager: ManagerName;
}

export function predictArguments(options: PredictArguments): readonly string[] {
  const { uri, input, output, contentType, manager } = options;
  return [
    ...['models', 'predict', `--model-uri=${uri}`, `--input-path=${input}`, `--output-path=${output}`],
    ...[`--content-type=${contentType}`, `--env-manager=${manager}`],
  ];
}

export function buildDockerArguments(uri: string, image: string): readonly string[] {
  return ['models', 'build-docker', `--model-uri=${uri}`, `--name=${image}`];
}

export function dockerfileArguments(uri: string, folder: string): readonly string[] {
  return ['models', 'generate-dockerfile', `--model-uri=${uri}`, `--output-directory=${folder}`];
}

/** The name of an image for a model, as Docker takes it: lower case, digits and single separators. */
export function suggestImage(name: string): string {
  const clean = name
    .toLowerCase()
    .replace(/[^a-z\d]+/g, '-')
    .replace(/^-+|-+$/g, '');
  return clean === '' ? 'mlflow-model' : clean;
}

/** What is wrong with an image's name; undefined when nothing is. */
export function findImageProblem(image: string): string | undefined {
  const isImage = /^[a-z\d][a-z\d._/:-]*$/.test(image) && image.length <= 255;
  return isImage
    ? undefined
    : 'The name of an image holds small letters, digits, and . _ - / : only, and begins with a letter or digit.';
}
