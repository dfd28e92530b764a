import type { Memento } from '../catalog/memento';
import type { ModelSearch } from '../catalog/modelSearch';
import type { Sessions } from '../session';

const key = 'mlflow.modelSearches';

/** By tracking URI. */
type Remembered = Readonly<Record<string, ModelSearch>>;

/** What is searched for among the registered models, remembered for the workspace. */
export class ModelSearches {
  constructor(
    private readonly sessions: Pick<Sessions, 'state'>,
    private readonly state: Memento,
  ) {}

  /** Has a fresh catalog list what was searched for before. */
  apply(): void {
    const { state } = this.sessions;
    if (state.kind !== 'ready') return;
    const { catalog } = state.session;
    const known = new Map(Object.entries(this.read())).get(state.connection.uri);
    if (known && !catalog.modelSearch) catalog.modelSearch = known;
  }

  /** Searches from now on; undefined lists all models again. */
  async set(search: ModelSearch | undefined): Promise<void> {
    const { state } = this.sessions;
    if (state.kind !== 'ready') return;
    state.session.catalog.modelSearch = search;
    const others = Object.entries(this.read()).filter(([uri]) => uri !== state.connection.uri);
    const own = search ? [[state.connection.uri, search] as const] : [];
    await this.state.update(key, Object.fromEntries([...others, ...own]));
  }

  private read(): Remembered {
    return this.state.get<Remembered>(key, {});
  }
}
