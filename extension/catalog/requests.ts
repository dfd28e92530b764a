import { AsyncLocalStorage } from 'node:async_hooks';
import { Emitter, type Disposable } from './emitter';

/** Runs a read with a signal that `Requests.stop` aborts. */
export type Ask = <T>(read: (signal: AbortSignal) => Promise<T>) => Promise<T>;

/** What the user waits for now, as one thing that can be seen and stopped. */
export class Requests implements Disposable {
  private controller = new AbortController();
  private count = 0;
  private readonly changed = new Emitter<boolean>();
  private readonly quiet = new AsyncLocalStorage<true>();

  /** Fires when the first request begins (true) and when the last one ends (false). */
  readonly onDidChange = this.changed.event;

  readonly ask: Ask = async (read) => {
    if (this.quiet.getStore()) return await read(this.controller.signal);
    if (this.count++ === 0) this.changed.fire(true);
    try {
      return await read(this.controller.signal);
    } finally {
      if (--this.count === 0) this.changed.fire(false);
    }
  };

  /** Does something whose requests nobody waits for: they are not told of. */
  quietly<T>(work: () => Promise<T>): Promise<T> {
    return this.quiet.run(true, work);
  }

  /** Aborts what is under way; later requests are not touched. */
  stop(): void {
    this.controller.abort();
    this.controller = new AbortController();
  }

  /** Aborts what is under way and whatever is asked later. */
  dispose(): void {
    this.controller.abort();
    if (this.count > 0) this.changed.fire(false);
    this.changed.dispose();
  }
}
