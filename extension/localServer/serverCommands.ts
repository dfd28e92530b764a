import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import * as vscode from 'vscode';
import type { Disposable } from '../catalog/emitter';
import type { Connection } from '../connections/connection';
import type { Connections } from '../connections/connections';
import { kindOfTrackingUri } from '../connections/trackingUri';
import { parseEnvFile, readVariables } from '../connections/variables';
import type { ServerTarget } from '../manifest';
import { NoPythonError, type FoundPython } from '../processes/findPython';
import { ManagedServer } from '../processes/managedServer';
import { hideSecretsOf } from '../processes/secretText';
import type { Served, WindowServer, WindowServers } from '../processes/windowServers';
import type { Sessions } from '../session';
import type { Settings } from '../settings';
import { findFreePort } from '../tracking/rest/freePort';
import { toSignal } from '../ui/cancellation';
import { choosePython, openPythonSetting } from '../ui/choosePython';
import { demandSession } from '../ui/demandSession';
import { demandTrust } from '../ui/demandTrust';
import { askOption } from '../ui/inputs';
import type { Report } from '../ui/report';
import { withoutIcons, withoutLinks } from '../ui/text';
import { UserError } from '../ui/userError';
import { readBackend, type Backend } from './backend';
import { composeServerCommand } from './serverCommand';
import { nameBackend, warnOf } from './serverTexts';
import { findStoreUri } from './storeUri';

export interface ServerCommandsOptions {
  readonly connections: Connections;
  readonly sessions: Sessions;
  readonly settings: () => Settings;
  readonly report: Report;
  /** All servers of this window. */
  readonly servers: WindowServers;
}

const startMs = 120_000;

const whyTrust = 'A server runs programs of this workspace, so the workspace must be trusted first.';

/** `Start Local Server…` and `Stop Local Server`. */
export class ServerCommands {
  private readonly output = vscode.window.createOutputChannel('MLflow Server', { log: true });
  /** The connection to a local server, made for this window only: a setting would outlive the server. */
  private connection: Connection | undefined;

  private readonly following: Disposable;

  constructor(private readonly options: ServerCommandsOptions) {
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
    const chosen = running.length === 1 ? running[0] : await pickServer(running);
    await chosen?.server.stop();
  }

  dispose(): void {
    this.following.dispose();
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
    const progress = {
      location: vscode.ProgressLocation.Notification,
      title: withoutLinks(`Starting an MLflow server for ${name}…`),
      cancellable: true,
    };
    try {
      return await vscode.window.withProgress(progress, async (_, token) => {
        const signal = toSignal(token);
        const setting = this.options.settings().python.path;
        const python = await choosePython({ setting, folder, log: this.log }, signal);
        const open = () => this.open(backend, python, folder?.fsPath ?? homedir());
        return await this.options.servers.start(this.describe(backend, name), open, signal);
      });
    } catch (error) {
      await this.explain(error);
      return undefined;
    }
  }

  private describe({ uri }: Backend, name: string): Served {
    const showLog = (): void => {
      this.output.show();
    };
    return { kind: 'store', id: uri, name, page: '/', showLog };
  }

  private async open(backend: Backend, { python }: FoundPython, folder: string): Promise<ManagedServer> {
    const port = await findFreePort();
    const command = composeServerCommand({ backend, python, port, environment: process.env, folder });
    this.log(`${nameBackend(backend)}: ${[command.program, ...command.args].join(' ')}`);
    return new ManagedServer({
      name: 'The MLflow server',
      command,
      address: `http://127.0.0.1:${port}`,
      hideSecrets: hideSecretsOf(backend.uri),
      log: this.log,
      startMs,
    });
  }

  private readonly log = (line: string): void => {
    this.output.info(line);
  };

  /** What the user can mend is told with the way to mend it; everything else goes to where all errors go. */
  private async explain(error: unknown): Promise<void> {
    if (!(error instanceof UserError)) throw error;
    this.output.error(error.message);
    const mend = error instanceof NoPythonError ? ['Open Settings'] : [];
    const choice = await this.options.report.offer('error', error.message, ...mend, 'Show Log');
    if (choice === 'Show Log') this.output.show();
    if (choice === 'Open Settings') await openPythonSetting();
  }

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
    this.connection = {
      uri: server.address,
      source: 'userSetting',
      sourceLabel: `the local server for ${name}`,
      authorize: () => Promise.resolve(new Map()),
    };
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

/** Undefined when the user turns away. */
function pickServer(servers: readonly WindowServer[]): Promise<WindowServer | undefined> {
  const options = servers.map((local) => ({
    label: withoutIcons(local.served.name),
    description: local.server.address,
    value: local,
  }));
  return askOption('Stop which local MLflow server?', '', options);
}

async function readUriIn(envFile: string): Promise<string | undefined> {
  const bytes = await vscode.workspace.fs.readFile(vscode.Uri.parse(envFile, true));
  return parseEnvFile(new TextDecoder().decode(bytes)).uri;
}
