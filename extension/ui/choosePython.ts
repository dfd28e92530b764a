import * as vscode from 'vscode';
import { findPython, type FoundPython } from '../processes/findPython';
import { listPythonPlaces } from '../processes/pythonPlaces';

export interface PythonChoice {
  /** The setting `mlflow.python.path`; undefined when nobody set it. */
  readonly setting: string | undefined;
  /** For whose sake: the Python extension may know an interpreter for each folder. */
  readonly folder: vscode.Uri | undefined;
  readonly log: (line: string) => void;
}

/** The Python with MLflow that this window's user means. Rejects as findPython does. */
export async function choosePython(
  { setting, folder, log }: PythonChoice,
  signal: AbortSignal,
): Promise<FoundPython> {
  const places = listPythonPlaces({
    setting,
    active: await findActivePython(folder),
    folders: (vscode.workspace.workspaceFolders ?? [])
      .filter(({ uri }) => uri.scheme === 'file')
      .map(({ uri }) => uri.fsPath),
    path: process.env['PATH'] ?? '',
    platform: process.platform,
  });
  return await findPython(places, log, signal);
}

/** In the workspace's settings where there is one: those of the user do not show it when the folder is on another machine. */
export async function openPythonSetting(): Promise<void> {
  const where = vscode.workspace.workspaceFolders ? 'openWorkspaceSettings' : 'openSettings';
  await vscode.commands.executeCommand(`workbench.action.${where}`, { query: 'mlflow.python.path' });
}

/** What of the Python extension's API we need; its own types are a package that we can do without. */
interface PythonApi {
  readonly environments: {
    onDidChangeActiveEnvironmentPath(listener: () => void): vscode.Disposable;
    getActiveEnvironmentPath(resource?: vscode.Uri): { readonly path: string };
    resolveEnvironment(environment: {
      readonly path: string;
    }): Promise<{ readonly executable: { readonly uri?: vscode.Uri | undefined } } | undefined>;
  };
}

/** The interpreter chosen in the Python extension. Whatever goes wrong there means that none is. */
export async function findActivePython(folder: vscode.Uri | undefined): Promise<string | undefined> {
  return await askPythonExtension(async ({ environments }) => {
    const environment = await environments.resolveEnvironment(environments.getActiveEnvironmentPath(folder));
    return environment?.executable.uri?.fsPath;
  });
}

/** Tells when another interpreter is chosen in the Python extension, if that is there. */
export async function onDidChangeActivePython(listener: () => void): Promise<vscode.Disposable | undefined> {
  return await askPythonExtension(({ environments }) =>
    environments.onDidChangeActiveEnvironmentPath(listener),
  );
}

async function askPythonExtension<Answer>(
  ask: (api: PythonApi) => Answer | Promise<Answer>,
): Promise<Answer | undefined> {
  const extension = vscode.extensions.getExtension<PythonApi>('ms-python.python');
  try {
    return extension && (await ask(await extension.activate()));
  } catch {
    return undefined;
  }
}
