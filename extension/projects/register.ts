import * as vscode from 'vscode';
import { type EntryPointTarget, registerCommand, type RunTarget } from '../manifest';
import { Lazy } from '../ui/lazy';
import type { ProjectCommandsOptions } from './projectCommands';

/** Each command, and what does it. */
const commands = [
  ['mlflow.project.run', 'run'],
  ['mlflow.project.runWith', 'runWith'],
  ['mlflow.project.runWithDefaults', 'runWithDefaults'],
  ['mlflow.project.runAgain', 'runAgain'],
  ['mlflow.project.debug', 'debug'],
  ['mlflow.project.stop', 'stop'],
  ['mlflow.project.sweep', 'sweep'],
] as const;

/** Those that act on a run. */
const runCommands = [
  ['mlflow.run.rerun', 'rerun'],
  ['mlflow.run.restore', 'restore'],
  ['mlflow.run.markKilled', 'markKilled'],
] as const;

/** The commands that launch projects, and the tasks of type `mlflow`. Runs under way end with what this returns. */
export function registerProjects(options: ProjectCommandsOptions): vscode.Disposable {
  const lazy = new Lazy(async () => new (await import('./projectCommands')).ProjectCommands(options));
  return vscode.Disposable.from(
    lazy,
    ...commands.map(([id, act]) =>
      registerCommand(id, options.report.error, async (target?: EntryPointTarget) =>
        (await lazy.demand())[act](target),
      ),
    ),
    ...runCommands.map(([id, act]) =>
      registerCommand(id, options.report.error, async (run?: RunTarget) => (await lazy.demand())[act](run)),
    ),
    vscode.tasks.registerTaskProvider('mlflow', {
      provideTasks: async () => (await lazy.demand()).tasks.provideTasks(),
      resolveTask: async (task) => (await lazy.demand()).tasks.resolveTask(task),
    }),
  );
}
