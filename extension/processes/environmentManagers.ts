import { existsSync } from 'node:fs';
import { delimiter, dirname, isAbsolute, join } from 'node:path';
import { isBefore } from './mlflowVersion';

/** Whether MLflow could make environments by a manager here, and why (not), for people. */
export interface FoundManager {
  readonly name: 'local' | 'virtualenv' | 'uv' | 'conda';
  readonly isThere: boolean;
  /** Where it is, or what is missing. */
  readonly reason: string;
}

/** The Python that runs MLflow: what lies beside it comes first. */
export interface MlflowPython {
  readonly python: string;
  /** The version of its MLflow; undefined where none was found. */
  readonly version?: string | undefined;
}

export interface ManagerSources {
  readonly python: MlflowPython;
  readonly environment: Readonly<Partial<Record<string, string>>>;
  readonly platform: NodeJS.Platform;
  readonly exists: (path: string) => boolean;
}

/** The managers that `mlflow run` and `mlflow models serve` know, in the order in which to offer them, found as MLflow finds them. */
export function findEnvironmentManagers(sources: ManagerSources): readonly FoundManager[] {
  const conda = findConda(sources);
  return [
    { name: 'local', isThere: true, reason: sources.python.python },
    found('virtualenv', findVirtualenv(sources)),
    found('uv', findUv(sources)),
    found(
      'conda',
      conda ?? {
        missing: 'there is no conda on PATH, and neither CONDA_EXE nor MLFLOW_CONDA_HOME names one',
      },
    ),
  ];
}

/** Those of this process's own machine and environment. */
export function findManagersHere(python: MlflowPython): readonly FoundManager[] {
  const { env: environment, platform } = process;
  return findEnvironmentManagers({ python, environment, platform, exists: existsSync });
}

interface Missing {
  readonly missing: string;
}

function found(name: FoundManager['name'], what: string | Missing): FoundManager {
  return typeof what === 'string'
    ? { name, isThere: true, reason: what }
    : { name, isThere: false, reason: what.missing };
}

/** MLflow looks for a Python of the right version by pyenv, and makes the environment by virtualenv, from 3.10 on by that Python. */
function findVirtualenv(sources: ManagerSources): string | Missing {
  const pyenv = findProgram('pyenv', sources);
  if (pyenv === undefined) return { missing: 'there is no pyenv on PATH, which MLflow needs for it' };
  if (!isBefore(sources.python.version, 3, 10)) return pyenv;
  const virtualenv = findProgram('virtualenv', sources);
  return virtualenv ?? { missing: 'there is no virtualenv on PATH or beside Python' };
}

function findUv(sources: ManagerSources): string | Missing {
  const { version } = sources.python;
  if (isBefore(version, 2, 20))
    return { missing: `MLflow ${version ?? ''} cannot use uv, only 2.20 and newer` };
  return findProgram('uv', sources) ?? { missing: 'there is no uv on PATH or beside Python' };
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
  const folders = [dirname(python.python), ...path.split(delimiter)].filter((folder) => isAbsolute(folder));
  return folders.flatMap((folder) => names.map((one) => join(folder, one))).find(exists);
}
