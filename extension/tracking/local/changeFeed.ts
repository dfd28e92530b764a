import { keyOfChange, type StoreChange } from '../store';

/** How long changes are collected before they are told, in ms: a training writes many files for one logged step. */
const collectingTime = 200;

/** The shortest time between two tellings, in ms. */
const pauseBetween = 1000;

/** Passes changes on, each once, in time to be seen within a second and no more often than once a second. */
export class ChangeFeed {
  private readonly pending = new Map<string, StoreChange>();
  private timer: NodeJS.Timeout | undefined;
  private lastTold = -Infinity;

  constructor(private readonly tell: (changes: readonly StoreChange[]) => void) {}

  add(change: StoreChange): void {
    this.pending.set(keyOfChange(change), change);
    const wait = Math.max(collectingTime, this.lastTold + pauseBetween - performance.now());
    this.timer ??= setTimeout(() => {
      this.flush();
    }, wait);
  }

  dispose(): void {
    clearTimeout(this.timer);
    this.pending.clear();
  }

  private flush(): void {
    this.timer = undefined;
    this.lastTold = performance.now();
    const all = this.pending.get('all');
    const changes = all ? [all] : [...this.pending.values()];
    this.pending.clear();
    this.tell(changes);
  }
}
