import type { Connection } from '../connections/connection';
import type { StoreInfo, TrackingStore } from '../tracking/store';
import type { Attention } from './attention';
import { Catalog } from './catalog';
import type { Disposable } from './emitter';
import { StoreFollower } from './storeFollower';

export interface SessionOptions {
  readonly pageSize: () => number;
  readonly attention: Attention;
  /** Whether anybody sees the runs of that experiment. */
  readonly isSeen: (experimentId: string) => boolean;
}

/** One connection's store and the cache over it. A change of connection makes a new one; nothing is mutated. */
export class Session implements Disposable {
  readonly catalog: Catalog;
  private readonly follower: StoreFollower;

  constructor(
    readonly connection: Connection,
    readonly store: TrackingStore,
    readonly info: StoreInfo,
    { pageSize, attention, isSeen }: SessionOptions,
  ) {
    this.catalog = new Catalog(store, pageSize());
    this.follower = new StoreFollower({ catalog: this.catalog, attention, isSeen });
    store.watch?.((change) => {
      this.follower.take(change);
    });
  }

  dispose(): void {
    this.follower.dispose();
    this.catalog.dispose();
    this.store.dispose();
  }
}
