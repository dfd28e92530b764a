import type { Memento } from '../../../extension/catalog/memento';

/** What VS Code remembers for a workspace, in memory; values as JSON has them. */
export function memento(): Memento {
  const kept = new Map<string, string>();
  return {
    get: <T>(key: string, fallback: T) => {
      const text = kept.get(key);
      return text === undefined ? fallback : (JSON.parse(text) as T);
    },
    update: (key, value) => Promise.resolve(void kept.set(key, JSON.stringify(value))),
  };
}
