import type { KeyKnowledge, Shape } from './keyKnowledge';

function pythonEnvShape(name: string, type: 'str' | 'list', word: string): Shape {
  const dies = `TypeError: \`${name}\` must be a ${word} but got <class '{type}'>`;
  return { types: [type, 'NoneType'], emptyIsAbsent: false, dies };
}

/** The keys of a python_env.yaml: any other is an error. */
export const pythonEnvKeys: readonly KeyKnowledge[] = [
  {
    name: 'python',
    doc: 'The version of Python, in quotes: `"3.11"` or `"3.11.7"`. Without it, the version that runs MLflow.',
    accepts: 'a version, as text',
    misspellings: ['python_version', 'version'],
    page: 'pythonEnv',
    shape: pythonEnvShape('python', 'str', 'string'),
  },
  {
    name: 'build_dependencies',
    doc: 'What pip installs first, such as `pip`, `setuptools` and `wheel`.',
    accepts: 'a list of requirements',
    misspellings: ['build', 'build_deps', 'build_requires'],
    page: 'pythonEnv',
    shape: pythonEnvShape('build_dependencies', 'list', 'list'),
  },
  {
    name: 'dependencies',
    doc: 'What pip installs then: the lines of a requirements file, so `-r requirements.txt` is one too.',
    accepts: 'a list of requirements',
    misspellings: ['deps', 'requirements', 'packages', 'install_requires', 'pip'],
    page: 'pythonEnv',
    shape: pythonEnvShape('dependencies', 'list', 'list'),
  },
];

/** The keys of a conda.yaml that conda knows; MLflow itself reads `dependencies` alone, with virtualenv and uv. */
export const condaEnvKeys: readonly KeyKnowledge[] = [
  {
    name: 'name',
    doc: 'What conda would call the environment; MLflow gives it a name of its own.',
    accepts: 'text',
    page: 'condaEnv',
  },
  {
    name: 'channels',
    doc: 'Where conda looks for packages, the first before the others.',
    accepts: 'a list of channels',
    misspellings: ['channel'],
    page: 'condaEnv',
  },
  {
    name: 'dependencies',
    doc: 'What conda installs; `- pip: […]` lists what pip installs. With `--env-manager virtualenv` or `uv` MLflow takes of it only the pip list and plain pins of `python`, `pip`, `setuptools` and `wheel`.',
    accepts: 'a list of packages and at most one `pip:` list',
    misspellings: ['deps', 'requirements', 'packages'],
    page: 'condaEnv',
    shape: {
      types: ['list', 'str', 'dict', 'set', 'bytes'],
      emptyIsAbsent: false,
      dies: "TypeError: '{type}' object is not iterable",
    },
  },
  { name: 'prefix', doc: 'Where the environment lies; of no use here.', accepts: 'a path', page: 'condaEnv' },
  {
    name: 'variables',
    doc: 'Environment variables of the environment.',
    accepts: 'a mapping',
    page: 'condaEnv',
  },
  { name: 'platforms', doc: 'The platforms that it is for.', accepts: 'a list', page: 'condaEnv' },
  { name: 'category', doc: 'Used by conda-lock.', accepts: 'text', page: 'condaEnv' },
];
