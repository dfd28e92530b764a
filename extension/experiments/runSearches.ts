import type { Memento } from '../catalog/memento';
import type { RunSearch } from '../catalog/runSearch';
import type { Sessions } from '../session';

const key = 'mlflow.runSearches';

/** Searches by tracking URI, then by experiment id. */
type Remembered = Readonly<Record<string, Readonly<Record<string, RunSearch>>>>;

/** What is searched for among the runs of each experiment, remembered for the workspace. */
export class RunSearches {
  constructor(
    private readonly sessions: Pick<Sessions, 'state'>,
    private readonly state: Memento,
  ) {}

  /** Has a fresh catalog list what was searched for before. */
  apply(): void {
    const { state } = this.sessions;
    if (state.kind !== 'ready') return;
    const { catalog } = state.session;
    for (const [experimentId, search] of Object.entries(this.read(state.connection.uri))) {
      if (catalog.runSearch(experimentId) === undefined) catalog.setRunSearch(experimentId, search);
    }
  }

  /** Searches from now on; undefined lists all runs again. */
  async set(experimentId: string, search: RunSearch | undefined): Promise<void> {
    const { state } = this.sessions;
    if (state.kind !== 'ready') return;
    const { uri } = state.connection;
    state.session.catalog.setRunSearch(experimentId, search);
    const others = Object.entries(this.read(uri)).filter(([id]) => id !== experimentId);
    const own = search ? [...others, [experimentId, search] as const] : others;
    const all = Object.entries(this.readAll()).filter(([known]) => known !== uri);
    await this.state.update(
      key,
      Object.fromEntries(own.length === 0 ? all : [...all, [uri, Object.fromEntries(own)]]),
    );
  }

  private read(uri: string): Readonly<Record<string, RunSearch>> {
    return new Map(Object.entries(this.readAll())).get(uri) ?? {};
  }

  private readAll(): Remembered {
    return this.state.get<Remembered>(key, {});
  }
}
