import { Emitter, type Disposable } from './emitter';

/** Whether anybody looks: a view in sight or a visible panel. What refreshes by itself does so only then. */
export class Attention implements Disposable {
  private readonly watchers = new Set<string>();
  private readonly changed = new Emitter();

  /** Fires when the first begins to look and when the last one stops. */
  readonly onDidChange = this.changed.event;

  get isPaid(): boolean {
    return this.watchers.size > 0;
  }

  /** `watcher` names who looks: a view's or panel's id. */
  set(watcher: string, isLooking: boolean): void {
    const before = this.isPaid;
    if (isLooking) this.watchers.add(watcher);
    else this.watchers.delete(watcher);
    if (this.isPaid !== before) this.changed.fire();
  }

  dispose(): void {
    this.watchers.clear();
    this.changed.dispose();
  }
}
