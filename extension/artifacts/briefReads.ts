import type { Disposable } from '../catalog/emitter';

/** How long an answer is shared, in ms: VS Code asks for the same several times to open one file. */
const moment = 3000;

/** Answers that are shared while they are awaited and for a moment after. Failures are not kept. */
export class BriefReads implements Disposable {
  private readonly reads = new Map<string, Promise<unknown>>();
  private readonly timers = new Set<NodeJS.Timeout>();

  /** The value of `key`. One key always stands for values of one type. */
  once<T>(key: string, read: () => Promise<T>): Promise<T> {
    const present = this.reads.get(key);
    if (present) return present as Promise<T>;
    const reading = read();
    this.reads.set(key, reading);
    const drop = () => {
      if (this.reads.get(key) === reading) this.reads.delete(key);
    };
    reading.then(() => {
      const timer = setTimeout(() => {
        this.timers.delete(timer);
        drop();
      }, moment);
      this.timers.add(timer);
    }, drop);
    return reading;
  }

  /** Has all read again when it is next asked for. */
  forget(): void {
    this.reads.clear();
  }

  dispose(): void {
    for (const timer of this.timers) clearTimeout(timer);
    this.reads.clear();
  }
}
