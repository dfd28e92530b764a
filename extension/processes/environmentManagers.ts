import { delimiter, dirname, isAbsolute, join } from 'node:path';

/** Whether MLflow could make environments by a manager here, and why (not), for people. */
export interface FoundManager {
  readonly name: 'local' | 'virtualenv' | 'uv' | 'conda';
  readonly isThere: boolean;
  /** Where it is, or what is missing. */
  readonly reason: string;
}

export interface ManagerSources {
  /** The Python that runs MLflow: what lies beside it comes first. */
  readonly python: string;
  readonly environment: Readonly<Partial<Record<string, string>>>;
  readonly platform: NodeJS.Platform;
  readonly exists: (path: string) => boolean;
}

/** The managers that `mlflow run` and `mlflow models serve` know, in the order in which to offer them, found as MLflow finds them. */
export function findEnvironmentManagers(sources: ManagerSources): readonly FoundManager[] {
  const { python } = sources;
  const pyenv = findProgram('pyenv', sources);
  const uv = findProgram('uv', sources);
  const conda = findConda(sources);
  return [
    { name: 'local', isThere: true, reason: python },
    found('virtualenv', findVirtualenv(pyenv, sources)),
    found('uv', uv ?? { missing: 'there is no uv on PATH or beside Python' }),
    found(
      'conda',
      conda ?? {
        missing: 'there is no conda on PATH, and neither CONDA_EXE nor MLFLOW_CONDA_HOME names one',
      },
    ),
  ];
}

interface Missing {
  readonly missing: string;
}

function found(name: FoundManager['name'], what: string | Missing): FoundManager {
  return typeof what === 'string'
    ? { name, isThere: true, reason: what }
    : { name, isThere: false, reason: what.missing };
}

/** MLflow looks for a Python of the right version by pyenv, and makes the environment by virtualenv. */
function findVirtualenv(pyenv: string | undefined, sources: ManagerSources): string | Missing {
  if (pyenv === undefined) return { missing: 'there is no pyenv on PATH, which MLflow needs for it' };
  const virtualenv = findProgram('virtualenv', sources);
  return virtualenv ?? { missing: 'there is no virtualenv on PATH or beside Python' };
}

function findConda(sources: ManagerSources): string | undefined {
  const { environment, exists } = sources;
  const home = environment['MLFLOW_CONDA_HOME'];
  const named = home ? join(home, 'bin', 'conda') : environment['CONDA_EXE'];
  if (named) return exists(named) ? named : undefined;
  return findProgram('conda', sources);
}

/** The first program of that name beside Python and then on PATH; relative folders on PATH are left out. */
function findProgram(
  name: string,
  { python, environment, platform, exists }: ManagerSources,
): string | undefined {
  const isWindows = platform === 'win32';
  const names = isWindows ? [`${name}.exe`, `${name}.bat`, `${name}.cmd`] : [name];
  const path = environment['PATH'] ?? environment['Path'] ?? '';
  const folders = [dirname(python), ...path.split(delimiter)].filter((folder) => isAbsolute(folder));
  return folders.flatMap((folder) => names.map((one) => join(folder, one))).find(exists);
}
