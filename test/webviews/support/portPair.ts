import type { Port } from '../../../webviews/protocol/channel';

/**
 * Two ends of one line, in memory: what is posted is cloned as VS Code does, as JSON but for typed arrays, and arrives
 * later.
 */
export function portPair(): readonly [Port, Port] {
  const listeners: [Set<(message: unknown) => void>, Set<(message: unknown) => void>] = [
    new Set(),
    new Set(),
  ];
  const portOf = (own: 0 | 1): Port => ({
    post: (message) => {
      const deliver = cloneMessage(message);
      queueMicrotask(() => {
        const arrived = deliver();
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

const mark = '$typed_array';

/** What arrives of a message, as it is now. */
function cloneMessage(message: unknown): () => unknown {
  const arrays: unknown[] = [];
  const text = JSON.stringify(message, (_, value: unknown) =>
    ArrayBuffer.isView(value) ? { [mark]: arrays.push(structuredClone(value)) - 1 } : value,
  ) as string | undefined;
  return () =>
    text === undefined
      ? undefined
      : (JSON.parse(text, (_, value: unknown) => revive(value, arrays)) as unknown);
}

function revive(value: unknown, arrays: readonly unknown[]): unknown {
  const isMarked = typeof value === 'object' && value !== null && mark in value;
  return isMarked ? arrays[Number(value[mark])] : value;
}
