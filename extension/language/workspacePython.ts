import * as vscode from 'vscode';
import type { Disposable } from '../catalog/emitter';
import { listPythonPlaces } from '../processes/pythonPlaces';
import { readPythonVersion } from '../processes/pythonVersion';
import { findActivePython, onDidChangeActivePython } from '../ui/choosePython';
import { Lifetime } from '../ui/lifetime';

/**
 * The version of the Python that the workspace means: that of `mlflow.python.path`, else the Python extension's, else that of its
 * `.venv` or `venv`. It is looked for when somebody asks, in a trusted workspace alone, and no Python is started for it.
 */
export class WorkspacePython implements Disposable {
  private readonly lifetime = new Lifetime();
  /** By workspace folder, `''` outside of all. What was not found is looked for again. */
  private readonly versions = new Map<string, string>();
  private readonly looking = new Set<string>();
  private followed: Promise<vscode.Disposable | undefined> | undefined;

  /** `onDidChange` is called when what versionFor answers may be another now. */
  constructor(
    private readonly setting: () => string | undefined,
    private readonly onDidChange: () => void,
  ) {
    this.lifetime.add(
      vscode.workspace.onDidChangeConfiguration((event) => {
        if (event.affectsConfiguration('mlflow.python.path')) this.forget();
      }),
    );
    this.lifetime.add(
      vscode.workspace.onDidGrantWorkspaceTrust(() => {
        this.forget();
      }),
    );
  }

  /** What is known at once; where nothing is, it is looked for in the background. */
  versionFor(uri: vscode.Uri): string | undefined {
    const folder = vscode.workspace.getWorkspaceFolder(uri)?.uri;
    const key = folder?.toString() ?? '';
    const known = this.versions.get(key);
    if (known === undefined && vscode.workspace.isTrusted) void this.look(key, folder);
    return known;
  }

  dispose(): void {
    void this.followed?.then((following) => {
      following?.dispose();
    });
    this.lifetime.dispose();
  }

  private async look(key: string, folder: vscode.Uri | undefined): Promise<void> {
    if (this.looking.has(key)) return;
    this.looking.add(key);
    try {
      const version = await this.find(folder);
      if (version === undefined) return;
      this.versions.set(key, version);
      this.onDidChange();
    } finally {
      this.looking.delete(key);
    }
  }

  private async find(folder: vscode.Uri | undefined): Promise<string | undefined> {
    this.followed ??= onDidChangeActivePython(() => {
      this.forget();
    });
    const places = listPythonPlaces({
      setting: this.setting(),
      active: await findActivePython(folder),
      folders: folder ? [folder.fsPath] : [],
      // What happens to be on PATH is no choice of the workspace's.
      path: '',
      platform: process.platform,
    });
    for (const { python } of places) {
      const version = await readPythonVersion(python);
      if (version !== undefined) return version;
    }
    return undefined;
  }

  private forget(): void {
    this.versions.clear();
    this.onDidChange();
  }
}
