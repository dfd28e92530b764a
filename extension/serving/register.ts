import * as vscode from 'vscode';
import type { Attention } from '../catalog/attention';
import { registerCommands } from '../manifest';
import type { WindowRuns } from '../processes/windowRuns';
import { Lazy } from '../ui/lazy';
import type { RunningTree } from './runningTree';
import type { ServingCommandsOptions } from './servingCommands';

export interface ServingOptions extends Omit<ServingCommandsOptions, 'running'> {
  readonly running: Lazy<RunningTree>;
}

/** What runs in this window and the view of it, made when the first is started. */
export function followPrograms(attention: Attention, runs: WindowRuns): Lazy<RunningTree> {
  const running = new Lazy(async () => new (await import('./runningTree')).RunningTree(attention, runs));
  runs.onDidChange(() => running.demand());
  return running;
}

/** Serving models, and what else MLflow's command line does with a model. */
export function registerServing(options: ServingOptions): vscode.Disposable {
  const commands = new Lazy(async () => {
    const [{ ServingCommands }, running] = await Promise.all([
      import('./servingCommands'),
      options.running.demand(),
    ]);
    return new ServingCommands({ ...options, running });
  });
  return vscode.Disposable.from(
    commands,
    registerCommands(
      [
        'mlflow.modelVersion.serve',
        'mlflow.run.serveModel',
        'mlflow.modelFile.serve',
        'mlflow.modelFile.predict',
        'mlflow.serving.stop',
        'mlflow.serving.showLog',
        'mlflow.serving.sendRequest',
        'mlflow.serving.copyCurl',
        'mlflow.serving.copyAddress',
        'mlflow.serving.open',
        'mlflow.serving.buildDocker',
        'mlflow.serving.generateDockerfile',
        'mlflow.serving.deployToSageMaker',
        'mlflow.environment.check',
      ],
      options.report.error,
      async () => (await commands.demand()).handlers,
    ),
  );
}
