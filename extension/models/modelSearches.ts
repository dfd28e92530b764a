import type { Memento } from '../catalog/memento';
import type { ModelSearch } from '../catalog/modelSearch';
import { SearchMemory } from '../catalog/searchMemory';
import type { Sessions } from '../session';

/** What is searched for among the registered models, remembered for the workspace. */
export class ModelSearches {
  private readonly memory: SearchMemory<ModelSearch>;

  constructor(
    private readonly sessions: Pick<Sessions, 'state'>,
    state: Memento,
  ) {
    this.memory = new SearchMemory(state, 'mlflow.modelSearches');
  }

  /** Has a fresh catalog list what was searched for before. */
  apply(): void {
    const { state } = this.sessions;
    if (state.kind !== 'ready') return;
    const { catalog } = state.session;
    const known = this.memory.read(state.connection.uri);
    if (known && !catalog.modelSearch) catalog.modelSearch = known;
  }

  /** Searches from now on; undefined lists all models again. */
  async set(search: ModelSearch | undefined): Promise<void> {
    const { state } = this.sessions;
    if (state.kind !== 'ready') return;
    state.session.catalog.modelSearch = search;
    await this.memory.write(state.connection.uri, search);
  }
}
