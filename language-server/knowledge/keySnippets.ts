import type { Place } from './keys';

/** What is written for a key, with tab stops; of a key that is not here, its name and a colon. */
export const keySnippets: Readonly<Record<Place, Readonly<Record<string, string>>>> = {
  project: {
    name: 'name: ${1:project}',
    python_env: 'python_env: ${1:python_env.yaml}',
    conda_env: 'conda_env: ${1:conda.yaml}',
    docker_env: 'docker_env:\n  image: ${1:image}',
    databricks_spark_job: 'databricks_spark_job:\n  python_file: ${1:main.py}',
    entry_points: 'entry_points:\n  ${1:main}:\n    command: ${2:python train.py}',
  },
  entryPoint: {
    parameters: 'parameters:\n  ${1:name}: {type: ${2|string,float,int,path,uri|}, default: $3}',
    command: 'command: ${1:python train.py}',
  },
  parameter: {
    type: 'type: ${1|string,float,int,path,uri|}',
  },
  dockerEnv: {
    volumes: 'volumes: ["${1:/host/path}:${2:/container/path}"]',
    environment: 'environment: [[${1:NAME}, "${2:value}"]]',
  },
  sparkJob: {
    parameters: 'parameters: ["$1"]',
    python_libraries: 'python_libraries:\n  - $1',
  },
  pythonEnv: {
    python: 'python: "${1:3.11}"',
    build_dependencies: 'build_dependencies:\n  - ${1:pip}',
    dependencies: 'dependencies:\n  - ${1:mlflow}',
  },
  condaEnv: {
    channels: 'channels:\n  - ${1:conda-forge}',
    dependencies: 'dependencies:\n  - python=${1:3.11}\n  - pip\n  - pip:\n      - ${2:mlflow}',
  },
};

/** Inside of braces, where nothing can stand on lines of its own. */
export const flowSnippets: Readonly<Record<string, string>> = {
  type: 'type: ${1|string,float,int,path,uri|}',
};
