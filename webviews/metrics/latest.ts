/** How long a question may run when there is a newer one, in milliseconds. */
const patience = 150;

interface Question<T> {
  readonly ask: (signal: AbortSignal) => Promise<T>;
  readonly done: (answer: T) => void;
  readonly fail: (error: unknown) => void;
}

/**
 * Asks one question at a time, and then the newest: who drags sees the picture follow, where dropping every question
 * for the next one would answer none. A question that takes long is dropped for a newer one.
 */
export class Latest<T> {
  private running: { readonly controller: AbortController; readonly since: number } | undefined;
  private next: Question<T> | undefined;

  get isAsking(): boolean {
    return this.running !== undefined;
  }

  ask(question: Question<T>): void {
    if (!this.running) {
      void this.run(question);
      return;
    }
    this.next = question;
    if (performance.now() - this.running.since > patience) this.running.controller.abort();
  }

  /** Drops whatever is asked: nobody hears of it any more. */
  cancel(): void {
    this.next = undefined;
    this.running?.controller.abort();
    this.running = undefined;
  }

  private async run({ ask, done, fail }: Question<T>): Promise<void> {
    const controller = new AbortController();
    const { signal } = controller;
    this.running = { controller, since: performance.now() };
    try {
      const answer = await ask(signal);
      if (!signal.aborted) done(answer);
    } catch (error) {
      if (!signal.aborted) fail(error);
    }
    if (!this.isRunning(controller)) return;
    this.running = undefined;
    const { next } = this;
    this.next = undefined;
    if (next) void this.run(next);
  }

  /** Whether it was not dropped meanwhile. */
  private isRunning(controller: AbortController): boolean {
    return this.running?.controller === controller;
  }
}
