import type { RestStore } from '../../../extension/tracking/rest/restStore';

/** One call of a store's method; the signal is added by the probe. */
export interface Call {
  readonly store: string;
  readonly method: Exclude<keyof RestStore, 'dispose'>;
  readonly args: readonly unknown[];
}

/** What the process that runs the cases asks of the one that is measured. */
export type ProbeRequest =
  | {
      readonly kind: 'open';
      readonly store: string;
      readonly baseUri: string;
      readonly headers: readonly (readonly [string, string])[];
      readonly timeoutMs: number;
    }
  /** From now on the store's requests are authorised with these. */
  | {
      readonly kind: 'authorize';
      readonly store: string;
      readonly headers: readonly (readonly [string, string])[];
    }
  /** Make calls at the same time, and watch the event loop meanwhile. */
  | { readonly kind: 'act'; readonly calls: readonly Call[] }
  /** Whether `flaky.test` is a name that no name server knows, or this machine. */
  | { readonly kind: 'breakNames'; readonly areBroken: boolean }
  | { readonly kind: 'close' };
