import { ignoreCurrentFolder } from '../processes/importPath';
import type { Program } from '../processes/program';
import { composePythonEnvironment } from '../processes/pythonEnvironment';
import type { Launch, ProjectPlace } from './launch';

export interface RunOptions {
  readonly launch: Launch;
  /** A Python that has MLflow. */
  readonly python: string;
  /** The environment of this process. */
  readonly environment: NodeJS.ProcessEnv;
  /** Where MLflow keeps the run, and as whom: composeTrackingEnvironment. */
  readonly tracking: Readonly<Record<string, string>>;
  /** Where a project that MLflow fetches is run from. */
  readonly folder: string;
}

/** `python -m mlflow`, which the modules of the project that it runs in cannot get in the way of. */
const startMlflow = `${ignoreCurrentFolder}; import runpy; runpy.run_module("mlflow", run_name="__main__", alter_sys=True)`;

/**
 * `mlflow run`, as MLflow 2.0 and newer take it. A folder's own project is run inside of it, as `.`: that is where MLflow looks
 * for the paths among the parameters, and no name of a folder can then be taken for something else.
 */
export function composeRun({ launch, python, environment, tracking, folder }: RunOptions): Program {
  return {
    program: python,
    args: ['-c', startMlflow, 'run', ...listArguments(launch)],
    cwd: launch.project.kind === 'folder' ? launch.project.path : folder,
    env: composeEnvironment(launch, python, environment, tracking),
  };
}

/** The arguments behind `mlflow run`. No secret is among them: anybody on the machine may read them. */
export function listArguments(launch: Launch): readonly string[] {
  const { project, entryPoint, parameters, experiment, dockerArguments } = launch;
  const option = (name: string, value: string | undefined) => (value === undefined ? [] : [name, value]);
  return [
    addressOf(project),
    ...option('-e', entryPoint),
    ...option('-v', project.kind === 'remote' ? project.version : undefined),
    ...[...parameters].flatMap(([name, value]) => ['-P', `${name}=${value}`]),
    ...(launch.buildImage ? ['--build-image'] : []),
    ...[...(dockerArguments ?? [])].flatMap(([name, value]) => [
      '-A',
      value === '' ? name : `${name}=${value}`,
    ]),
    ...option('--experiment-id', experiment?.kind === 'id' ? experiment.id : undefined),
    ...option('--experiment-name', experiment?.kind === 'name' ? experiment.name : undefined),
    ...option('--run-name', launch.runName),
    ...option('--env-manager', launch.environmentManager),
    ...option('-b', launch.backend),
    ...option('-c', launch.backendConfig),
  ];
}

function addressOf(project: ProjectPlace): string {
  if (project.kind === 'folder') return '.';
  return project.subdirectory ? `${project.uri}#${project.subdirectory}` : project.uri;
}

/** Which run this process itself belongs to, and what would contradict the choice of an experiment. */
const aboutAnotherRun = /^MLFLOW_(RUN_ID|PARENT_RUN_ID)$/;
const aboutExperiment = /^MLFLOW_EXPERIMENT_(ID|NAME)$/;
const aboutTracking =
  /^MLFLOW_(TRACKING_(URI|USERNAME|PASSWORD|TOKEN)|REGISTRY_URI|WORKSPACE|ALLOW_FILE_STORE)$/;

/** The environment of MLflow's programs beside a store: without what is about another store, run or experiment. */
export function composeEnvironment(
  { experiment }: Pick<Launch, 'experiment'>,
  python: string,
  environment: NodeJS.ProcessEnv,
  tracking: Readonly<Record<string, string>>,
): NodeJS.ProcessEnv {
  const passes = (name: string): boolean =>
    !aboutAnotherRun.test(name) && !aboutTracking.test(name) && !(experiment && aboutExperiment.test(name));
  return {
    ...composePythonEnvironment(python, environment, passes),
    ...tracking,
  };
}
