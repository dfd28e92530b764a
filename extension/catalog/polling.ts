import type { Attention } from './attention';
import type { Disposable } from './emitter';

export interface PollingOptions {
  /** Milliseconds to the next step while steps succeed; 0 for no next step, see `wake`. Read before each wait. */
  readonly interval: () => number;
  /** The longest wait after failures, in milliseconds; each failure doubles the wait up to it. */
  readonly longestInterval: number;
  readonly attention: Attention;
  /** One step; true when it went well. Must settle, and must not throw. */
  readonly step: (signal: AbortSignal) => Promise<boolean>;
}

/**
 * Runs steps one after another, never two at once, while somebody looks: a chain of timeouts, since an interval would
 * pile up behind a slow server. When attention returns, the next step follows at once.
 */
export class Polling implements Disposable {
  private readonly subscription: Disposable;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private running: AbortController | undefined;
  private failures = 0;
  private disposed = false;

  constructor(private readonly options: PollingOptions) {
    this.subscription = options.attention.onDidChange(() => {
      this.attend();
    });
    this.schedule();
  }

  /** Forgets past failures and counts the interval anew, as after a change of the interval itself. */
  restart(): void {
    this.failures = 0;
    this.schedule();
  }

  /** Waits for the next step if none is waited for: there is something to do again. */
  wake(): void {
    if (this.timer === undefined) this.schedule();
  }

  dispose(): void {
    this.disposed = true;
    this.subscription.dispose();
    this.stopWaiting();
    this.running?.abort();
  }

  private attend(): void {
    if (!this.options.attention.isPaid) {
      this.stopWaiting();
      this.running?.abort();
      return;
    }
    this.failures = 0;
    if (this.options.interval() > 0) void this.run();
  }

  private stopWaiting(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
  }

  private schedule(): void {
    this.stopWaiting();
    const interval = this.options.interval();
    if (this.disposed || this.running || interval <= 0 || !this.options.attention.isPaid) return;
    const wait = Math.min(interval * 2 ** this.failures, Math.max(interval, this.options.longestInterval));
    this.timer = setTimeout(() => void this.run(), wait);
  }

  private async run(): Promise<void> {
    if (this.running || this.disposed) return;
    this.stopWaiting();
    const controller = new AbortController();
    this.running = controller;
    const succeeded = await this.options.step(controller.signal);
    this.running = undefined;
    this.failures = succeeded || controller.signal.aborted ? 0 : this.failures + 1;
    this.schedule();
  }
}
