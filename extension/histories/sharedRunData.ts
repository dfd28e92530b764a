import type { Disposable } from '../catalog/emitter';
import type { Memento } from '../catalog/memento';
import { RunColors } from '../catalog/runColors';
import type { Session, Sessions } from '../session';
import { HistoryCache } from './historyCache';

/** What all panels that show runs share: the colour of each run, and the histories that are read of its metrics. */
export class SharedRunData implements Disposable {
  readonly colors: RunColors;
  private current: { readonly session: Session; readonly histories: HistoryCache } | undefined;
  private readonly subscription: Disposable;

  /** @param state What the workspace remembers: colours. */
  constructor(sessions: Pick<Sessions, 'state' | 'onDidChange'>, state: Memento) {
    this.colors = new RunColors(state);
    this.subscription = sessions.onDidChange(() => {
      const session = sessions.state.kind === 'ready' ? sessions.state.session : undefined;
      if (this.current?.session !== session) this.forget();
    });
  }

  /** The histories of the current session. They end with it. */
  historiesOf(session: Session): HistoryCache {
    if (this.current?.session !== session) {
      this.forget();
      this.current = { session, histories: new HistoryCache(session.store) };
    }
    return this.current.histories;
  }

  dispose(): void {
    this.subscription.dispose();
    this.forget();
    this.colors.dispose();
  }

  private forget(): void {
    this.current?.histories.dispose();
    this.current = undefined;
  }
}
