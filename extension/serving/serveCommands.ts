import * as vscode from 'vscode';
import type { Disposable } from '../catalog/emitter';
import { executeCommand } from '../manifest';
import { ManagedServer } from '../processes/managedServer';
import type { Served, WindowServer } from '../processes/windowServers';
import { findFreePort } from '../tracking/rest/freePort';
import { isCancellation } from '../tracking/errors';
import { explainFailure } from '../ui/explainFailure';
import { Lifetime } from '../ui/lifetime';
import { withCancel } from '../ui/withCancel';
import { serveArguments } from './modelProgram';
import type { ModelSource } from '../ui/modelsOfRun';
import {
  chooseManager,
  demandTrustForModels,
  preparePrograms,
  type ModelPrograms,
  type ProgramContext,
} from './programCommands';
import type { RunningTree } from './runningTree';

export interface ServeContext extends ProgramContext {
  readonly running: RunningTree;
}

/** A model that is served, with what else is wanted of it while it is. */
export interface ServedModel extends Served {
  readonly kind: 'model';
  readonly source: ModelSource;
  readonly programs: ModelPrograms;
}

export type ModelServer = WindowServer<ServedModel>;

/** Making an environment and fetching a large model take their time; the user can stop it at any moment. */
const startMs = 30 * 60_000;

/** Starts the servers of models, and says what becomes of them. */
export class ModelServing implements Disposable {
  private readonly lifetime = new Lifetime();
  private readonly logs = new Map<string, vscode.LogOutputChannel>();

  constructor(private readonly context: ServeContext) {
    this.lifetime.add(
      context.running.servers.onDidEnd(({ served, server }) => {
        if (served.kind !== 'model' || server.isStopping) return;
        void this.tellEnd(served);
      }),
    );
  }

  async serve(source: ModelSource): Promise<void> {
    const { context } = this;
    if (!(await demandTrustForModels(context))) return;
    const id = this.identify(source);
    const present = context.running.servers.find(id);
    if (present) {
      await this.offer(present, 'is served already');
      return;
    }
    const log = this.logOf(source);
    try {
      const started = await this.start(source, id, log);
      if (started) await this.offer(started, 'is served');
    } catch (error) {
      if (!isCancellation(error)) await explainFailure(context.report, log, error);
    }
  }

  dispose(): void {
    this.lifetime.dispose();
  }

  /** The same URI means another model where the runs are kept elsewhere. */
  private identify({ uri }: ModelSource): string {
    const { state } = this.context.sessions;
    return state.kind === 'none' ? uri : `${uri} ${state.connection.uri}`;
  }

  /** Undefined when the user turned away. */
  private async start(
    source: ModelSource,
    id: string,
    log: vscode.LogOutputChannel,
  ): Promise<ModelServer | undefined> {
    const { context } = this;
    const looking = `Looking for the Python that runs ${source.name}…`;
    const programs = await withCancel(looking, (signal) => preparePrograms(context, log, signal));
    const manager = await chooseManager(programs.python);
    if (manager === undefined) return undefined;
    const showLog = (): void => {
      log.show();
    };
    const page = pageOf(programs.python.version);
    const served: ServedModel = { kind: 'model', id, name: source.name, page, showLog, source, programs };
    return await withCancel(`Serving ${source.name}…`, (signal, advance) => {
      const open = async (): Promise<ManagedServer> => {
        const port = await findFreePort();
        const command = programs.compose(serveArguments(source.uri, port, manager));
        log.info([command.program, ...command.args].join(' '));
        const note = (line: string): void => {
          log.info(line);
          if (line.trim() !== '') advance(line);
        };
        const address = `http://127.0.0.1:${port}`;
        const { hideSecrets } = programs;
        return new ManagedServer({
          name: 'The model server',
          command,
          address,
          hideSecrets,
          log: note,
          startMs,
        });
      };
      return context.running.servers.start(served, open, signal);
    });
  }

  private logOf({ name, uri }: ModelSource): vscode.LogOutputChannel {
    const known = this.logs.get(uri);
    if (known) return known;
    const log = vscode.window.createOutputChannel(`MLflow Model: ${name}`, { log: true });
    this.logs.set(uri, this.lifetime.add(log));
    return log;
  }

  private async offer({ served, server }: WindowServer, state: string): Promise<void> {
    const message = `${served.name} ${state} at ${server.address}.`;
    const choice = await this.context.report.offer('info', message, 'Send Request', 'Show Log');
    if (choice === 'Show Log') served.showLog();
    if (choice === 'Send Request')
      await executeCommand('mlflow.serving.sendRequest', { serverId: served.id });
  }

  private async tellEnd({ name, showLog }: Served): Promise<void> {
    const message = `The server of ${name} has ended.`;
    const choice = await this.context.report.offer('error', message, 'Show Log');
    if (choice !== undefined) showLog();
  }
}

/** MLflow 3 serves models by FastAPI, which has a page to try requests on. */
function pageOf(version: string): string | undefined {
  return Number.parseInt(version, 10) >= 3 ? '/docs' : undefined;
}
