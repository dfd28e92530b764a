/**
 * Runs an operation that is aborted with the signal, with the signal's own reason, and after `ms` with the reason that
 * `expire` makes. Rejects as soon as that happens, whether or not the operation heeds its signal.
 */
export async function runWithDeadline<T>(
  signal: AbortSignal,
  ms: number,
  expire: () => Error,
  operation: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  signal.throwIfAborted();
  const controller = new AbortController();
  const abort = (): void => {
    controller.abort(signal.reason);
  };
  signal.addEventListener('abort', abort, { once: true });
  const timer = setTimeout(() => {
    controller.abort(expire());
  }, ms);
  try {
    return await Promise.race([operation(controller.signal), rejectOnAbort(controller.signal)]);
  } catch (error) {
    // What an aborted fetch rejects with differs between versions and places; the reason does not.
    controller.signal.throwIfAborted();
    throw error;
  } finally {
    clearTimeout(timer);
    signal.removeEventListener('abort', abort);
  }
}

function rejectOnAbort(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    signal.addEventListener(
      'abort',
      () => {
        reject(signal.reason as Error);
      },
      { once: true },
    );
  });
}

/** Aborts what takes any time once nothing has been heard of it for `ms`, or when the outer signal is aborted. */
export class SilenceWatch {
  readonly signal: AbortSignal;
  private readonly silence = new AbortController();
  private timer: NodeJS.Timeout | undefined;
  private isWaiting = false;

  constructor(
    outer: AbortSignal,
    private readonly expire: () => Error,
    private readonly ms: number,
  ) {
    this.signal = AbortSignal.any([outer, this.silence.signal]);
  }

  /** What the operation answers; rejects as soon as the signal is aborted, whether or not the operation heeds it. */
  async race<T>(begin: () => Promise<T>): Promise<T> {
    this.signal.throwIfAborted();
    let abort = (): void => undefined;
    const aborted = new Promise<never>((_, reject) => {
      abort = () => {
        reject(this.signal.reason as Error);
      };
    });
    this.signal.addEventListener('abort', abort, { once: true });
    this.isWaiting = true;
    this.restart();
    try {
      return await Promise.race([begin(), aborted]);
    } finally {
      this.stop();
      this.signal.removeEventListener('abort', abort);
    }
  }

  /** The next of very many pieces, from what heeds the signal. The time until the next is asked for is nobody's silence. */
  async next<T>(read: () => Promise<T>): Promise<T> {
    this.isWaiting = true;
    if (this.timer) this.timer.refresh();
    else this.restart();
    const piece = await read();
    this.isWaiting = false;
    return piece;
  }

  stop(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
  }

  /** The pieces as they are asked for, each of which breaks the silence. */
  async *follow<T>(pieces: AsyncIterable<T>): AsyncIterable<T> {
    for await (const piece of pieces) {
      this.restart();
      yield piece;
    }
  }

  private restart(): void {
    this.stop();
    this.timer = setTimeout(() => {
      if (this.isWaiting) this.silence.abort(this.expire());
    }, this.ms);
  }
}

/** Waits for `ms`, or rejects with the signal's reason as soon as it is aborted. */
export async function sleep(ms: number, signal: AbortSignal): Promise<void> {
  signal.throwIfAborted();
  await new Promise<void>((resolve, reject) => {
    const wake = (): void => {
      signal.removeEventListener('abort', giveUp);
      resolve();
    };
    const timer = setTimeout(wake, ms);
    const giveUp = (): void => {
      clearTimeout(timer);
      reject(signal.reason as Error);
    };
    signal.addEventListener('abort', giveUp, { once: true });
  });
}
