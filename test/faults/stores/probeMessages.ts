import type { StoreKind } from './baseStores';
import type { Question } from './questions';

/** What the process that runs the cases asks of the one that holds the stores. */
export type ProbeRequest =
  | {
      readonly kind: 'open';
      readonly store: string;
      readonly at: { readonly kind: StoreKind; readonly path: string };
    }
  /** Ask at the same time, and watch the event loop meanwhile. */
  | { readonly kind: 'ask'; readonly store: string; readonly questions: readonly Question[] }
  | { readonly kind: 'close'; readonly store: string };
