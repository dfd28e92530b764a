import type { Block } from './loopWatch';

/** What came of one call of a store's method. */
export type CallResult =
  | { readonly ok: true; readonly value: unknown; readonly ms: number }
  | {
      readonly ok: false;
      readonly kind: string;
      readonly message: string;
      readonly retryAfter: number | undefined;
      /** The error as a log would print it, causes and all. */
      readonly printed: string;
      readonly ms: number;
    };

/** What the measured process saw while it made calls. */
export interface Acted {
  readonly results: readonly CallResult[];
  readonly block: Block;
  /** The greatest memory of the process so far, in MiB. */
  readonly memory: number;
  readonly log: readonly string[];
  /** Unhandled rejections and uncaught exceptions. */
  readonly crashes: readonly string[];
}
