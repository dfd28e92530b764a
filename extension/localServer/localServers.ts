import { Emitter, type Disposable } from '../catalog/emitter';
import type { ManagedServer } from '../processes/managedServer';
import { UserError } from '../ui/userError';

/** What is needed of a ManagedServer here. */
export type RunningServer = Pick<
  ManagedServer,
  'address' | 'ended' | 'isStopping' | 'becomeHealthy' | 'stop'
>;

/** A server of this window, and what it serves. */
export interface LocalServer {
  /** The backend's URI, secrets included: it identifies the store. */
  readonly uri: string;
  /** The same without secrets, for people. */
  readonly name: string;
  readonly server: RunningServer;
}

/** The local servers of this window, at most one for each store. They end with it. */
export class LocalServers implements Disposable {
  private readonly changed = new Emitter<LocalServer>();
  /** Fires with a server that had answered and has ended, whoever ended it. */
  readonly onDidEnd = this.changed.event;

  private readonly starting = new Set<string>();
  private readonly servers = new Map<string, LocalServer>();
  private isOver = false;

  /** Those that run or start, oldest first. */
  list(): readonly LocalServer[] {
    return [...this.servers.values()];
  }

  /** The one that serves this store and answers. */
  find(uri: string): LocalServer | undefined {
    return this.starting.has(uri) ? undefined : this.servers.get(uri);
  }

  /**
   * Starts a server unless one is being started for the same store; rejects as `becomeHealthy` does. While it starts it
   * already belongs to this window and ends with it.
   */
  async start(
    uri: string,
    name: string,
    open: () => Promise<RunningServer>,
    signal: AbortSignal,
  ): Promise<LocalServer> {
    if (this.starting.has(uri)) throw new UserError(`A local server for ${name} is starting already.`);
    this.starting.add(uri);
    try {
      const local = { uri, name, server: await open() };
      this.adopt(local);
      await local.server.becomeHealthy(signal);
      return local;
    } finally {
      this.starting.delete(uri);
    }
  }

  /** Asks all to end; their keepers see to it, whether or not this process lives to see it. */
  dispose(): void {
    this.isOver = true;
    for (const { server } of this.list()) void server.stop();
    this.changed.dispose();
  }

  private adopt(local: LocalServer): void {
    this.servers.set(local.uri, local);
    if (this.isOver) void local.server.stop();
    void local.server.ended.then(() => {
      this.servers.delete(local.uri);
      if (!this.starting.has(local.uri)) this.changed.fire(local);
    });
  }
}
