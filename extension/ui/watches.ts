import type { Disposable } from '../catalog/emitter';

/** Watches by key, as they are wanted from time to time. */
export class Watches implements Disposable {
  private readonly active = new Map<string, Disposable>();

  /** Begins those that are new and ends those that nobody wants any more; the others go on. */
  keep(wanted: ReadonlyMap<string, () => Disposable>): void {
    for (const [key, watch] of this.active) {
      if (wanted.has(key)) continue;
      watch.dispose();
      this.active.delete(key);
    }
    for (const [key, begin] of wanted) if (!this.active.has(key)) this.active.set(key, begin());
  }

  dispose(): void {
    this.keep(new Map());
  }
}
