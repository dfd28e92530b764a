import type { Port } from '../../../webviews/protocol/channel';

/** Two ends of one line, in memory: what is posted is cloned as JSON, as VS Code does, and arrives later. */
export function portPair(): readonly [Port, Port] {
  const listeners: [Set<(message: unknown) => void>, Set<(message: unknown) => void>] = [
    new Set(),
    new Set(),
  ];
  const portOf = (own: 0 | 1): Port => ({
    post: (message) => {
      const text = JSON.stringify(message) as string | undefined;
      queueMicrotask(() => {
        const arrived: unknown = text === undefined ? undefined : JSON.parse(text);
        for (const listener of [...listeners[own === 0 ? 1 : 0]]) listener(arrived);
      });
    },
    onMessage: (listener) => {
      listeners[own].add(listener);
      return { dispose: () => listeners[own].delete(listener) };
    },
  });
  return [portOf(0), portOf(1)];
}
