/** How long the event loop may be held at a time, in ms: with what a single step takes it stays below 50. */
const longestStretch = 15;

/** Gives others their turn in the midst of long work: asked between its steps, it waits only when it is time. */
export class Pace {
  private since = performance.now();

  async rest(): Promise<void> {
    if (performance.now() - this.since < longestStretch) return;
    await new Promise((resolve) => setImmediate(resolve));
    this.since = performance.now();
  }
}
