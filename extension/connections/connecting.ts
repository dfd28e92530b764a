import type { Sessions } from '../session';
import { readSettings, writeTrackingUri } from '../settings';
import type { Report } from '../ui/report';
import { UserError } from '../ui/userError';
import { listChoices } from './connectChoices';
import { createConnectDialogs } from './connectDialogs';
import { ConnectFlow, type Destination } from './connectFlow';
import type { Connections } from './connections';
import type { OpenStore } from './openStore';
import { pickConnection, type Chosen } from './connectPick';
import type { Credentials } from './credentials';
import { probeServers, usualAddresses } from './probeServers';
import { requireServer } from './requireServer';

export interface ConnectionCommandsOptions {
  readonly connections: Connections;
  readonly credentials: Credentials;
  readonly sessions: Sessions;
  readonly report: Report;
  readonly openStore: OpenStore;
}

/**
 * Where the user chooses where to look and as whom: the dialogs of `MLflow: Connect…` and `Sign In…`. A bundle of its own,
 * and one for the window, since it remembers which servers may be sent credentials in the clear.
 */
export class Connecting {
  private readonly flow: ConnectFlow;

  constructor(private readonly options: ConnectionCommandsOptions) {
    const dialogs = createConnectDialogs(options.report);
    this.flow = new ConnectFlow({ ...options, dialogs, writeSetting });
  }

  async connect(): Promise<void> {
    const { connections, sessions, openStore } = this.options;
    await connections.ready;
    const chosen = await pickConnection({
      list: (found) =>
        listChoices({
          state: sessions.state,
          candidates: connections.candidates(),
          found,
          recents: connections.recents(),
        }),
      probe: (onFound, signal) => probeServers(usualAddresses, openStore, onFound, signal),
      forget: (recent) => connections.forget(recent),
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

  private async follow({ choice, typed }: Chosen): Promise<boolean> {
    switch (choice.kind) {
      case 'go':
        return await this.flow.connect(choice.destination);
      case 'enter':
        return await this.flow.enter(typed);
      case 'signIn': {
        const current = this.findCurrent();
        return current !== undefined && (await this.flow.signIn(current));
      }
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

async function writeSetting(uri: string | undefined): Promise<void> {
  await writeTrackingUri(uri);
  const { tracking } = readSettings();
  if (uri === undefined && tracking.uri !== undefined) {
    throw new UserError(
      `The ${tracking.uriScope}'s setting mlflow.tracking.uri still decides: clear it to follow the environment.`,
    );
  }
}
