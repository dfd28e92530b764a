import { existsSync } from 'node:fs';
import * as vscode from 'vscode';
import { registerCommands } from '../manifest';
import { Lazy } from '../ui/lazy';
import type { ProjectCommandsOptions } from './projectCommands';
import { findRunsFolder } from './runsFolder';

type RegisterOptions = Omit<ProjectCommandsOptions, 'runsFolder'> & {
  readonly context: { readonly globalStorageUri: vscode.Uri };
};

/** The commands that launch projects, the tasks of type `mlflow`, and the runs that windows before this one have left. */
export function registerProjects(options: RegisterOptions): vscode.Disposable {
  const { workspaceFile, workspaceFolders = [] } = vscode.workspace;
  const opened = workspaceFile ? [workspaceFile] : workspaceFolders.map(({ uri }) => uri);
  const runsFolder = findRunsFolder(options.context.globalStorageUri.fsPath, opened.map(String));
  const lazy = new Lazy(
    async () => new (await import('./projectCommands')).ProjectCommands({ ...options, runsFolder }),
  );
  if (existsSync(runsFolder)) void lazy.demand();
  return vscode.Disposable.from(
    lazy,
    registerCommands(
      [
        'mlflow.project.run',
        'mlflow.project.runWith',
        'mlflow.project.runWithDefaults',
        'mlflow.project.runAgain',
        'mlflow.project.debug',
        'mlflow.project.stop',
        'mlflow.project.showLog',
        'mlflow.project.sweep',
        'mlflow.run.rerun',
        'mlflow.run.restore',
        'mlflow.run.markKilled',
      ],
      options.report.error,
      async () => (await lazy.demand()).handlers,
    ),
    vscode.tasks.registerTaskProvider('mlflow', {
      provideTasks: async () => (await lazy.demand()).tasks.provideTasks(),
      resolveTask: async (task) => (await lazy.demand()).tasks.resolveTask(task),
    }),
  );
}
