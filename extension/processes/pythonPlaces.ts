import { delimiter, isAbsolute, join } from 'node:path';

/** A Python to try, and why. */
export interface PythonPlace {
  /** Its path, or a bare name where PATH has none of it. */
  readonly python: string;
  /** For people: “the setting mlflow.python.path”. */
  readonly reason: string;
}

export interface PythonSources {
  /** `mlflow.python.path`; undefined when nobody set it. */
  readonly setting: string | undefined;
  /** The interpreter chosen in the Python extension; undefined without that extension. */
  readonly active: string | undefined;
  /** The workspace's folders; none in an untrusted workspace. */
  readonly folders: readonly string[];
  /** The variable PATH. */
  readonly path: string;
  readonly platform: NodeJS.Platform;
}

/**
 * The Pythons that may have MLflow, likeliest first: the setting's and no other where there is one, else the Python
 * extension's, those of `.venv` and `venv` in the workspace, and PATH's `python3` and `python`. Whether they exist is
 * not looked at.
 */
export function listPythonPlaces(sources: PythonSources): readonly PythonPlace[] {
  const { setting, active, folders, path, platform } = sources;
  if (setting !== undefined) {
    return [{ python: expand(setting, folders[0]), reason: 'the setting mlflow.python.path' }];
  }
  const isWindows = platform === 'win32';
  const inside = isWindows ? ['Scripts', 'python.exe'] : ['bin', 'python'];
  const environments = folders.flatMap((folder) =>
    ['.venv', 'venv'].map((name) => ({
      python: join(folder, name, ...inside),
      reason: `${name} in the workspace`,
    })),
  );
  const onPath = ['python3', 'python'].flatMap((name) =>
    listOnPath(path).map((folder) => ({
      python: join(folder, isWindows ? `${name}.exe` : name),
      reason: `${name} on PATH`,
    })),
  );
  const chosen =
    active === undefined ? [] : [{ python: active, reason: 'the interpreter of the Python extension' }];
  return withoutRepetition([...chosen, ...environments, ...onPath]);
}

/** A relative path begins in the workspace; a bare name is looked for on PATH by whoever starts it. */
function expand(setting: string, folder: string | undefined): string {
  const isBareName = !/[\\/]/.test(setting);
  if (isBareName || isAbsolute(setting) || folder === undefined) return setting;
  return join(folder, setting);
}

/** Relative folders on PATH mean whatever folder one happens to be in: they are left out. */
function listOnPath(path: string): readonly string[] {
  return path.split(delimiter).filter((folder) => isAbsolute(folder));
}

function withoutRepetition(places: readonly PythonPlace[]): readonly PythonPlace[] {
  const seen = new Set<string>();
  return places.filter(({ python }) => !seen.has(python) && seen.add(python));
}
