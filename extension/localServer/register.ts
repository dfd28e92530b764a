import * as vscode from 'vscode';
import { registerCommand, type ServerTarget } from '../manifest';
import type { ServerCommands, ServerCommandsOptions } from './serverCommands';

/** What of the Python extension's API we need; its own types are a package that we can do without. */
interface PythonApi {
  readonly environments: {
    getActiveEnvironmentPath(resource?: vscode.Uri): { readonly path: string };
    resolveEnvironment(environment: {
      readonly path: string;
    }): Promise<{ readonly executable: { readonly uri?: vscode.Uri | undefined } } | undefined>;
  };
}

/** `mlflow.server.start` and `mlflow.server.stop`. The servers end with what this returns. */
export function registerLocalServer(
  options: Omit<ServerCommandsOptions, 'findActivePython'>,
): vscode.Disposable {
  const { report } = options;
  let loading: Promise<ServerCommands> | undefined;
  const load = (): Promise<ServerCommands> =>
    (loading ??= import('./serverCommands').then(
      ({ ServerCommands }) => new ServerCommands({ ...options, findActivePython }),
    ));
  return vscode.Disposable.from(
    registerCommand('mlflow.server.start', report.error, async (target?: ServerTarget) =>
      (await load()).start(target),
    ),
    registerCommand('mlflow.server.stop', report.error, async () => (await load()).stop()),
    { dispose: () => loading?.then((commands) => commands.dispose()) },
  );
}

/** The interpreter chosen in the Python extension. Whatever goes wrong there means that none is. */
async function findActivePython(folder: vscode.Uri | undefined): Promise<string | undefined> {
  const extension = vscode.extensions.getExtension<PythonApi>('ms-python.python');
  if (!extension) return undefined;
  try {
    const { environments } = await extension.activate();
    const environment = await environments.resolveEnvironment(environments.getActiveEnvironmentPath(folder));
    return environment?.executable.uri?.fsPath;
  } catch {
    return undefined;
  }
}
