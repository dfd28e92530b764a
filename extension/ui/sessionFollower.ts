import type { Scope } from '../catalog/catalog';
import type { Disposable } from '../catalog/emitter';
import type { Session, Sessions } from '../session';
import { TrackingError } from '../tracking/errors';
import { demandSessionOf } from './demandSession';
import { Lifetime } from './lifetime';
import type { PanelFrame } from './panelHost';

export type RunsScope = Scope & { readonly kind: 'runs' };

/** A panel that shows what one connection keeps. */
export interface FollowingPanel {
  readonly panel: Pick<PanelFrame, 'isVisible' | 'onDidChangeVisibility'>;
  readonly sessions: Pick<Sessions, 'state' | 'demand' | 'onDidChange'>;
  /** Where it is kept; another once another subject is shown. */
  readonly connectionUri: () => string;
  /** Begins the sentence that it is kept elsewhere: `This run belongs`. */
  readonly whose: () => string;
  /** Whether these runs are among those that it shows. */
  readonly concerns: (scope: RunsScope) => boolean;
  /** Whether it shows versions of this model; of any model where none is named. Without it, it shows none. */
  readonly concernsModel?: (modelName: string | undefined) => boolean;
  /** Begins to follow a session, before it is read for the first time; what it gives ends with that. */
  readonly begin?: (session: Session) => Disposable;
  /** Reads what is shown. An answer that comes when it is no longer current is late: another was asked for. */
  readonly read: (session: Session, isCurrent: () => boolean) => Promise<void>;
  readonly fail: (error: unknown) => void;
}

/**
 * Has a panel read what it shows from the session of its connection, and again whenever that, its catalog or the connection
 * changed: at once, or when somebody looks again.
 */
export class SessionFollower implements Disposable {
  private readonly lifetime = new Lifetime();
  private followed: { readonly session: Session; readonly end: Disposable } | undefined;
  /** Counts what was asked for, so that a late answer is told from the last one. */
  private turn = 0;
  private isStale = false;

  constructor(private readonly options: FollowingPanel) {
    const { panel, sessions } = options;
    this.lifetime.add(
      panel.onDidChangeVisibility(() => {
        if (panel.isVisible && this.isStale) void this.load();
      }),
    );
    this.lifetime.add(sessions.onDidChange(() => this.followConnection()));
  }

  /** The session that was last read from. */
  get session(): Session | undefined {
    return this.followed?.session;
  }

  /** Reads what the panel shows. Never rejects: `fail` learns of it. */
  async load(): Promise<void> {
    const { read, fail } = this.options;
    const turn = ++this.turn;
    const isCurrent = () => turn === this.turn;
    this.isStale = false;
    try {
      const session = await this.demand();
      if (!isCurrent()) return;
      this.follow(session);
      await read(session, isCurrent);
    } catch (error) {
      if (isCurrent()) fail(error);
    }
  }

  /** The session of the connection. Rejects with why there is none, or that another is looked at now. */
  demand(): Promise<Session> {
    const { sessions, connectionUri, whose } = this.options;
    return demandSessionOf(sessions, connectionUri(), whose());
  }

  /** Reads what changed, now or when somebody looks again. */
  catchUp(): void {
    if (this.options.panel.isVisible) void this.load();
    else this.isStale = true;
  }

  /** Whether the failure to read says nothing against what is shown: it is there still, and may be read later. */
  mayPass(error: unknown): boolean {
    const isConnected = this.options.sessions.state.kind === 'ready';
    return isConnected && error instanceof TrackingError && error.kind !== 'notFound';
  }

  dispose(): void {
    this.turn++;
    this.followed?.end.dispose();
    this.lifetime.dispose();
  }

  private follow(session: Session): void {
    if (this.followed?.session === session) return;
    this.followed?.end.dispose();
    const end = new Lifetime();
    end.add(
      session.catalog.onDidChange((scope) => {
        if (this.isConcernedBy(scope)) this.catchUp();
      }),
    );
    this.followed = { session, end };
    const begun = this.options.begin?.(session);
    if (begun) end.add(begun);
  }

  private isConcernedBy(scope: Scope): boolean {
    const { concerns, concernsModel = () => false } = this.options;
    switch (scope.kind) {
      case 'models':
        return concernsModel(undefined);
      case 'versions':
        return concernsModel(scope.modelName);
      case 'runs':
        return concerns(scope);
      case 'all':
      case 'experiments':
        return true;
    }
  }

  private followConnection(): void {
    const { sessions, connectionUri } = this.options;
    const { state } = sessions;
    const isOurs = state.kind !== 'none' && state.connection.uri === connectionUri();
    const isUnderWay = state.kind === 'connecting';
    const isKnown = state.kind === 'ready' && state.session === this.session;
    if (!isOurs || !(isUnderWay || isKnown)) this.catchUp();
  }
}
