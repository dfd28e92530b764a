import { setContext } from '../manifest';
import type { ConnectionState, Sessions } from '../session';
import { TrackingError } from '../tracking/errors';
import type { FoundStores } from './foundStores';

/** Keeps the context keys that welcome views and menus read true to the session's state, until disposed. */
export class ConnectionContext {
  private readonly subscriptions: readonly { dispose(): void }[];
  private loading: { dispose(): void } | undefined;

  constructor(
    private readonly sessions: Pick<Sessions, 'state' | 'onDidChange'>,
    private readonly found: Pick<FoundStores, 'status' | 'onDidChange'>,
  ) {
    this.subscriptions = [
      sessions.onDidChange(() => {
        this.set();
      }),
      found.onDidChange(() => {
        setContext('mlflow.found', found.status);
      }),
    ];
    this.set();
  }

  dispose(): void {
    for (const subscription of this.subscriptions) subscription.dispose();
    this.loading?.dispose();
  }

  private set(): void {
    const { state } = this.sessions;
    setContext('mlflow.connection', state.kind);
    setContext('mlflow.failure', failureOf(state));
    setContext('mlflow.found', this.found.status);
    setContext('mlflow.loading', state.kind === 'connecting');
    this.loading?.dispose();
    this.loading =
      state.kind === 'ready'
        ? state.session.catalog.onDidChangeLoading((isLoading) => {
            setContext('mlflow.loading', isLoading);
          })
        : undefined;
  }
}

function failureOf(state: ConnectionState): string {
  if (state.kind !== 'failed') return '';
  return state.error instanceof TrackingError ? state.error.kind : 'bug';
}
