import type { Catalog } from './catalog/catalog';
import { Emitter, type Disposable, type Event } from './catalog/emitter';
import { Polling } from './catalog/polling';
import type { Session, SessionOptions } from './catalog/session';
import type { Connection } from './connections/connection';
import { isCancellation, TrackingError, type TrackingErrorKind } from './tracking/errors';
import type { TrackingStore } from './tracking/store';

export type { Session };

export type ConnectionState =
  /** Nobody said where to look. */
  | { readonly kind: 'none' }
  /** Known, but nobody has looked yet. */
  | { readonly kind: 'idle'; readonly connection: Connection }
  | { readonly kind: 'connecting'; readonly connection: Connection }
  | { readonly kind: 'failed'; readonly connection: Connection; readonly error: unknown }
  | { readonly kind: 'ready'; readonly connection: Connection; readonly session: Session };

/** Where to look, as it is now and changes. */
interface Followed {
  readonly current: Connection | undefined;
  readonly onDidChange: Event<void>;
}

export interface SessionsOptions extends SessionOptions {
  /** Makes the store that reads a connection; rejects with a TrackingError for a URI that nobody can read. */
  readonly openStore: (connection: Connection) => Promise<TrackingStore>;
}

/** Failures that may pass by themselves: these are tried again while somebody looks. */
const passing: readonly TrackingErrorKind[] = [
  'refused',
  'unreachable',
  'timeout',
  'dns',
  'serverError',
  'rateLimited',
  'missing',
  'locked',
];

/** The user's own wish, which does not pass by itself. */
const stopped = new TrackingError('timeout', 'Connecting was stopped.');

/** The current session. A new connection replaces the old one whole; its late answers lie in a disposed cache. */
export class Sessions implements Disposable {
  private readonly changed = new Emitter();
  readonly onDidChange = this.changed.event;

  private current: ConnectionState = { kind: 'none' };
  private connecting: AbortController | undefined;
  private attempt: Promise<void> | undefined;
  private readonly reconnecting: Polling;

  constructor(private readonly options: SessionsOptions) {
    this.reconnecting = new Polling({
      interval: () => (this.mayPass() ? 2000 : 0),
      longestInterval: 60_000,
      attention: options.attention,
      step: (signal) => this.reconnectQuietly(signal),
    });
  }

  get state(): ConnectionState {
    return this.current;
  }

  /** The current session's catalog, if there is one. */
  get catalog(): Catalog | undefined {
    return this.current.kind === 'ready' ? this.current.session.catalog : undefined;
  }

  /** Looks wherever the connections say, until disposed. */
  follow(connections: Followed): Disposable {
    this.use(connections.current);
    return connections.onDidChange(() => {
      this.use(connections.current);
    });
  }

  /** Looks elsewhere from now on; connects when somebody demands it. */
  use(connection: Connection | undefined): void {
    this.endCurrent();
    this.become(connection ? { kind: 'idle', connection } : { kind: 'none' });
  }

  /** The session, connected if need be; undefined where there is no connection or it failed: see `state`. */
  async demand(): Promise<Session | undefined> {
    if (this.current.kind === 'idle') void this.connect(this.current.connection);
    await this.attempt;
    return this.current.kind === 'ready' ? this.current.session : undefined;
  }

  /** Connects anew, or for the first time. */
  async retry(): Promise<void> {
    if (this.current.kind === 'none') return;
    const { connection } = this.current;
    this.endCurrent();
    await this.connect(connection);
  }

  /** Gives up connecting. */
  stopConnecting(): void {
    this.connecting?.abort();
  }

  dispose(): void {
    this.endCurrent();
    this.reconnecting.dispose();
    this.changed.dispose();
  }

  private connect(connection: Connection): Promise<void> {
    this.become({ kind: 'connecting', connection });
    const controller = new AbortController();
    this.connecting = controller;
    this.attempt = this.open(connection, controller.signal);
    return this.attempt;
  }

  private async open(connection: Connection, signal: AbortSignal): Promise<void> {
    const next = await this.attemptToOpen(connection, signal);
    const isSuperseded = signal !== this.connecting?.signal;
    if (!isSuperseded) this.become(next);
    else if (next.kind === 'ready') next.session.dispose();
  }

  private async attemptToOpen(connection: Connection, signal: AbortSignal): Promise<ConnectionState> {
    let store: TrackingStore | undefined;
    try {
      store = await this.options.openStore(connection);
      const info = await store.connect(signal);
      const { Session } = await import('./catalog/session');
      const session = new Session(connection, store, info, this.options);
      return { kind: 'ready', connection, session };
    } catch (error) {
      store?.dispose();
      return { kind: 'failed', connection, error: isCancellation(error) ? stopped : error };
    }
  }

  /** One more attempt that shows only if its outcome differs: the view would flicker between its states otherwise. */
  private async reconnectQuietly(signal: AbortSignal): Promise<boolean> {
    const { current } = this;
    if (current.kind !== 'failed') return true;
    const controller = new AbortController();
    this.connecting = controller;
    const next = await this.attemptToOpen(current.connection, AbortSignal.any([signal, controller.signal]));
    const isSuperseded = this.current !== current || signal.aborted || controller.signal.aborted;
    if (isSuperseded) {
      if (next.kind === 'ready') next.session.dispose();
      return true;
    }
    if (next.kind === 'ready' || kindOf(next) !== kindOf(current)) this.become(next);
    return next.kind === 'ready';
  }

  private mayPass(): boolean {
    const kind = kindOf(this.current);
    return kind !== undefined && passing.includes(kind);
  }

  private endCurrent(): void {
    this.connecting?.abort();
    this.connecting = undefined;
    this.attempt = undefined;
    if (this.current.kind === 'ready') this.current.session.dispose();
  }

  private become(state: ConnectionState): void {
    this.current = state;
    this.changed.fire();
    if (state.kind === 'failed') this.reconnecting.restart();
  }
}

/** Why a connection failed, as far as a store says. */
function kindOf(state: ConnectionState): TrackingErrorKind | undefined {
  if (state.kind !== 'failed' || state.error === stopped) return undefined;
  return state.error instanceof TrackingError ? state.error.kind : undefined;
}
