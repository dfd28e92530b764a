import * as vscode from 'vscode';
import type { CommandHandlers } from '../manifest';
import type { Sessions } from '../session';
import { addKept, canWriteWorkspace, readSettings, removeKept, writeTrackingUri } from '../settings';
import type { Report } from '../ui/report';
import { UserError } from '../ui/userError';
import { browse, type Browsed } from './browse';
import { listChoices, type RowButton } from './connectChoices';
import { createConnectDialogs } from './connectDialogs';
import { ConnectFlow, type Destination } from './connectFlow';
import type { Connections } from './connections';
import type { OpenStore } from './openStore';
import { pickConnection, type Chosen } from './connectPick';
import type { Credentials } from './credentials';
import { askText } from '../ui/inputs';
import { findKept, findNameProblem, locate, type KeptConnection } from './keptConnections';
import { absoluteUri, isLocal, localUri } from './localPath';
import { probeServers, usualAddresses, type FoundServer } from './probeServers';
import { visibleText } from './plainLabel';
import { nameOf, type Connection } from './connection';
import { requireServer } from './requireServer';
import { folderPaths } from './workspaceFolders';

export interface ConnectionCommandsOptions {
  readonly connections: Connections;
  readonly credentials: Credentials;
  readonly sessions: Sessions;
  readonly report: Report;
  readonly openStore: OpenStore;
}

/**
 * Where the user chooses where to look and as whom: what `MLflow: Connect…`, `Sign In…` and their like do. A bundle of its
 * own, and one for the window, since it remembers which servers may be sent credentials in the clear.
 */
export class Connecting {
  private readonly flow: ConnectFlow;
  readonly commands: CommandHandlers<`mlflow.connection.${'connect' | 'keep' | 'signIn' | 'signOut' | 'openInBrowser'}`> =
    {
      'mlflow.connection.connect': () => this.connect(),
      'mlflow.connection.keep': () => this.keep(),
      'mlflow.connection.signIn': () => this.signIn(),
      'mlflow.connection.signOut': () => this.signOut(),
      'mlflow.connection.openInBrowser': () => this.openInBrowser(),
    };

  constructor(private readonly options: ConnectionCommandsOptions) {
    const dialogs = createConnectDialogs(options.report);
    const chooseFound = (path: string) => options.connections.found.choose(path);
    this.flow = new ConnectFlow({ ...options, dialogs, chooseFound, writeSetting });
  }

  async connect(): Promise<void> {
    const { connections, sessions } = this.options;
    await connections.ready;
    let removed: readonly KeptConnection[] = [];
    const chosen = await pickConnection({
      list: (servers) =>
        listChoices({
          state: sessions.state,
          candidates: connections.candidates(),
          kept: readSettings().kept,
          removed,
          stores: connections.found.list,
          servers,
          recents: connections.recents(),
          folders: folderPaths(),
        }),
      probe: (onFound, signal) => this.lookAround(onFound, signal),
      press: async (button) => {
        removed = await this.press(button, removed);
      },
    });
    if (chosen && (await this.follow(chosen))) await this.retryFailed();
  }

  async signIn(): Promise<void> {
    const current = this.findCurrent();
    if (!current) {
      await this.connect();
      return;
    }
    requireServer(current.uri);
    if (await this.flow.signIn(current)) await this.retryFailed();
  }

  async signOut(): Promise<void> {
    const { connections, credentials, report } = this.options;
    const origin = requireServer(connections.current?.uri);
    if (!(await credentials.read(origin))) {
      report.info(`No credentials are stored for ${origin}.`);
      return;
    }
    const question = `Sign out from ${origin}?`;
    const detail = 'The credentials that VS Code stores for it are removed.';
    if (await report.confirm(question, detail, 'Sign Out')) await credentials.remove(origin);
  }

  async openInBrowser(): Promise<void> {
    const uri = this.options.connections.current?.uri ?? '';
    requireServer(uri);
    await vscode.env.openExternal(await vscode.env.asExternalUri(vscode.Uri.parse(uri, true)));
  }

