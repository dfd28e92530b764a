import type { KeyKnowledge, Shape } from './keyKnowledge';
import { parameterTypes } from './parameterTypes';

const noAttribute = (name: string) => `AttributeError: '{type}' object has no attribute '${name}'`;
const noPath = "TypeError: join() argument must be str, bytes, or os.PathLike object, not '{type}'";
const path: Shape = { types: ['str'], emptyIsAbsent: true, dies: noPath };

/** The keys at the root of an MLproject. */
export const projectKeys: readonly KeyKnowledge[] = [
  {
    name: 'name',
    doc: 'What the project is called. Runs in Docker and on Kubernetes need it, since images and jobs are named after it; elsewhere it is for people.',
    accepts: 'text',
    misspellings: ['title', 'project', 'project_name'],
    page: 'project',
  },
  {
    name: 'python_env',
    doc: 'The file that lists the Python version and the packages, for virtualenv or uv. A project has one environment: this one, `conda_env` or `docker_env`. Where none is named, `python_env.yaml` and then `conda.yaml` beside the MLproject are used.',
    accepts: 'the path of a file, relative to the project',
    misspellings: ['virtualenv', 'venv', 'env', 'environment', 'pip_env', 'requirements'],
    page: 'pythonEnv',
    shape: path,
  },
  {
    name: 'conda_env',
    doc: 'The file that conda makes the environment of. A project has one environment: this one, `python_env` or `docker_env`.',
    accepts: 'the path of a file, relative to the project',
    misspellings: ['conda', 'conda_file', 'conda_environment'],
    page: 'condaEnv',
    shape: path,
  },
  {
    name: 'docker_env',
    doc: 'The Docker image that commands run in, with its volumes and environment variables. The project needs a `name` then.',
    accepts: 'a mapping with `image`, `volumes` and `environment`',
    misspellings: ['docker', 'docker_image', 'container', 'dockerfile'],
    page: 'dockerEnv',
    shape: { types: ['dict'], emptyIsAbsent: true, dies: noAttribute('get') },
  },
  {
    name: 'databricks_spark_job',
    doc: 'A Spark job on Databricks instead of entry points: a Python file with its parameters and libraries.',
    accepts: 'a mapping with `python_file`, `parameters` and `python_libraries`',
    misspellings: ['spark_job', 'databricks'],
    page: 'databricks',
    shape: { types: ['dict', 'NoneType'], emptyIsAbsent: false, dies: noAttribute('get') },
  },
  {
    name: 'entry_points',
    doc: 'What can be run, by name; `mlflow run` runs `main` unless told otherwise.',
    accepts: 'a mapping of names to entry points',
    misspellings: ['entrypoint', 'entry', 'commands', 'scripts', 'steps', 'tasks'],
    page: 'project',
    shape: { types: ['dict'], emptyIsAbsent: false, dies: noAttribute('items') },
  },
];

/** The keys of an entry point. */
export const entryPointKeys: readonly KeyKnowledge[] = [
  {
    name: 'parameters',
    doc: 'What the command can be given, by name, each with a type and perhaps a default. A parameter without a default must be given with `-P`.',
    accepts: 'a mapping of names to types or to parameters',
    misspellings: ['params', 'args', 'arguments', 'options', 'inputs'],
    page: 'parameters',
    shape: { types: ['dict'], emptyIsAbsent: false, dies: noAttribute('items') },
  },
  {
    name: 'command',
    doc: "The command line, run by bash (on Windows by cmd) in the project's folder. `{name}` stands for a parameter's value, already quoted for the shell; `{{` and `}}` are braces.",
    accepts: 'text',
    misspellings: ['cmd', 'run', 'script', 'exec', 'commands'],
    page: 'project',
    shape: { types: ['str'], emptyIsAbsent: false, dies: noAttribute('format') },
  },
];

/** The keys of a parameter that is written as a mapping. */
export const parameterKeys: readonly KeyKnowledge[] = [
  {
    name: 'type',
    doc: 'What the value is. Only `path` (must exist, remote files are downloaded) and `uri` (must have a scheme) change anything; every other word is text to MLflow.',
    accepts: 'a type',
    values: parameterTypes.map(({ name }) => name),
    misspellings: ['dtype', 'kind', 'typ'],
    page: 'parameters',
  },
  {
    name: 'default',
    doc: "The value that is used unless `-P` gives another. It goes into the command as Python's `str()` writes it: `true` becomes `True`. Without it, or with null, the parameter must be given.",
    accepts: 'any value',
    misspellings: ['value', 'defaults', 'default_value', 'initial'],
    page: 'parameters',
  },
];

/** The keys of `docker_env`. */
export const dockerEnvKeys: readonly KeyKnowledge[] = [
  {
    name: 'image',
    doc: 'The image to run in, as `docker run` takes it.',
    accepts: 'text',
    misspellings: ['base_image', 'docker_image', 'container'],
    page: 'dockerEnv',
  },
  {
    name: 'volumes',
    doc: 'What is mounted: each is handed to `docker run -v` as it stands, so `~` and variables are not expanded.',
    accepts: 'a list of texts, such as `/host/path:/container/path`',
    misspellings: ['volume', 'mounts'],
    page: 'dockerEnv',
    shape: {
      types: ['list'],
      emptyIsAbsent: true,
      dies: 'ExecutionException: Docker volumes must be a list of strings',
    },
  },
  {
    name: 'environment',
    doc: 'Environment variables in the container: a name alone is copied from this machine, where it must be set; `[NAME, value]` sets one.',
    accepts: 'a list of names and of pairs',
    misspellings: ['env', 'environments', 'env_vars', 'variables'],
    page: 'dockerEnv',
    shape: {
      types: ['list'],
      emptyIsAbsent: true,
      dies: 'ExecutionException: environment must be a list containing either strings or lists of string pairs',
    },
  },
];

/** The keys of `databricks_spark_job`. */
export const sparkJobKeys: readonly KeyKnowledge[] = [
  {
    name: 'python_file',
    doc: 'The Python file that the job runs. With it there are no entry points.',
    accepts: 'a path or address that Databricks can read',
    misspellings: ['file', 'script', 'python_script'],
    page: 'databricks',
  },
  {
    name: 'parameters',
    doc: 'What the Python file is given on its command line.',
    accepts: 'a list of texts',
    misspellings: ['params', 'args'],
    page: 'databricks',
  },
  {
    name: 'python_libraries',
    doc: 'Packages that are installed for the job.',
    accepts: 'a list of requirements',
    misspellings: ['libraries', 'dependencies', 'packages'],
    page: 'databricks',
  },
];
