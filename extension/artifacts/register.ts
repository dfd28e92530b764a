import * as vscode from 'vscode';
import type { Connections } from '../connections/connections';
import type { Editing } from '../editing/editing';
import { registerCommand, registerCommands } from '../manifest';
import type { Sessions } from '../session';
import type { Settings } from '../settings';
import { Lazy } from '../ui/lazy';
import type { PanelHost, PanelKind } from '../ui/panelHost';
import type { Report } from '../ui/report';
import type { artifactCommands } from './artifactCommands';

const imageGrid: PanelKind = {
  type: 'mlflow.imageGrid',
  view: 'imageGrid',
  title: 'Compare Images',
  icon: 'table',
};

export interface ArtifactsOptions {
  readonly context: Pick<vscode.ExtensionContext, 'workspaceState'>;
  readonly connections: Connections;
  readonly editing: Lazy<Editing>;
  readonly sessions: Sessions;
  readonly report: Report;
  readonly settings: () => Settings;
  readonly log: vscode.LogOutputChannel;
  readonly panelHost: PanelHost;
  /** What is selected in the tree. */
  readonly selection: () => readonly unknown[];
}

/** Artifacts as files. */
export function registerArtifacts(options: ArtifactsOptions): vscode.Disposable {
  const { report, panelHost } = options;
  // Made once: they know what is being opened.
  let commands: Promise<ReturnType<typeof artifactCommands>> | undefined;
  const loadImages = () => import('./imageGridCommands');
  return vscode.Disposable.from(
    registerFileSystem(options),
    registerCommands(['mlflow.artifact.download', 'mlflow.artifact.upload'], report.error, async () =>
      (await import('./transferCommands')).transferCommands(options),
    ),
    registerCommands(
      [
        'mlflow.artifact.open',
        'mlflow.artifact.search',
        'mlflow.artifact.compare',
        'mlflow.artifact.compareWithFile',
        'mlflow.artifact.copyPath',
        'mlflow.artifact.copyUri',
        'mlflow.artifact.copyLocation',
        'mlflow.artifact.openAsFolder',
      ],
      report.error,
      () => (commands ??= import('./artifactCommands').then((loaded) => loaded.artifactCommands(options))),
    ),
    registerCommand('mlflow.images.compare', report.error, async (one, all) =>
      (await loadImages()).compareImages(options, imageGrid, all ?? [one]),
    ),
    panelHost.reviveWith(imageGrid, (panel, state) => {
      loadImages().then((loaded) => {
        loaded.reviveImages(options, panel, state);
      }, report.error);
    }),
  );
}

/** Its code is loaded when VS Code first asks for a file. */
function registerFileSystem({ sessions, connections, context, report }: ArtifactsOptions): vscode.Disposable {
  const changed = new vscode.EventEmitter<vscode.FileChangeEvent[]>();
  const files = new Lazy(async () => {
    const { ArtifactFileSystem } = await import('./artifactFileSystem');
    const tell = (changes: vscode.FileChangeEvent[]) => {
      changed.fire(changes);
    };
    const state = context.workspaceState;
    return new ArtifactFileSystem({ sessions, connections, state, tell, fail: report.error });
  });
  const refuse = () => {
    throw vscode.FileSystemError.NoPermissions('Artifacts are only read.');
  };
  const provider: vscode.FileSystemProvider = {
    onDidChangeFile: changed.event,
    // What was read is followed as long as the window is open.
    watch: () => new vscode.Disposable(() => undefined),
    stat: async (uri) => (await files.demand()).stat(uri),
    readDirectory: async (uri) => (await files.demand()).readDirectory(uri),
    readFile: async (uri) => (await files.demand()).readFile(uri),
    ...{ createDirectory: refuse, writeFile: refuse, delete: refuse, rename: refuse },
  };
  return vscode.Disposable.from(
    files,
    changed,
    vscode.workspace.registerFileSystemProvider('mlflow-artifact', provider, {
      isCaseSensitive: true,
      isReadonly: true,
    }),
  );
}
