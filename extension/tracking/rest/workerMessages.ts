import type { ReplyName } from './wire/reply';

/** What the reply reader asks of its worker. `id` names the reply throughout. */
export type WorkerRequest =
  /** Parse and decode a body; the chunks are handed over, not copied. */
  | {
      readonly kind: 'decode';
      readonly id: number;
      readonly name: ReplyName;
      readonly chunks: readonly Uint8Array[];
    }
  /** Send the next part. Only one is ever under way, so that the extension host takes breath between two. */
  | { readonly kind: 'next'; readonly id: number }
  /** Nobody waits for the rest any more. */
  | { readonly kind: 'forget'; readonly id: number };

export type WorkerAnswer =
  /** Some of the items, in order. */
  | { readonly kind: 'part'; readonly id: number; readonly items: readonly unknown[] }
  | { readonly kind: 'end'; readonly id: number; readonly nextPageToken: string | undefined }
  | {
      readonly kind: 'unusable';
      readonly id: number;
      readonly failure: 'notMlflow' | 'malformed';
      readonly message: string;
    };
