import { keyOfChange, type StoreChange } from '../tracking/store';
import type { Attention } from './attention';
import type { Catalog } from './catalog';
import type { Disposable } from './emitter';

export interface StoreFollowerOptions {
  readonly catalog: Pick<Catalog, 'follow'>;
  readonly attention: Attention;
  /** Whether anybody sees the runs of that experiment. */
  readonly isSeen: (experimentId: string) => boolean;
}

/**
 * Has the catalog follow what others change in the store: one change after the other, each once however often it was
 * told, and only while somebody looks. What comes while nobody does is followed when somebody looks again.
 */
export class StoreFollower implements Disposable {
  private readonly pending = new Map<string, StoreChange>();
  private readonly subscription: Disposable;
  private isFollowing = false;
  private isDisposed = false;

  constructor(private readonly options: StoreFollowerOptions) {
    this.subscription = options.attention.onDidChange(() => {
      void this.followAll();
    });
  }

  take(change: StoreChange): void {
    this.pending.set(keyOfChange(change), change);
    void this.followAll();
  }

  dispose(): void {
    this.isDisposed = true;
    this.pending.clear();
    this.subscription.dispose();
  }

  private async followAll(): Promise<void> {
    if (this.isFollowing) return;
    this.isFollowing = true;
    const { catalog, attention, isSeen } = this.options;
    while (attention.isPaid && !this.isDisposed) {
      const [next] = this.pending;
      if (!next) break;
      this.pending.delete(next[0]);
      await catalog.follow(next[1], isSeen);
    }
    this.isFollowing = false;
  }
}
