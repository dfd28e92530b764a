import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import * as vscode from 'vscode';
import type { Disposable } from '../catalog/emitter';
import type { Connection } from '../connections/connection';
import type { Connections } from '../connections/connections';
import { kindOfTrackingUri } from '../connections/trackingUri';
import { parseEnvFile, readVariables } from '../connections/variables';
import type { ServerTarget } from '../manifest';
import type { WindowServer, WindowServers } from '../processes/windowServers';
import type { Sessions } from '../session';
import type { Settings } from '../settings';
import { choosePython } from '../ui/choosePython';
import { demandSession } from '../ui/demandSession';
import { demandTrust } from '../ui/demandTrust';
import { explainFailure } from '../ui/explainFailure';
import { pickServer } from '../ui/pickServer';
import type { Report } from '../ui/report';
import { UserError } from '../ui/userError';
import { withCancel } from '../ui/withCancel';
import { readBackend, type Backend } from './backend';
import { LocalEditors, type LocalEditorsOptions } from './localEditors';
import { nameBackend, warnOf } from './serverTexts';
import { connectionTo, startStoreServer } from './storeServer';
import { findStoreUri } from './storeUri';

export interface ServerCommandsOptions extends Pick<LocalEditorsOptions, 'state' | 'openStore'> {
  readonly connections: Connections;
  readonly sessions: Sessions;
  readonly settings: () => Settings;
  readonly report: Report;
  /** All servers of this window. */
  readonly servers: WindowServers;
}

const whyTrust = 'A server runs programs of this workspace, so the workspace must be trusted first.';

/** `Start Local Server…` and `Stop Local Server`. */
export class ServerCommands {
  private readonly output = vscode.window.createOutputChannel('MLflow Server', { log: true });
  /** The connection to a local server, made for this window only: a setting would outlive the server. */
  private connection: Connection | undefined;

  private readonly following: Disposable;
  /** The ways to change stores that are only read. */
  readonly editors: LocalEditors;

  constructor(private readonly options: ServerCommandsOptions) {
    this.editors = new LocalEditors({ ...options, output: this.output });
    this.following = options.servers.onDidEnd((ended) => {
      if (ended.served.kind === 'store') this.leave(ended);
    });
  }

  async start(target?: ServerTarget): Promise<void> {
    if (!(await demandTrust(this.options.report, whyTrust))) return;
    const folder = vscode.workspace.workspaceFolders?.[0]?.uri;
    const backend = readBackend(await this.chooseUri(target), folder?.fsPath);
    const running = this.options.servers.find(backend.uri);
    if (running) {
      await this.offer(running, 'runs already');
      return;
    }
    const name = nameBackend(backend);
    if (backend.path !== undefined && !existsSync(backend.path)) {
      throw new UserError(`There is no ${name} to start a server for.`);
    }
    const warning = warnOf(backend);
    const question = `Start an MLflow server for ${name}?`;
    if (warning !== undefined && !(await this.options.report.confirm(question, warning, 'Start Server')))
      return;
    const local = await this.startWithProgress(backend, name, folder);
    if (local) await this.offer(local, 'is ready');
  }

  async stop(): Promise<void> {
    const running = this.options.servers.list().filter(({ served }) => served.kind === 'store');
    if (running.length === 0) throw new UserError('No local MLflow server runs in this window.');
    const chosen = await pickServer(running, 'Stop which local MLflow server?');
    await chosen?.server.stop();
  }

  dispose(): void {
    this.following.dispose();
    this.editors.dispose();
    this.output.dispose();
  }

  private async chooseUri(target: ServerTarget | undefined): Promise<string> {
    const { connections, settings } = this.options;
    if (typeof target?.uri === 'string') return target.uri;
    await connections.ready;
    const [current] = connections.candidates();
    if (current === undefined) {
      throw new UserError('There is no store to start a server for: run “MLflow: Connect…” and choose one.');
    }
    if (kindOfTrackingUri(current.uri) === 'server')
      throw new UserError(`${current.uri} is a server already.`);
    return findStoreUri(current, {
      setting: settings().tracking.uri,
      environment: readVariables(process.env).uri,
      envFile: current.envFile === undefined ? undefined : await readUriIn(current.envFile),
    });
  }

  /** Undefined when the user turned away, or has been told what is wrong. */
  private async startWithProgress(
    backend: Backend,
    name: string,
    folder: vscode.Uri | undefined,
  ): Promise<WindowServer | undefined> {
    try {
      return await withCancel(`Starting an MLflow server for ${name}…`, async (signal) => {
        const setting = this.options.settings().python.path;
        const { python } = await choosePython({ setting, folder, log: this.log }, signal);
        const start = { backend, python, folder: folder?.fsPath ?? homedir() };
        return await startStoreServer({ ...this.options, output: this.output }, start, signal);
      });
    } catch (error) {
      await explainFailure(this.options.report, this.output, error);
      return undefined;
    }
  }

  private readonly log = (line: string): void => {
    this.output.info(line);
  };

  private async offer(local: WindowServer, state: string): Promise<void> {
    const message = `The MLflow server for ${local.served.name} ${state} at ${local.server.address}.`;
    const choice = await this.options.report.offer('info', message, 'Connect', 'Open in Browser');
    if (choice === 'Connect') await this.connect(local);
    if (choice === 'Open in Browser') {
      const address = vscode.Uri.parse(local.server.address, true);
      await vscode.env.openExternal(await vscode.env.asExternalUri(address));
    }
  }

  private async connect({ server, served: { name } }: WindowServer): Promise<void> {
    const { sessions } = this.options;
    this.connection = connectionTo(server.address, `the local server for ${name}`);
    sessions.use(this.connection);
    await demandSession(sessions);
  }

  /** Looks at the store itself again when its server is gone. */
  private leave({ server, served: { name } }: WindowServer): void {
    const { sessions, connections, report } = this.options;
    const { state } = sessions;
    const isInUse = state.kind !== 'none' && state.connection === this.connection;
    if (isInUse && state.connection.uri === server.address) sessions.use(connections.current);
    if (server.isStopping) return;
    void report.offer('error', `The MLflow server for ${name} has ended.`, 'Show Log').then((choice) => {
      if (choice !== undefined) this.output.show();
    });
  }
}

async function readUriIn(envFile: string): Promise<string | undefined> {
  const bytes = await vscode.workspace.fs.readFile(vscode.Uri.parse(envFile, true));
  return parseEnvFile(new TextDecoder().decode(bytes)).uri;
}
