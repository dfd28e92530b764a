/**
 * Single values, each read once and shared by whoever asks. A failure is not kept, so that the next one who asks tries
 * again.
 */
export class SharedReads {
  private readonly reads = new Map<string, Promise<unknown>>();

  /** The value of `key`. One key always stands for values of one type. */
  once<T>(key: string, read: () => Promise<T>): Promise<T> {
    const present = this.reads.get(key);
    if (present) return present as Promise<T>;
    const reading = read();
    this.reads.set(key, reading);
    reading.catch(() => {
      if (this.reads.get(key) === reading) this.reads.delete(key);
    });
    return reading;
  }

  /** Has values read again when they are next asked for: all whose key begins so. */
  forget(prefix = ''): void {
    for (const key of [...this.reads.keys()]) if (key.startsWith(prefix)) this.reads.delete(key);
  }
}
