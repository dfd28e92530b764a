/** What VS Code remembers for the workspace: its own Memento, as far as it is needed. */
export interface Memento {
  get<T>(key: string, fallback: T): T;
  update(key: string, value: unknown): PromiseLike<void>;
}
