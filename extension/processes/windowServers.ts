import { Emitter, type Disposable } from '../catalog/emitter';
import { UserError } from '../ui/userError';
import type { ManagedServer } from './managedServer';

/** What is needed of a ManagedServer here. */
export type RunningServer = Pick<
  ManagedServer,
  'address' | 'ended' | 'isStopping' | 'becomeHealthy' | 'answers' | 'stop' | 'lifeline' | 'release'
>;

/** What a server serves: a store is MLflow's own server, a model takes requests for predictions. */
export interface Served {
  readonly kind: 'store' | 'model';
  /** Tells it from all others, secrets included: a backend's URI, a model's URI with its store. */
  readonly id: string;
  /** Without secrets, for people. */
  readonly name: string;
  /** The page for people below its address, beginning with `/`; undefined where there is none. */
  readonly page: string | undefined;
  readonly showLog: () => void;
}

/** A server of this window. */
export interface WindowServer<S extends Served = Served> {
  readonly served: S;
  readonly server: RunningServer;
}

/** The servers of this window, at most one for each thing that is served. They end with it, but for what goes on without it and needs them. */
export class WindowServers implements Disposable {
  private readonly changed = new Emitter();
  /** Fires when one begins to start, answers, or has ended. */
  readonly onDidChange = this.changed.event;
  private readonly gone = new Emitter<WindowServer>();
  /** Fires with a server that had answered and has ended, whoever ended it. */
  readonly onDidEnd = this.gone.event;

  private readonly starting = new Set<string>();
  private readonly servers = new Map<string, WindowServer>();
  private isOver = false;

  /** Those that run or start, oldest first. */
  list(): readonly WindowServer[] {
    return [...this.servers.values()];
  }

  isStarting(id: string): boolean {
    return this.starting.has(id);
  }

  /** The one that serves this and answers. */
  find(id: string): WindowServer | undefined {
    return this.starting.has(id) ? undefined : this.servers.get(id);
  }

  /**
   * Starts a server unless one is being started for the same thing; rejects as `becomeHealthy` does. While it starts it
   * already belongs to this window and ends with it.
   */
  async start<S extends Served>(
    served: S,
    open: () => Promise<RunningServer>,
    signal: AbortSignal,
  ): Promise<WindowServer<S>> {
    const { id, name } = served;
    if (this.starting.has(id)) throw new UserError(`A server for ${name} is starting already.`);
    this.starting.add(id);
    try {
      const one = { served, server: await open() };
      this.adopt(one);
      await one.server.becomeHealthy(signal);
      return one;
    } finally {
      this.starting.delete(id);
      this.changed.fire();
    }
  }

  /** Lets all end; their keepers see to it, whether or not this process lives to see it. */
  dispose(): void {
    this.isOver = true;
    for (const { server } of this.list()) server.release();
    this.changed.dispose();
    this.gone.dispose();
  }

  private adopt(one: WindowServer): void {
    const { id } = one.served;
    this.servers.set(id, one);
    if (this.isOver) void one.server.stop();
    this.changed.fire();
    void one.server.ended.then(() => {
      this.servers.delete(id);
      this.changed.fire();
      if (!this.starting.has(id)) this.gone.fire(one);
    });
  }
}
