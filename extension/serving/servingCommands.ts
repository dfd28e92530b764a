import * as vscode from 'vscode';
import type { Disposable } from '../catalog/emitter';
import type { AnyModelTarget, CommandHandlers, CommandId, ModelFileTarget } from '../manifest';
import { askOption } from '../ui/inputs';
import { Lifetime } from '../ui/lifetime';
import { pickModelFile } from '../ui/pickModelFile';
import { TextDocuments } from '../ui/textDocuments';
import { UserError } from '../ui/userError';
import { chooseModelOfRun } from '../ui/chooseModelOfRun';
import type { ModelSource } from '../ui/modelsOfRun';
import { chooseVersion } from './chooseModel';
import { showEnvironment } from './environmentCommands';
import { modelOfFile } from './modelSource';
import { Requests } from './requestCommands';
import { copyServerAddress, openServer, showServerLog, stopServer } from './runningCommands';
import { ModelServing, type ServeContext } from './serveCommands';
import { ModelTasks } from './taskCommands';

export type ServingCommandsOptions = ServeContext;

type ServingCommandId = Extract<
  CommandId,
  | `mlflow.serving.${string}`
  | 'mlflow.modelVersion.serve'
  | 'mlflow.run.serveModel'
  | 'mlflow.modelFile.serve'
  | 'mlflow.modelFile.predict'
  | 'mlflow.environment.check'
>;

/** What each command of this feature does, and what they share. */
export class ServingCommands implements Disposable {
  private readonly lifetime = new Lifetime();
  private readonly log = this.lifetime.add(vscode.window.createOutputChannel('MLflow Models', { log: true }));
  private readonly documents = this.lifetime.add(new TextDocuments('mlflow-reply'));
  readonly handlers: CommandHandlers<ServingCommandId>;

  constructor(private readonly options: ServingCommandsOptions) {
    const { running, sessions } = options;
    const serving = this.lifetime.add(new ModelServing(options));
    const requests = new Requests(running, this.documents);
    const tasks = new ModelTasks(options, this.log);
    this.handlers = {
      'mlflow.modelVersion.serve': (target) =>
        use(chooseVersion(sessions, target), (one) => serving.serve(one)),
      'mlflow.run.serveModel': (target) =>
        use(chooseModelOfRun(sessions, target), (one) => serving.serve(one)),
      'mlflow.modelFile.serve': (target) => use(chooseFile(target), (one) => serving.serve(one)),
      'mlflow.modelFile.predict': (target) => use(this.choose(target), (one) => tasks.predict(one)),
      'mlflow.serving.buildDocker': (target) => use(this.choose(target), (one) => tasks.buildDocker(one)),
      'mlflow.serving.generateDockerfile': (target) =>
        use(this.choose(target), (one) => tasks.generateDockerfile(one)),
      'mlflow.serving.deployToSageMaker': (target) =>
        use(this.choose(target), (one) => tasks.deployToSageMaker(one)),
      'mlflow.serving.stop': (target) => stopServer(running, target),
      'mlflow.serving.showLog': (target) => showServerLog(running, target),
      'mlflow.serving.copyAddress': (target) => copyServerAddress(running, target),
      'mlflow.serving.open': (target) => openServer(running, target),
      'mlflow.serving.sendRequest': (target) => requests.send(target),
      'mlflow.serving.copyCurl': (target) => requests.copyCurl(target),
      'mlflow.environment.check': () => showEnvironment(options, this.log, this.documents),
    };
  }

  dispose(): void {
    this.lifetime.dispose();
  }

  /** The model that a row or file stands for; without one, the user says where it is. */
  private async choose(target: AnyModelTarget = {}): Promise<ModelSource | undefined> {
    const { sessions } = this.options;
    if (target.uri !== undefined) return await chooseFile({ uri: target.uri });
    if (target.version !== undefined) return await chooseVersion(sessions, target);
    if (target.runId !== undefined) return await chooseModelOfRun(sessions, target);
    const places = [
      { label: 'A registered model', value: () => chooseVersion(sessions) },
      { label: 'A model of a run', value: () => chooseModelOfRun(sessions) },
      { label: 'An MLmodel file of the workspace', value: () => chooseFile() },
    ];
    const choose = await askOption('Which model?', 'Where it is', places);
    return await choose?.();
  }
}

async function use(
  choosing: Promise<ModelSource | undefined>,
  act: (source: ModelSource) => Promise<void>,
): Promise<void> {
  const source = await choosing;
  if (source) await act(source);
}

/** The model of that MLmodel file, else of one of the workspace; undefined when the user turns away. */
async function chooseFile(target?: ModelFileTarget): Promise<ModelSource | undefined> {
  const uri = target ? vscode.Uri.parse(target.uri, true) : await pickModelFile();
  if (!uri) return undefined;
  if (uri.scheme !== 'file') throw new UserError('Only a model on this machine can be served from its file.');
  return modelOfFile(uri.fsPath);
}
