import type { Memento } from './memento';

/** What is searched for at each connection, remembered for the workspace. */
export class SearchMemory<T> {
  constructor(
    private readonly state: Memento,
    private readonly key: 'mlflow.runSearches' | 'mlflow.modelSearches',
  ) {}

  /** `uri` is the connection's. */
  read(uri: string): T | undefined {
    return new Map(Object.entries(this.readAll())).get(uri);
  }

  /** Forgets for undefined. */
  async write(uri: string, search: T | undefined): Promise<void> {
    const others = Object.entries(this.readAll()).filter(([known]) => known !== uri);
    const own = search === undefined ? [] : [[uri, search] as const];
    await this.state.update(this.key, Object.fromEntries([...others, ...own]));
  }

  private readAll(): Readonly<Record<string, T>> {
    return this.state.get<Readonly<Record<string, T>>>(this.key, {});
  }
}