  /** Keeps where we look under a name: in the workspace if it is a store of this machine, else for the user. */
  async keep(): Promise<void> {
    const { connections, report } = this.options;
    await connections.ready;
    const { current } = connections;
    if (!current) throw new UserError('There is no connection to keep: run “MLflow: Connect…” first.');
    const { kept } = readSettings();
    const existing = findKept(current, kept, folderPaths());
    if (existing) throw new UserError(`This connection is kept already, as “${existing.name}”.`);
    const answer = await askText({
      title: 'Keep This Connection',
      prompt: `A name for ${visibleText(current.uri)}`,
      value: nameOf(current),
      findProblem: (name) => findNameProblem(name, kept),
    });
    if (answer === undefined) return;
    const name = answer.trim();
    await addKept({ name, ...chooseScope(current) });
    report.info(`“${visibleText(name)}” is among the connections of “MLflow: Connect…” now.`);
  }

  private async follow({ choice, typed }: Chosen): Promise<boolean> {
    switch (choice.kind) {
      case 'go':
        return await this.flow.connect(choice.destination);
      case 'enter':
        return await this.flow.enter(typed);
      case 'browse': {
        const found = await browse(choice.what);
        return found !== undefined && (await this.flow.connect(toDestination(found)));
      }
      case 'signIn': {
        const current = this.findCurrent();
        return current !== undefined && (await this.flow.signIn(current));
      }
    }
  }

  private async lookAround(
    onFound: (server: FoundServer | undefined) => void,
    signal: AbortSignal,
  ): Promise<void> {
    const { connections, openStore } = this.options;
    const looking = connections.found.look().then(() => {
      onFound(undefined);
    });
    await Promise.all([looking, probeServers(usualAddresses, openStore, onFound, signal)]);
  }

  /** What may be put back when the button has done its work. */
  private async press(
    button: RowButton,
    removed: readonly KeptConnection[],
  ): Promise<readonly KeptConnection[]> {
    const { connections, report } = this.options;
    try {
      switch (button.kind) {
        case 'forget':
          await connections.forget(button.recent);
          return removed;
        case 'remove':
          await removeKept(button.kept);
          return [...removed, button.kept];
        case 'restore':
          await addKept(button.kept);
          return removed.filter((kept) => kept !== button.kept);
      }
    } catch (error) {
      report.error(error);
      return removed;
    }
  }

  /** What was kept may equal what failed before: then nothing has changed that would start a new attempt. */
  private async retryFailed(): Promise<void> {
    const { sessions } = this.options;
    if (sessions.state.kind === 'failed') await sessions.retry();
  }

  private findCurrent(): Destination | undefined {
    const [current] = this.options.connections.candidates();
    return current && { ...current, keep: 'nothing' };
  }
}

function toDestination({ kind, path }: Browsed): Destination {
  const uri = localUri(kind, path);
  return { uri, path, login: undefined, keep: 'setting', source: 'userSetting', sourceLabel: 'chosen' };
}

/** A store of this machine belongs to the workspace, where that may say so; all other settings need an absolute path. */
function chooseScope(current: Connection): Pick<KeptConnection, 'uri' | 'scope'> {
  const { uri, path } = current;
  if (!isLocal(uri) || !canWriteWorkspace()) return { uri: absoluteUri(current), scope: 'user' };
  const meansTheSame = locate(uri, folderPaths()).path === path;
  return { uri: meansTheSame ? uri : absoluteUri(current), scope: 'workspace' };
}

async function writeSetting(uri: string | undefined): Promise<void> {
  const written = uri === undefined || canWriteWorkspace() ? uri : absoluteUri(locate(uri, folderPaths()));
  await writeTrackingUri(written);
  const { tracking } = readSettings();
  if (uri === undefined && tracking.uri !== undefined) {
    throw new UserError(
      `The ${tracking.uriScope}'s setting mlflow.tracking.uri still decides: clear it to follow the environment.`,
    );
  }
}
