import type { Disposable } from '../catalog/emitter';
import { isCancellation } from '../tracking/errors';
import type { RunReader } from './runReader';

export interface ReadLoopOptions {
  readonly reader: Pick<RunReader, 'readMore' | 'readAgain' | 'hasMore' | 'isStarted'>;
  /** Whether more is wanted than is there. */
  readonly wantsMore: () => boolean;
  /** Called after something was read, before the next question whether more is wanted. */
  readonly onRead: () => Promise<void>;
  /** The loop began, ended or failed. */
  readonly onDidChange: () => void;
  /** The user, or the catalog for him, stopped a reading. */
  readonly onStopped: () => void;
  /** In milliseconds. */
  readonly now: () => number;
}

/** Rest after a failure, in ms: whoever shows the end of the listing asks again and again. */
const restAfterFailure = 2000;
/** Reading again takes a fifth of the time at most. */
const restPerReading = 4;

/** Reads runs page by page as they are wanted, and again when the store changed; one thing at a time. */
export class ReadLoop implements Disposable {
  /** Why the last page, or the last reading anew, is missing. */
  failure: { readonly error: unknown; readonly isMore: boolean } | undefined;
  private work: { readonly controller: AbortController; readonly isQuiet: boolean } | undefined;
  private isRunning = false;
  private isDisposed = false;
  private isFollowing = false;
  private refreshes: (() => void)[] = [];
  private failedAt = -Infinity;
  private mayFollowAt = -Infinity;
  private timer: NodeJS.Timeout | undefined;

  constructor(private readonly options: ReadLoopOptions) {}

  /** Whether somebody waits for what is being read. */
  get isReading(): boolean {
    return this.work?.isQuiet === false;
  }

  /** Reads what is wanted, unless it is being read already. */
  demand(): void {
    if (this.work?.isQuiet === true && this.isMoreDue()) this.work.controller.abort();
    void this.run();
  }

  stop(): void {
    if (this.isReading) this.work?.controller.abort();
  }

  /** Reads again what is there, now. Settles when that is done or failed. */
  refresh(): Promise<void> {
    const done = new Promise<void>((resolve) => this.refreshes.push(resolve));
    this.failedAt = -Infinity;
    this.work?.controller.abort();
    void this.run();
    return done;
  }

  /** Reads again what is there, quietly, as soon as that may be. */
  follow(): void {
    if (this.options.reader.isStarted) this.isFollowing = true;
    else this.failedAt = -Infinity;
    void this.run();
  }

  dispose(): void {
    this.isDisposed = true;
    this.work?.controller.abort();
    clearTimeout(this.timer);
    for (const settle of this.refreshes.splice(0)) settle();
  }

  private async run(): Promise<void> {
    if (this.isRunning || this.isDisposed) return;
    this.isRunning = true;
    while (await this.step());
    this.isRunning = false;
    this.scheduleFollowing();
    this.options.onDidChange();
  }

  /** Does the most urgent thing that there is to do; says whether there was one. */
  private async step(): Promise<boolean> {
    if (this.isDisposed) return false;
    const { reader } = this.options;
    if (this.refreshes.length > 0) {
      const settle = this.refreshes.splice(0);
      await this.read(false, false, (signal) => reader.readAgain(signal, false));
      for (const one of settle) one();
      return true;
    }
    if (this.isMoreDue()) {
      await this.read(false, true, (signal) => reader.readMore(signal));
      return true;
    }
    if (!this.isFollowing || !reader.isStarted || this.options.now() < this.mayFollowAt) return false;
    await this.readQuietly();
    return true;
  }

  private isMoreDue(): boolean {
    const { reader, wantsMore, now } = this.options;
    return reader.hasMore && wantsMore() && now() >= this.failedAt + restAfterFailure;
  }

  private async readQuietly(): Promise<void> {
    const { reader, now } = this.options;
    const begin = now();
    this.isFollowing = false;
    await this.read(true, false, (signal) => reader.readAgain(signal, true));
    this.mayFollowAt = now() + restPerReading * (now() - begin);
  }

  private async read(
    isQuiet: boolean,
    isMore: boolean,
    read: (signal: AbortSignal) => Promise<void>,
  ): Promise<void> {
    const controller = new AbortController();
    this.work = { controller, isQuiet };
    if (!isQuiet) this.options.onDidChange();
    try {
      await read(controller.signal);
      this.failure = undefined;
      this.failedAt = -Infinity;
    } catch (error) {
      this.takeFailure(error, isQuiet, isMore, controller.signal.aborted);
    } finally {
      this.work = undefined;
    }
    if (!this.isDisposed) await this.options.onRead();
  }

  private takeFailure(error: unknown, isQuiet: boolean, isMore: boolean, isAborted: boolean): void {
    const isStopped = isAborted || isCancellation(error);
    // Something more urgent came between; what others stop is not begun again.
    if (isStopped && isQuiet) {
      this.isFollowing = isAborted;
      return;
    }
    if (isStopped && this.refreshes.length > 0) return;
    this.failure = isStopped && this.options.reader.isStarted ? undefined : { error, isMore };
    this.failedAt = this.options.now();
    if (isStopped) this.options.onStopped();
  }

  private scheduleFollowing(): void {
    clearTimeout(this.timer);
    if (!this.isFollowing || this.isDisposed) return;
    const wait = Math.max(0, this.mayFollowAt - this.options.now());
    this.timer = setTimeout(() => void this.run(), wait);
  }
}
