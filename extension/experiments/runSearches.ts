import type { Memento } from '../catalog/memento';
import type { RunSearch } from '../catalog/runSearch';
import { SearchMemory } from '../catalog/searchMemory';
import type { Sessions } from '../session';

/** By experiment id. */
type ByExperiment = Readonly<Record<string, RunSearch>>;

/** What is searched for among the runs of each experiment, remembered for the workspace. */
export class RunSearches {
  private readonly memory: SearchMemory<ByExperiment>;

  constructor(
    private readonly sessions: Pick<Sessions, 'state'>,
    state: Memento,
  ) {
    this.memory = new SearchMemory(state, 'mlflow.runSearches');
  }

  /** Has a fresh catalog list what was searched for before. */
  apply(): void {
    const { state } = this.sessions;
    if (state.kind !== 'ready') return;
    const { catalog } = state.session;
    for (const [experimentId, search] of Object.entries(this.memory.read(state.connection.uri) ?? {})) {
      if (catalog.runSearch(experimentId) === undefined) catalog.setRunSearch(experimentId, search);
    }
  }

  /** Searches from now on; undefined lists all runs again. */
  async set(experimentId: string, search: RunSearch | undefined): Promise<void> {
    const { state } = this.sessions;
    if (state.kind !== 'ready') return;
    const { uri } = state.connection;
    state.session.catalog.setRunSearch(experimentId, search);
    const before = Object.entries(this.memory.read(uri) ?? {});
    const others = before.filter(([id]) => id !== experimentId);
    const all = search ? [...others, [experimentId, search] as const] : others;
    await this.memory.write(uri, all.length === 0 ? undefined : Object.fromEntries(all));
  }
}
