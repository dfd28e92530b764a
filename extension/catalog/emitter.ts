export interface Disposable {
  dispose(): void;
}

/** Calls the listener on each change until the subscription is disposed. Fits VS Code's own `Event` type. */
export type Event<T> = (listener: (event: T) => unknown) => Disposable;

/** Resolves when the event fires next. Rejects with the signal's reason. */
export async function nextOf<T>(event: Event<T>, signal: AbortSignal): Promise<void> {
  signal.throwIfAborted();
  await new Promise<void>((resolve) => {
    const settle = (): void => {
      subscription.dispose();
      signal.removeEventListener('abort', settle);
      resolve();
    };
    const subscription = event(settle);
    signal.addEventListener('abort', settle);
  });
  signal.throwIfAborted();
}

/** The source of one event: VS Code's EventEmitter for code that must not know VS Code. */
export class Emitter<T = void> implements Disposable {
  private readonly listeners = new Set<(event: T) => unknown>();

  readonly event: Event<T> = (listener) => {
    // A wrapper of its own, so that one function may subscribe twice.
    const subscription = (event: T) => listener(event);
    this.listeners.add(subscription);
    return { dispose: () => void this.listeners.delete(subscription) };
  };

  fire(event: T): void {
    for (const listener of [...this.listeners]) listener(event);
  }

  dispose(): void {
    this.listeners.clear();
  }
}
