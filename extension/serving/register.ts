import * as vscode from 'vscode';
import type { Attention } from '../catalog/attention';
import { type CommandArgs, registerCommand } from '../manifest';
import { Lazy } from '../ui/lazy';
import type { RunningTree } from './runningTree';
import type { ServingCommandId, ServingCommandsOptions } from './servingCommands';

export interface ServingOptions extends Omit<ServingCommandsOptions, 'running'> {
  readonly running: Lazy<RunningTree>;
}

/** The servers of this window and the view of them, made when the first is started. */
export function followServers(attention: Attention): Lazy<RunningTree> {
  return new Lazy(async () => new (await import('./runningTree')).RunningTree(attention));
}

const ids: readonly ServingCommandId[] = [
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
];

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
    ...ids.map((id) =>
      registerCommand(id, options.report.error, async (...args: CommandArgs<typeof id>) =>
        (await commands.demand()).run(id, args),
      ),
    ),
  );
}
